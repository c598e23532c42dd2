/** What another catalog asks for that this one does not: a watch tells of it, and never uses it for looking. */
import { isOlder } from '../catalog/age.ts';
import type { Catalog, Feature } from '../model/catalog.ts';
import { documentProxy } from '../routes/document-proxy.ts';
import { hostAndPort } from '../text-bounds.ts';
import { runtimeReasonOf, UsageError } from '../usage-error.ts';
import { catalogChanges } from '../watch/changes.ts';
import type { Elsewhere } from '../watch/compare.ts';
import { readCaFiles } from './ca-file.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { catalogOf } from './prepare.ts';
import { routeSettings } from './route-settings.ts';

const mostBytes = 8 * 1024 * 1024;
const timeoutMs = 30_000;

/** `PATTERN:PORT IMPORTANCE` by `feature/endpoint`, as a baseline has it of targets. */
function askedBy(features: readonly Feature[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    features.flatMap(({ feature, endpoints }) =>
      endpoints
        .filter(({ status }) => status === 'current')
        .flatMap(({ id, pattern, ports, importance }) =>
          ports.map((port) => [`${feature}/${id}:${port}`, `${hostAndPort(pattern, port)} ${importance}`] as const),
        ),
    ),
  );
}

export interface Compared extends Elsewhere {
  /** Features whose list there is older than the one here: what differs in them is no news. */
  readonly older: readonly string[];
}

/** Differences of the features that both know. */
export function compareCatalogs(own: Catalog, other: readonly Feature[]): Compared {
  const known = new Map(own.features.map((feature) => [feature.feature, feature]));
  const pairs = other.flatMap((theirs) => {
    const ours = known.get(theirs.feature);
    return ours === undefined ? [] : [{ ours, theirs }];
  });
  const old = pairs.filter(({ ours, theirs }) => isOlder(theirs, ours));
  const newer = pairs.filter((pair) => !old.includes(pair));
  return {
    changes: catalogChanges(askedBy(newer.map(({ ours }) => ours)), askedBy(newer.map(({ theirs }) => theirs))),
    features: newer.map(({ theirs }) => theirs.feature),
    older: old.map(({ theirs }) => theirs.feature),
  };
}

/** Fetches the catalog at the address and compares. Throws UsageError where it can't be had. */
export async function catalogUrlChanges(io: Io, options: Options, address: string): Promise<Compared> {
  const settings = await routeSettings(io, options, true);
  const url = new URL(address);
  const [{ fetchDocument }, { parseCatalogText }] = await Promise.all([
    import('../catalog/fetch.ts'),
    import('../catalog/parse.ts'),
  ]);
  const limits = [io.ending.work, AbortSignal.timeout(timeoutMs)];
  const ca = await readCaFiles(options.caFiles, io.ending.work);
  const request = { signal: AbortSignal.any(limits), timeoutMs, ca, mostBytes };
  let text: string;
  try {
    const proxy = await documentProxy(url, settings);
    text = new TextDecoder('utf-8', { fatal: true }).decode(await fetchDocument(url, { ...request, proxy }));
  } catch (error) {
    const why = error instanceof UsageError ? error.refusal : runtimeReasonOf(error);
    throw new UsageError('watch.catalog', { url: address, why });
  }
  return compareCatalogs(await catalogOf(io, options, settings), parseCatalogText(text, address));
}
