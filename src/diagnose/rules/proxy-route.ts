import { hostAndPort } from '../../addresses.ts';
import type { Observation, Observations } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { at, fact } from '../evidence.ts';
import { type Problem, problem } from '../problem.ts';
import { isZonesWord } from '../survey/failure-class.ts';
import type { Survey } from '../survey/survey.ts';

/** Nothing was sent, because the script that should decide is of no use. Null where the way was known. */
export function undecidedProblem(target: Target, observation: Observation): Problem | null {
  const { undecided } = observation.route ?? target.route;
  if (undecided === undefined || undecided.reason === 'not-fetched') return null;
  const { reason, url, detail } = undecided;
  return problem(`proxy.${reason}`, 'tunnel', [fact('proxy.pac', { url, detail })], {
    confidence: 'high',
    signature: url,
    shared: ['pac file', url],
  });
}

/** Candidates of a PAC file before the one that was used: each target waits for them. */
export function passedOverProblems(observation: Observation): readonly Problem[] {
  return (observation.passedOver ?? []).flatMap(({ route, failure }) => {
    if (route.kind === 'direct') return [];
    const place = hostAndPort(route.host, route.port);
    const proxy = `${route.protocol}://${place}`;
    const unnamed = failure.startsWith('dns.');
    const evidence = [
      fact('proxy.passed-over', { proxy, failure }),
      fact('proxy.source', { proxy, source: route.source, why: route.why }),
    ];
    return [
      problem(unnamed ? 'proxy.name-not-found' : 'proxy.unreachable', 'tunnel', evidence, {
        confidence: unnamed && !isZonesWord(failure) ? 'medium' : 'high',
        effect: 'degraded',
        signature: proxy,
        shared: ['proxy', place],
      }),
    ];
  });
}

/** A PAC file of the system that is of no use, where something else decides in its place: it works, until somebody needs the file. */
export function brokenPacProblems(observations: Observations, target: Target): readonly Problem[] {
  if (target.route.undecided !== undefined || target.route.source === 'pac') return [];
  return (observations.environment.pacFiles ?? []).flatMap(({ url, problem: wrong, detail }) => {
    if (wrong !== 'pac-unreachable' && wrong !== 'pac-invalid') return [];
    return [
      problem(`proxy.${wrong}`, 'tunnel', [fact('proxy.pac', { url, detail: detail ?? '' })], {
        confidence: 'high',
        effect: 'degraded',
        signature: url,
        shared: ['pac file', url],
      }),
    ];
  });
}

/** Some attempt went all the way: to an answer, or, for a bare port, to a connection. */
export const arrives = ({ attempts, scheme }: Observation): boolean =>
  attempts.some(({ tcp, tunnel, http }) =>
    scheme === 'tcp' ? tcp.status === 'passed' && tunnel.status !== 'failed' : http.status === 'passed',
  );

/**
 * A direct path on which nothing was connected to, while the proxy that this machine is configured for reaches a target:
 * asked for by `--proxy direct`, by an entry of a bypass list, or by a PAC file. Some were tried; for the others it holds as long as none
 * of those failed.
 */
export function proxyRequired(survey: Survey, target: Target, observation: Observation): Problem | null {
  if (target.route.kind !== 'direct') return null;
  const { dns, attempts } = observation;
  const failure = dns.status === 'failed' ? dns.failure.code : null;
  const closed = failure !== null || (attempts.length > 0 && attempts.every(({ tcp }) => tcp.status === 'failed'));
  if (!closed) return null;
  const { beside } = survey.observations;
  if (beside === undefined) return null;
  const { bypass, pac, source } = target.route;
  const mistaken = bypass !== undefined || source === 'pac';
  const tried = beside.filter(({ route }) => route?.kind === 'proxy');
  const viaProxy = tried.find(({ target: id, host }) => id === target.id || host === target.host);
  const works = viaProxy === undefined ? tried.filter(arrives) : arrives(viaProxy) ? [viaProxy] : [];
  if (works.length === 0 || (viaProxy === undefined && works.length < tried.length)) return null;
  const evidence = works.slice(0, 3).map(({ host, route }) => {
    const proxy = route?.kind === 'proxy' ? `${route.protocol}://${route.host}:${route.port}` : '';
    return fact('proxy.other-works', { host, proxy });
  });
  const [first] = attempts;
  const directFailure = failure ?? (first?.tcp.status === 'failed' ? first.tcp.failure.code : '');
  return problem(
    mistaken ? 'proxy.bypass-mistake' : 'proxy.required',
    'tcp',
    [
      ...(bypass === undefined ? [] : [fact('proxy.bypassed', { host: target.host, entry: bypass })]),
      ...(pac === undefined ? [] : [fact('proxy.pac-answer', { host: target.host, answer: pac })]),
      ...evidence,
      fact('proxy.direct-fails', {
        host: first === undefined ? target.host : at(observation, first).host,
        failure: directFailure,
      }),
    ],
    {
      confidence: viaProxy === undefined ? 'medium' : 'high',
      ...(mistaken ? { signature: 'direct' } : {}),
    },
  );
}
