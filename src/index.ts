export { propose } from './diagnose/propose/propose.ts';

import { languages } from './words/language.ts';
import { loadWords } from './words/load.ts';

/** The library: what the command line is made of. Re-exports only, with the words of every language ready. */
export { loadCatalog } from './catalog/load.ts';
export { type Clock, systemClock } from './clock.ts';
export { diagnose } from './diagnose/diagnose.ts';
export type * from './model/catalog.ts';
export { type Cause, type CauseId, causes, type Owner } from './model/causes.ts';
export type * from './model/diagnosis.ts';
export type * from './model/experiments.ts';
export type * from './model/facts.ts';
export type * from './model/observations.ts';
export type * from './model/plan.ts';
export type * from './model/report.ts';
export { makePlan, type PlanSettings, type Selection } from './plan/plan.ts';
export { type Preparation, type Prepared, prepare } from './probe/prepare.ts';
export { type RunDependencies, run } from './probe/run.ts';
export { assembleReport, type ReportParts } from './report/assemble.ts';
export { loadReporter } from './report/registry.ts';
export type * from './report/view.ts';
export { UsageError } from './usage-error.ts';
export { version } from './version.ts';
export { wordsOf } from './words/load.ts';

await Promise.all(languages.map(loadWords));
