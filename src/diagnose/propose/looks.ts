/** Looks at what failed and then worked, often enough to tell once from a share. */
import type { Experiment } from '../../model/experiments.ts';
import type { DnsAnswer, ExperimentObservation, Observation, Observations } from '../../model/observations.ts';
import { classOf, failedStage } from '../survey/failure-class.ts';
import { answersOf, isDenial, probeFinder, repeatedAttempt, stumbleOf } from '../survey/shares.ts';

/** Looks at one thing, those counted in that the run and its repetition made. */
const LOOKS = 10;
/** Questions are cheap, and one gets lost on its way now and then. */
const QUESTIONS = 20;
/** After a second failure, whether it always fails: silence takes a timeout each time. */
const CONFIRMING = { silent: 1, told: 3 } as const;
/** Things of one kind of failure, and of a run, unless more looks are asked for. */
const MOST_A_CLASS = 2;
const MOST = 4;
/** Questions that a server failed on among others that it answered, before it is looked at. */
const STUMBLES = 2;
/** An answer that takes as long as this one had to be asked for again. */
const LATE_MS = 1_000;

const worked = ({ does, observation: { dns, attempts } }: ExperimentObservation): boolean =>
  (does.action === 'connect' || dns.status !== 'failed') &&
  attempts.length > 0 &&
  attempts.every((attempt) => failedStage(attempt) === null);

function confirming(failureClass: string): number {
  // A dropped attempt was repeated by the system itself, three times and more.
  if (failureClass === 'tcp.timeout' || failureClass.startsWith('tunnel.refused')) return 0;
  return failureClass.includes('.timeout') ? CONFIRMING.silent : CONFIRMING.told;
}

/** The same again as often as it takes; null where a second failure says enough. */
function lookOf(
  experiment: ExperimentObservation,
  probe: Observation,
  repeat: number | undefined,
): { readonly wish: Experiment; readonly failureClass: string } | null {
  const { target, host, port, does } = experiment;
  if (probe.dns.status === 'failed') {
    // Questions to the server, in place of the whole: a name that it fails on always was repeated in vain.
    const { code } = probe.dns.failure;
    const denied = code === 'dns.not-found';
    const stumble = answersOf(probe).find((answer) => (denied ? isDenial(answer) : stumbleOf(answer) !== null));
    // A denial is an answer, and answers are cheap to ask for: two of them may still be chance.
    if (stumble === undefined || !(denied || worked(experiment) || repeat !== undefined)) return null;
    return { wish: denied ? askFor(probe, stumble, repeat) : askOf(probe, stumble, repeat), failureClass: code };
  }
  const attempt = repeatedAttempt(probe, experiment);
  const failureClass = attempt === null ? null : classOf(attempt);
  if (attempt === null || failureClass === null || does.action === 'ask') return null;
  const times = repeat !== undefined ? repeat - 2 : worked(experiment) ? LOOKS - 2 : confirming(failureClass);
  if (times < 1) return null;
  const id = `looks ${host} ${port} ${attempt.address ?? ''}`;
  const rested = experiment.rested === true ? ({ rested: true } as const) : {};
  return { wish: { id, kind: 'looks', target, host, port, times, does, ...rested }, failureClass };
}

function askOf(
  { target, host, port }: Observation,
  { server, family, transport, name }: DnsAnswer,
  repeat: number | undefined,
): Experiment {
  const does = { action: 'ask', name: name ?? host, family, server, transport } as const;
  return { id: `looks ${server}`, kind: 'looks', target, host, port, times: repeat ?? QUESTIONS, does };
}

/** The same for a server that denies this name: of others it says nothing. */
function askFor(probe: Observation, answer: DnsAnswer, repeat: number | undefined): Experiment {
  const wish = askOf(probe, answer, repeat);
  return { ...wish, id: `${wish.id} ${probe.host}` };
}

/** Names that a server denies in one family and gives an address for in the other: no name is and is not (RFC 8020). */
function denied({ probes, plan }: Observations): readonly Experiment[] {
  const wishes = new Map<string, Experiment>();
  for (const probe of probes) {
    if (probe.dns.status !== 'passed' || wishes.size === MOST_A_CLASS) continue;
    const answers = answersOf(probe).filter(({ name }) => name === undefined);
    const denial = answers.find(isDenial);
    if (denial === undefined) continue;
    if (!answers.some(({ server, addresses }) => server === denial.server && addresses.length > 0)) continue;
    const wish = askFor(probe, denial, plan.repeat);
    wishes.set(wish.id, wish);
  }
  return [...wishes.values()];
}

/** Servers that failed on some questions and answered others, quickly enough that it isn't their usual pace. */
function stumbling({ probes, plan }: Observations): readonly Experiment[] {
  const servers = new Map<string, { readonly failed: Experiment[]; quick: number; all: number }>();
  for (const probe of probes) {
    for (const answer of answersOf(probe)) {
      const server = servers.get(answer.server) ?? { failed: [], quick: 0, all: 0 };
      servers.set(answer.server, server);
      const late = answer.failure === null && answer.transport === 'udp' && answer.ms >= LATE_MS;
      const failed = stumbleOf(answer) !== null || late;
      server.all += 1;
      if (failed) server.failed.push(askOf(probe, answer, plan.repeat));
      else if (answer.ms < LATE_MS) server.quick += 1;
    }
  }
  return [...servers.values()].flatMap(({ failed, quick, all }) =>
    failed.length >= STUMBLES && quick * 3 >= all ? failed.slice(0, 1) : [],
  );
}

/** Looks at what the run's repetitions leave open; every thing once. */
export function lookWishes(observations: Observations): readonly Experiment[] {
  const { experiments, plan } = observations;
  const wishes = new Map<string, Experiment>();
  const classes = new Map<string, number>();
  const find = probeFinder(observations);
  for (const experiment of experiments) {
    if (experiment.kind !== 'again' || experiment.slowly === true) continue;
    const probe = find(experiment.observation);
    const look = probe === null ? null : lookOf(experiment, probe, plan.repeat);
    if (look === null) continue;
    const ofClass = classes.get(look.failureClass) ?? 0;
    const most = look.failureClass === 'dns.not-found' ? MOST : MOST_A_CLASS;
    if (plan.repeat === undefined && (ofClass >= most || wishes.size >= MOST)) continue;
    classes.set(look.failureClass, ofClass + 1);
    wishes.set(look.wish.id, look.wish);
  }
  for (const wish of [...stumbling(observations), ...denied(observations)])
    if (!wishes.has(wish.id)) wishes.set(wish.id, wish);
  return [...wishes.values()];
}
