/**
 * The library: what the command line is made of, in the order of a run. Re-exports only; nothing is done before a function
 * is called.
 */
export { type LoadOptions, loadCatalog } from './catalog/load.ts';
export { type Clock, systemClock } from './clock.ts';
export { diagnose } from './diagnose/diagnose.ts';
export { propose } from './diagnose/propose/propose.ts';
export type * from './model/catalog.ts';
export { type Cause, type CauseId, causes, type Owner } from './model/causes.ts';
export type * from './model/diagnosis.ts';
export type * from './model/experiments.ts';
export type * from './model/facts.ts';
export type * from './model/observations.ts';
export type * from './model/plan.ts';
export type * from './model/report.ts';
export type * from './model/trust.ts';
export { makePlan, type PlanSettings, type Selection } from './plan/plan.ts';
export { type Preparation, type Prepared, prepare } from './probe/prepare.ts';
export { type RunDependencies, run } from './probe/run.ts';
export type { ProxyAccess, ProxyAuth } from './proxy/access.ts';
export { type ProxyChoice, parseProxyChoice } from './proxy/choice.ts';
export { type Secret, secret } from './proxy/credentials.ts';
export { type Reportable, render } from './render.ts';
export { assembleReport, type ReportParts } from './report/assemble.ts';
export { loadReporter, reporterNames } from './report/registry.ts';
export type { Render } from './report/reporter.ts';
export type * from './report/view.ts';
export { planRoutes, type RoutedPlan, routeDirectly } from './routes/plan-routes.ts';
export type { RouteFacts } from './routes/route-facts.ts';
export type { RouteSettings } from './routes/settings.ts';
export { UsageError } from './usage-error.ts';
export { version } from './version.ts';
export type { Words } from './words/contract.ts';
export { type Language, languages } from './words/language.ts';
export { loadWords, wordsOf } from './words/load.ts';
