/** What experiments may cost: packets, roughly, as the run itself is counted. */
import type { Experiment } from '../../model/experiments.ts';
import type { Attempt, Observation, Observations } from '../../model/observations.ts';

/** Experiments of a run, whatever it cost. */
const MOST = 24;
/** Share of the run's own packets. */
const SHARE = 0.3;
/** Packets that even a run of one target may add: a handful of handshakes. */
const LEAST = 60;
/** Through a proxy each of them begins with a question to it. */
const LEAST_THROUGH = 84;

const connecting = 3;
const handshake = 9;
const request = 4;
const closing = 3;
/** A ClientHello, and an alert or a reset. */
const cutShort = 3;
/** A SYN or a ClientHello that is sent again until the timeout. */
const unanswered = 4;

/** Whether a stage ended by silence: packets were sent again and again until the timeout. */
const isSilent = (stage: Attempt['tls'] | Attempt['tunnel']): boolean =>
  stage.status === 'failed' && stage.failure.code.endsWith('.timeout');

/** The question to a proxy and its answer; a request that it hands on is the request itself. */
function ofTunnel(tunnel: Attempt['tunnel']): number {
  if (tunnel.status === 'skipped' || (tunnel.status === 'passed' && tunnel.value.via === 'absolute-form')) return 0;
  return isSilent(tunnel) ? unanswered : request;
}

function ofAttempt({ tcp, tunnel, tls, http }: Attempt): number {
  if (tcp.status !== 'passed') {
    return tcp.status !== 'failed' ? 0 : tcp.failure.code === 'tcp.timeout' ? unanswered : 2;
  }
  const opening = connecting + ofTunnel(tunnel);
  if (tls.status === 'failed') return opening + (isSilent(tls) ? unanswered + closing : cutShort);
  const session = tls.status === 'passed' ? handshake : 0;
  return opening + session + (http.status === 'skipped' ? 0 : request) + closing;
}

const ofObservation = ({ dns, attempts }: Observation): number => {
  const value = dns.status === 'passed' ? dns.value : dns.status === 'failed' ? dns.partial : null;
  return 2 * (value?.answers?.length ?? 0) + attempts.reduce((sum, attempt) => sum + ofAttempt(attempt), 0);
};

/** What an attempt of the run at this address cost. */
function ofAttempts(
  host: string,
  port: number,
  url: string | null,
  address: string,
  probes: readonly Observation[],
): number {
  const probe = probes.find((candidate) => candidate.host === host && candidate.port === port && candidate.url === url);
  const attempt = probe?.attempts.find((candidate) => candidate.address === address);
  return attempt === undefined ? 0 : ofAttempt(attempt);
}

/** Packets that an experiment will cost, as far as that can be told; the same again costs the same again. */
export function costOf({ kind, host, port, does }: Experiment, probes: readonly Observation[]): number {
  switch (does.action) {
    case 'ask':
      return does.transport === 'udp' ? 2 : 8;
    case 'connect':
      if (does.firstBytes === true) return connecting + cutShort;
      if (kind === 'again') return ofAttempts(host, port, does.url, does.address, probes);
      return does.scheme === 'tcp' ? unanswered : connecting + Math.max(handshake, request);
    case 'through':
      return connecting + request + (does.scheme === 'https' ? handshake : closing);
    case 'measure': {
      if (kind === 'neutral-request') return 4 + connecting + request + closing;
      const probe = probes.find(
        (candidate) => candidate.host === host && candidate.port === port && candidate.url === does.url,
      );
      return probe === undefined ? 0 : ofObservation(probe);
    }
  }
}

/** Looks and slow repetitions have bounds of their own: without them nothing could be said of what failed. */
export const isFollowed = ({ kind, slowly }: Pick<Experiment, 'kind' | 'slowly'>): boolean =>
  kind === 'looks' || slowly === true;

/** Packets that experiments of this run may still cost. */
export function allowance({ probes, experiments }: Observations): number {
  const seen = new Set<string>();
  let packets = 0;
  for (const probe of probes) {
    const key = JSON.stringify([probe.scheme, probe.host, probe.port, probe.url]);
    if (seen.has(key)) continue;
    seen.add(key);
    packets += ofObservation(probe);
  }
  const counted = experiments.filter((experiment) => !isFollowed(experiment));
  const spent = counted.reduce((sum, { observation }) => sum + ofObservation(observation), 0);
  const through = probes.some(({ attempts }) => attempts.some(({ proxy }) => proxy !== undefined));
  return Math.max(through ? LEAST_THROUGH : LEAST, packets * SHARE) - spent;
}

/** Experiments that may still be made. */
export const placesLeft = (made: number): number => Math.max(0, MOST - made);
