/** What came of a request: observations as lines, and observations again. */
import {
  type CarriedFeature,
  type CarriedList,
  type CarriedRun,
  resultLines,
  type SignedCatalog,
} from '../model/carry.ts';
import { type CarryResultHead, carryResultHead } from '../model/message.ts';
import type { Observations } from '../model/observations.ts';
import type { Route } from '../model/plan.ts';
import type { Machine } from '../model/report.ts';
import { headOf } from '../signed/head.ts';
import type { SignedDocument } from '../signed/signed-lines.ts';
import { type LineFault, sorted } from './lines.ts';
import type { CarryRequest } from './request.ts';

/** What comes along beside the observations. */
export interface Extras {
  readonly features: readonly CarriedFeature[];
  readonly catalogs: readonly SignedCatalog[];
  readonly lists: readonly CarriedList[];
}

export interface CarryResult extends Extras {
  readonly head: CarryResultHead;
  readonly observations: Observations;
  readonly machine: Machine | null;
}

/** The lines of a result, from the run as a whole to what came along. */
export function* linesOfResult(
  head: CarryResultHead,
  observations: Observations,
  machine: Machine | null,
  { features, catalogs, lists }: Extras,
): Iterable<Readonly<Record<string, unknown>>> {
  const { startedAt, durationMs, ended, environment, plan, beside } = observations;
  const { dnsServers, limits } = plan;
  yield head;
  const run: CarriedRun = {
    ...{ startedAt, durationMs, ended, machine, environment, dnsServers, limits },
    beside: beside !== undefined,
  };
  yield { run };
  for (const { id, route } of plan.targets) yield { routed: { target: id, route } };
  for (const probe of observations.probes) yield { probe };
  for (const measured of beside ?? []) yield { beside: measured };
  for (const experiment of observations.experiments) yield { experiment };
  for (const revocation of observations.revocation) yield { revocation };
  for (const chain of Object.values(observations.chains)) yield { chain };
  for (const certificate of Object.values(observations.certificates)) yield { certificate };
  for (const feature of features) yield { feature };
  for (const signed of catalogs) yield { signedCatalog: signed };
  for (const revocationList of lists) yield { revocationList };
}

/** Who says to have measured what; null if the first line is that of no result. */
export const resultHead = (document: SignedDocument): CarryResultHead | null => headOf(document, carryResultHead);

/** What was measured of a request; or the line that is not as it should be. The plan is the request's own. */
export function resultOf(document: SignedDocument, request: CarryRequest): CarryResult | LineFault {
  const head = resultHead(document);
  if (head === null) return { line: 1, place: '' };
  const lines = sorted(document, resultLines);
  if ('line' in lines) return lines;
  const [run] = lines.run;
  if (run === undefined || lines.run.length > 1) return { line: 2, place: '' };
  const routes = new Map(lines.routed.map(({ target, route }) => [target, route]));
  const { startedAt, durationMs, ended, environment, dnsServers, limits, machine } = run;
  const targets = request.targets.map((target) => ({ ...target, route: routes.get(target.id) ?? notRouted }));
  const keyed = <T>(values: readonly T[], keyOf: (value: T) => string): Readonly<Record<string, T>> =>
    Object.fromEntries(values.map((value) => [keyOf(value), value]));
  const observations: Observations = {
    ...{ startedAt, durationMs, environment },
    plan: { targets, ...request.plan, dnsServers, limits, offline: false },
    probes: lines.probe,
    revocation: lines.revocation,
    ...(run.beside ? { beside: lines.beside } : {}),
    experiments: lines.experiment,
    chains: keyed(lines.chain, ({ id }) => id),
    certificates: keyed(lines.certificate, ({ sha256 }) => sha256),
    ended,
  };
  return {
    head,
    observations,
    machine,
    features: lines.feature,
    catalogs: lines.signedCatalog,
    lists: lines.revocationList,
  };
}

/** Of a target that the result says nothing of. */
const notRouted: Route = { kind: 'direct', source: 'default', why: 'not probed' };
