/** Follow-up experiments of a run: rounds once its last target has ended, and what of them needn't wait for that one. */
import type { Experiment } from '../model/experiments.ts';
import type { ExperimentObservation, Observations } from '../model/observations.ts';
import type { Plan } from '../model/plan.ts';
import type { ResolverSettings } from './dns/resolve.ts';
import type { MeasureSettings } from './measure.ts';
import { followUpPatience, isRunOut } from './patience.ts';
import { mostExperiments, mostRounds, mostSlowly, pause, perform, rest } from './rounds.ts';
import type { StageContext } from './stage/stage.ts';

export interface FollowUpDependencies {
  /** What to try next to tell the causes of failures apart; nothing for a healthy run. Left out: no experiments. */
  readonly propose?: (observations: Observations) => readonly Experiment[];
  /** Told of each exception of wayclear's own. It costs the target or the experiment that it met, never the run. */
  readonly onFault?: (error: unknown, where: string) => void;
  /** Called as each experiment ends. */
  readonly onExperiment?: (experiment: Experiment, done: number, total: number) => void;
}

interface Tools {
  readonly settings: MeasureSettings;
  readonly naming: ResolverSettings;
  /** Runs few experiments at once. */
  readonly gently: <T>(work: () => Promise<T>) => Promise<T>;
}

/** The observations with the experiments made so far. */
type Observe = (experiments: readonly ExperimentObservation[]) => Observations;

export interface FollowedUp {
  readonly experiments: readonly ExperimentObservation[];
  /** The observations that nothing was proposed for, which aren't judged twice then. */
  readonly judged: Observations | null;
}

export interface FollowUp {
  /**
   * To be told as targets end while none is left to begin. When nothing has ended for a while, what failed is repeated and
   * looked at already: the rounds take that where they ask for the same.
   */
  ahead(observe: Observe): void;
  /** Rounds of experiments, until nothing more is proposed or the run ends. */
  rounds(observe: Observe): Promise<FollowedUp>;
}

/** Nothing has ended for so long: who is still waited for stays silent until the timeout, most likely. */
const lullMs = 1_500;

/**
 * What is asked first of a failure, for its own place alone: whatever becomes of the others, it is asked in the end too. What
 * compares with others, or asks of the whole run, isn't always; what goes alone can't be made beside others, and what a
 * limit of the run's own pace may have met waits until the whole run has rested.
 */
export const isOfItsPlace = ({ kind, does, slowly, rested }: Experiment): boolean =>
  (kind === 'again' || kind === 'looks') && does.action !== 'ask' && slowly !== true && rested !== true;

const isMade = (made: ExperimentObservation | null): made is ExperimentObservation => made !== null;

/** Makes an experiment, but for one that was made already, and was waited for as long or not in vain. `end` ends what is left. */
function performer(plan: Plan, { settings, naming, gently }: Tools, { onFault }: FollowUpDependencies) {
  const unasked = new AbortController();
  const signal = AbortSignal.any([settings.context.signal, unasked.signal]);
  const measure = { ...settings, context: { ...settings.context, signal } };
  const made = new Map<
    string,
    { readonly patienceMs: number; readonly making: Promise<ExperimentObservation | null> }
  >();
  const make = async (experiment: Experiment, patienceMs: number): Promise<ExperimentObservation | null> => {
    const key = JSON.stringify(experiment);
    const earlier = made.get(key);
    const observation = (await earlier?.making)?.observation;
    if (earlier !== undefined && observation !== undefined) {
      if (earlier.patienceMs >= patienceMs || !isRunOut(observation)) return { ...experiment, observation };
    }
    const what = { measure, patienceMs, resolver: naming, targets: plan.targets };
    const making = gently(() => perform(experiment, what)).catch((error: unknown) => {
      if (!unasked.signal.aborted) onFault?.(error, experiment.id);
      return null;
    });
    made.set(key, { patienceMs, making });
    return making;
  };
  return { make, end: () => unasked.abort(settings.context.signal.reason) };
}

/** What is proposed; nothing where proposing itself fails. */
const proposer =
  ({ propose, onFault }: FollowUpDependencies) =>
  (current: Observations): readonly Experiment[] => {
    try {
      return propose?.(current) ?? [];
    } catch (error) {
      onFault?.(error, 'experiments');
      return [];
    }
  };

/** Work that begins when none was asked for in a while, one after the other. */
function createLull() {
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();
  return {
    before(work: () => Promise<void>): void {
      clearTimeout(timer);
      timer = setTimeout(() => {
        working = working.then(work);
      }, lullMs);
    },
    over: () => clearTimeout(timer),
    /** What had begun is done. */
    done: () => working,
  };
}

interface Means {
  readonly make: ReturnType<typeof performer>['make'];
  /** What began early has ended. */
  readonly early: () => Promise<void>;
  readonly proposals: ReturnType<typeof proposer>;
  readonly context: StageContext;
  readonly onExperiment: FollowUpDependencies['onExperiment'];
}

/** Rounds for the targets that have ended, while others are waited for. What they give is kept by whoever makes it. */
async function roundsAhead({ make, proposals }: Means, observe: Observe, isOver: () => boolean): Promise<void> {
  const made: ExperimentObservation[] = [];
  const asked = new Set<string>();
  for (let round = 0; round < mostRounds && !isOver(); round++) {
    const current = observe(made);
    const fresh = proposals(current)
      .filter((experiment) => isOfItsPlace(experiment) && !asked.has(experiment.id))
      .slice(0, Math.max(0, mostExperiments - asked.size));
    if (fresh.length === 0) return;
    for (const { id } of fresh) asked.add(id);
    const patienceMs = followUpPatience(current.probes);
    made.push(...(await Promise.all(fresh.map((experiment) => make(experiment, patienceMs)))).filter(isMade));
  }
}

/** Rounds until nothing more is proposed or the run ends. */
async function roundsAfter(means: Means, observe: Observe): Promise<FollowedUp> {
  const { make, early, proposals, context, onExperiment } = means;
  const experiments: ExperimentObservation[] = [];
  const proposed = new Set<string>();
  let quick = 0;
  let slow = 0;
  for (let round = 0; round < mostRounds && !context.signal.aborted; round++) {
    const current = observe(experiments);
    const fresh = proposals(current).filter(({ id }) => !proposed.has(id));
    const wanted = fresh.filter(({ slowly }) => slowly !== true).slice(0, Math.max(0, mostExperiments - quick));
    const gentle = fresh.filter(({ slowly }) => slowly === true).slice(0, Math.max(0, mostSlowly - slow));
    if (wanted.length + gentle.length === 0) return { experiments, judged: current };
    quick += wanted.length;
    slow += gentle.length;
    for (const { id } of [...wanted, ...gentle]) proposed.add(id);
    let done = 0;
    const patienceMs = followUpPatience(current.probes);
    const makeAndTell = async (experiment: Experiment): Promise<ExperimentObservation | null> => {
      const observation = await make(experiment, patienceMs);
      onExperiment?.(experiment, ++done, wanted.length + gentle.length);
      return observation;
    };
    // A limit a second may still be used up by the run itself: what is asked again at once would meet it.
    if (wanted.some(({ rested }) => rested === true)) {
      await rest([...current.probes, ...current.revocation.map(({ observation }) => observation)], context);
    }
    const beside = wanted.filter(({ rested }) => rested !== true);
    const performed = await Promise.all(beside.map(makeAndTell));
    // Alone: what only fails beside others has to work here.
    const alone = [...wanted.filter(({ rested }) => rested === true), ...gentle];
    if (alone.length > 0) await early();
    for (const experiment of alone) {
      if (context.signal.aborted) break;
      performed.push(await makeAndTell(experiment));
      await pause(context.signal);
    }
    experiments.push(...performed.filter(isMade));
  }
  return { experiments, judged: null };
}

export function createFollowUp(plan: Plan, tools: Tools, dependencies: FollowUpDependencies): FollowUp {
  const { context } = tools.settings;
  const { make, end } = performer(plan, tools, dependencies);
  const lull = createLull();
  const means: Means = {
    make,
    early: lull.done,
    proposals: proposer(dependencies),
    context,
    onExperiment: dependencies.onExperiment,
  };
  let isOver = false;
  return {
    ahead(observe) {
      lull.before(() => roundsAhead(means, observe, () => isOver || context.signal.aborted));
    },
    async rounds(observe) {
      lull.over();
      isOver = true;
      const followedUp = await roundsAfter(means, observe);
      // What no round asked for is waited for by nobody.
      end();
      await lull.done();
      return followedUp;
    },
  };
}
