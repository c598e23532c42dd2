/**
 * Lines of what is carried between a sealed machine and a connected one, below the first (message.ts): each is an object
 * with one member, whose name says what it is.
 */
import { sha256 } from './message.ts';
import { environment, experimentObservation, observation, revocationObservation } from './observations.ts';
import { carriedPlan, limits, route, unroutedTarget } from './plan.ts';
import { machine } from './report.ts';
import * as z from './shape.ts';
import { instant } from './stages.ts';
import { certificateFacts, chainFacts } from './trust.ts';

/** Of a request. `roots`: fingerprints of those in the machine's store; empty where it can't be read. */
export const requestLines = { plan: carriedPlan, roots: z.list(sha256), target: unroutedTarget };

/** Who measured, when and how. */
export const carriedRun = z.object({
  startedAt: instant,
  durationMs: z.ms,
  /** Null for a run that ended by itself. */
  ended: z.nullable(z.enum(['deadline', 'interrupted'])),
  /** Null where it is to stay unnamed. */
  machine: z.nullable(machine),
  environment,
  /** As in a plan. */
  dnsServers: z.list(z.string()),
  limits,
  /** Targets were measured by another way as well. */
  beside: z.boolean(),
});
export type CarriedRun = z.Of<typeof carriedRun>;

/** By which route a target was reached. */
export const routed = z.object({ target: z.string(), route });

/** A feature that a catalog holds there, as its file has it; who reads it checks it as such. */
export const carriedFeature = z.object({
  /** The program's own (`bundled`), or the file or service that somebody named. */
  source: z.string(),
  file: z.unknown(),
});
export type CarriedFeature = z.Of<typeof carriedFeature>;

/** A file is one line, whose length is bounded (`carry/lines.ts`). */
const mostOfLine = 20 * 1024 * 1024;

/** A catalog that its maker signed, as it was found. */
export const signedCatalog = z.object({ source: z.string(), text: z.text(mostOfLine) });
export type SignedCatalog = z.Of<typeof signedCatalog>;

/** A revocation list that was fetched, in DER, in Base64. */
export const carriedList = z.object({ url: z.string(), der: z.text(mostOfLine) });
export type CarriedList = z.Of<typeof carriedList>;

/** Of a result. */
export const resultLines = {
  run: carriedRun,
  routed,
  probe: observation,
  beside: observation,
  experiment: experimentObservation,
  revocation: revocationObservation,
  chain: chainFacts,
  certificate: certificateFacts,
  feature: carriedFeature,
  signedCatalog,
  revocationList: carriedList,
};
