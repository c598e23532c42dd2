/** What another catalog asks for that this one does not: a watch tells of it, and never uses it for looking. */
import type { Catalog, Feature } from '../model/catalog.ts';
import type { Change } from '../model/incident.ts';
import { documentProxy } from '../routes/document-proxy.ts';
import { hostAndPort } from '../text-bounds.ts';
import { UsageError } from '../usage-error.ts';
import { catalogChanges } from '../watch/changes.ts';
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

/** Differences of the features that both know. */
export function compareCatalogs(own: Catalog, other: readonly Feature[]): readonly Change[] {
  const known = new Set(own.features.map(({ feature }) => feature));
  const both = other.filter(({ feature }) => known.has(feature));
  const named = new Set(both.map(({ feature }) => feature));
  return catalogChanges(askedBy(own.features.filter(({ feature }) => named.has(feature))), askedBy(both));
}

/** Fetches the catalog at the address and compares. Throws UsageError where it can't be had. */
export async function catalogUrlChanges(io: Io, options: Options, address: string): Promise<readonly Change[]> {
  const settings = await routeSettings(io, options, true);
  const url = new URL(address);
  const [{ fetchDocument }, { parseCatalogText }] = await Promise.all([
    import('../catalog/fetch.ts'),
    import('../catalog/parse.ts'),
  ]);
  const limits = [io.ending.work, AbortSignal.timeout(timeoutMs)];
  const request = { signal: AbortSignal.any(limits), timeoutMs, ca: undefined, mostBytes };
  let text: string;
  try {
    const proxy = await documentProxy(url, settings);
    text = new TextDecoder('utf-8', { fatal: true }).decode(await fetchDocument(url, { ...request, proxy }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError('watch.catalog', { url: address, why });
  }
  return compareCatalogs(await catalogOf(io, options, settings), parseCatalogText(text, address));
}
