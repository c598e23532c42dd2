/** Judges one attempt: by the rule of the stage that it ended at, then by what the follow-ups of the run leave of that. */
import type { Attempt, Observation } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { afterExperiments, underLoad } from '../experiments/apply.ts';
import { behindProxy } from '../experiments/behind-proxy.ts';
import { type AttemptJudgement, judgeStages } from '../rules/stages.ts';
import type { Survey } from '../survey/survey.ts';

export function judgeAttempt(
  survey: Survey,
  target: Target,
  observation: Observation,
  attempt: Attempt,
): AttemptJudgement {
  const judged = judgeStages(survey, target, observation, attempt);
  if (judged.kind !== 'failed') return judged;
  const narrowed = afterExperiments(survey, observation, attempt, judged.problem);
  const loaded = underLoad(survey, observation, attempt, narrowed);
  return { ...judged, problem: behindProxy(survey, observation, attempt, loaded) };
}
