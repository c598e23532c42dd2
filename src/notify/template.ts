/** Bodies of webhooks that somebody wrote: JSON whose texts hold placeholders. What fills them stays text, whatever it is. */
import type { Outgoing } from './sender.ts';

export const placeholders = [
  'title',
  'text',
  'kind',
  'machine',
  'cause',
  'severity',
  'hosts',
  'evidence',
  'remedies',
  'at',
  'id',
] as const;
type Placeholder = (typeof placeholders)[number];

const pattern = /\{([A-Za-z]{1,20})\}/g;

/** Chat programs read `<…>` as commands, `[…](…)` and addresses as links, and `@` as who is to be called. */
const unmarked = (text: string): string =>
  text
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('](', '] (')
    .replaceAll('```', "'''")
    .replaceAll('@', '＠')
    .replaceAll('://', '[:]//')
    .replace(/\b(www)\./gi, '$1[.]');

function valuesOf({ notice, title, lines }: Outgoing): Readonly<Record<Placeholder, string>> {
  const { incident, machine, kind, at, id } = notice;
  return {
    ...{ title, kind, at, id, text: lines.join('\n'), machine: machine?.name ?? '' },
    cause: incident?.cause ?? '',
    severity: incident?.severity ?? '',
    hosts: (incident?.hosts ?? []).join(', '),
    evidence: (incident?.evidenceNow ?? []).join('\n'),
    remedies: (incident?.remedies ?? []).join('\n'),
  };
}

/** Texts in a body, wherever they are; keys are left alone. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapTexts(entry, change)]));
}

/** Placeholders of a body that nothing fills. */
export function unknownPlaceholders(body: unknown): readonly string[] {
  const unknown = new Set<string>();
  mapTexts(body, (text) => {
    for (const [, name = ''] of text.matchAll(pattern))
      if (!placeholders.some((known) => known === name)) unknown.add(name);
    return text;
  });
  return [...unknown];
}

export function filledBody(body: unknown, outgoing: Outgoing): unknown {
  const values: Readonly<Record<string, string>> = valuesOf(outgoing);
  return mapTexts(body, (text) => text.replace(pattern, (whole, name: string) => unmarked(values[name] ?? whole)));
}
