import { loadCatalog } from '../../catalog/load.ts';
import { harmless } from '../../harmless.ts';
import type { Endpoint, Feature } from '../../model/catalog.ts';
import type { CauseId } from '../../model/causes.ts';
import {
  causeIds,
  documentedCodes,
  renderCause,
  renderCausesJson,
  renderCauseTable,
  renderCode,
  renderCodeJson,
} from '../../report/explain-text.ts';
import { renderListJson, renderListTable } from '../../report/list-text.ts';
import { suggest } from '../../suggest.ts';
import { globMatches } from '../../text-bounds.ts';
import { UsageError } from '../../usage-error.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';

/** What is explained: one cause, causes of one kind or all, a documented code, or what the catalog says of a feature or host. */
type Subject =
  | { readonly kind: 'causes'; readonly ids: readonly CauseId[] }
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'catalog'; readonly features: readonly Feature[] };

/** Explains a cause, a kind of causes (`tls`), a status code, a message id, a feature or a host; or shows the table of causes. */
export async function explain({ io, words, options }: Context): Promise<number> {
  const subject = await subjectOf(io, words[0]);
  const outputs = await openOutputs(io, options);
  const written = await outputs.deliver((format, view) => {
    if (subject.kind === 'code')
      return format === 'json' ? renderCodeJson(subject.code, view) : renderCode(subject.code, view);
    if (subject.kind === 'catalog')
      return format === 'json' ? renderListJson(subject.features) : renderListTable(subject.features, view);
    const [first] = subject.ids;
    const only = subject.ids.length === 1 && first !== undefined ? first : null;
    if (format === 'json') return renderCausesJson(only ?? subject.ids, view);
    return only === null ? renderCauseTable(view, subject.ids) : renderCause(only, view);
  });
  return written ? 0 : 2;
}

async function subjectOf(io: Context['io'], word: string | undefined): Promise<Subject> {
  if (word === undefined) return { kind: 'causes', ids: causeIds };
  const kind = causeIds.filter((id) => id.startsWith(`${word.replace(/\.$/, '')}.`));
  if (kind.length > 0) return { kind: 'causes', ids: kind };
  if (/^\d{3,5}$/.test(word) && documentedCodes.includes(Number(word))) return { kind: 'code', code: Number(word) };
  const cause = causeIds.find((id) => id === word);
  if (cause !== undefined) return { kind: 'causes', ids: [cause] };
  const { features } = await loadCatalog([], { bundled: true, signal: io.ending.work });
  const there = features.flatMap((feature) => {
    if (feature.feature === word) return [feature];
    const endpoints = feature.endpoints.filter((endpoint) => names(endpoint, word.toLowerCase()));
    return endpoints.length === 0 ? [] : [{ ...feature, endpoints }];
  });
  if (there.length > 0) return { kind: 'catalog', features: there };
  throw unknown(word, [...causeIds, ...features.map(({ feature }) => feature)]);
}

/** Whether an endpoint is documented as this host, or for it. */
const names = ({ pattern, probes }: Endpoint, host: string): boolean =>
  host.includes('.') &&
  (globMatches(pattern.toLowerCase(), host) ||
    probes.some(({ url }) => url.split('/')[2]?.split(':')[0]?.toLowerCase() === host));

function unknown(text: string, choices: readonly string[]): UsageError {
  const near =
    suggest(text, choices) ??
    causeIds.find((id) => id.split('.')[1] === text) ??
    causeIds.find((id) => text.length > 6 && id.startsWith(text.slice(0, Math.ceil(text.length * 0.7)))) ??
    null;
  return new UsageError('command.explain', { text: `"${harmless(text, 80)}"`, near });
}
