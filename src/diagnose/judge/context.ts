/** What judging a run has found out so far, each thing once. */
import type { Observation, Observations } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { atOnce, type Pieces } from '../../pieces.ts';
import { type RunWide, runWide } from '../rules/run-wide.ts';
import { type Survey, surveying } from '../survey/survey.ts';
import { brokenFamilies, judgeObservation, type ObservationJudgement } from './observation.ts';
import { withLooks } from './shares.ts';

/** Everything a rule may look at. */
export interface RunContext {
  readonly survey: Survey;
  readonly wide: readonly RunWide[];
  /** How one URL of a target did; found out once. */
  readonly judge: (target: Target, observation: Observation) => ObservationJudgement;
}

const contexts = new WeakMap<Observations, RunContext>();

/** Made once for the same observations: what proposes experiments and what judges in the end look at the same. */
export const contextOf = (observations: Observations): RunContext => atOnce(makingContext(observations));

/** The same in pieces. */
export function* makingContext(observations: Observations): Pieces<RunContext> {
  const cached = contexts.get(observations);
  if (cached !== undefined) return cached;
  const survey = yield* surveying(observations);
  yield;
  const broken = brokenFamilies(survey);
  const judgements = new Map<Observation, ObservationJudgement>();
  const judge = (target: Target, observation: Observation): ObservationJudgement => {
    const known = judgements.get(observation);
    if (known !== undefined) return known;
    const found = judgeObservation(survey, broken, target, observation);
    const judged =
      found.kind === 'failed' ? { ...found, problems: withLooks(survey, observation, found.problems) } : found;
    judgements.set(observation, judged);
    return judged;
  };
  const context: RunContext = { survey, wide: runWide(survey), judge };
  contexts.set(observations, context);
  return context;
}
