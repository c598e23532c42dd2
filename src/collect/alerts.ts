/** What an Alertmanager is told of the fleet: one alert for each cause and shared value, until it is over. Pure. */
import { groupedBy } from '../grouped.ts';
import { harmless } from '../harmless.ts';
import type { FleetExplanation, FleetReport } from '../model/fleet.ts';
import type { PostedAlert } from '../notify/alertmanager.ts';
import { type FleetLanguage, placeText } from '../report/fleet-report.ts';

export type Alert = Omit<PostedAlert, 'endsAt'>;

/** What was told, and when it ended; null: it goes on. */
interface Held {
  readonly alert: Alert;
  readonly endedAt: number | null;
}

/** By its labels, which are an alert's name. */
export type Told = Readonly<Record<string, Held>>;

/** Of one post. A fleet with more explanations has one that nobody found. */
const mostAlerts = 500;
const longestLabel = 200;
const longestNote = 2000;
const mostNames = 20;
/** Without a word of ours for that long an Alertmanager takes an alert for over: longer than it is restarted or cut off. */
const goodForMs = 3_600_000;
/** What ended is told until it arrives, but nobody wants to hear of it later. */
const endedForMs = 7 * 86_400_000;

const iso = (at: number): string => new Date(at).toISOString();

/** Explanations of one cause that share the same, or nothing, are one alert: the worst says how severe it is. */
export function alertsOf({ explanations }: FleetReport, language: FleetLanguage): readonly Alert[] {
  const groups = groupedBy(explanations, ({ cause, shared, owner }) =>
    JSON.stringify([cause, shared?.attribute, shared?.value, owner]),
  );
  return [...groups.values()].slice(0, mostAlerts).map((group) => alertOf(group, language));
}

function alertOf(group: readonly FleetExplanation[], language: FleetLanguage): Alert {
  const [first] = group as readonly [FleetExplanation];
  const { cause, shared, owner, severity, title } = first;
  const { comma } = language.words.screen;
  const union = (list: (one: FleetExplanation) => readonly string[]): readonly string[] => [
    ...new Set(group.flatMap(list)),
  ];
  const some = (names: readonly string[]): string =>
    [
      ...names.slice(0, mostNames).map((name) => harmless(name, 100)),
      ...(names.length > mostNames ? [language.words.labels.more(names.length - mostNames)] : []),
    ].join(comma);
  const machines = union((one) => one.machines);
  const endpoints = union((one) => one.endpoints);
  const lines = [...union((one) => one.evidence), ...union((one) => one.remedies)];
  const shareText = shared === null ? '' : `${shared.attribute}=${shared.value}`;
  return {
    labels: {
      ...{ alertname: 'wayclear', cause, severity, owner },
      ...(shareText === '' ? {} : { shared: harmless(shareText, longestLabel) }),
    },
    annotations: {
      summary: title,
      description: lines
        .map((line) => harmless(line, 300))
        .join('\n')
        .slice(0, longestNote),
      where: union((one) => [placeText(one, language)])
        .join(comma)
        .slice(0, longestNote),
      count: String(machines.length),
      machines: some(machines),
      ...(endpoints.length === 0 ? {} : { endpoints: some(endpoints) }),
    },
    startsAt: group.reduce((first, { since }) => (since < first ? since : first), first.since),
  };
}

const nameOf = ({ labels }: Alert): string => JSON.stringify(Object.entries(labels).sort());

/** What is to be told now, by what was told before. */
export function turned(before: Told, current: readonly Alert[], now: number): Told {
  const next: Record<string, Held> = {};
  for (const alert of current) {
    const was = before[nameOf(alert)];
    // One that goes on began when it was told first, whoever was healed meanwhile.
    const began = was?.endedAt === null && was.alert.startsAt < alert.startsAt ? was.alert.startsAt : alert.startsAt;
    next[nameOf(alert)] = { alert: { ...alert, startsAt: began }, endedAt: null };
  }
  for (const [name, { alert, endedAt }] of Object.entries(before)) {
    if (name in next || (endedAt !== null && now - endedAt > endedForMs)) continue;
    next[name] = { alert, endedAt: endedAt ?? Math.max(now, Date.parse(alert.startsAt)) };
  }
  return next;
}

export const postedOf = (told: Told, now: number): readonly PostedAlert[] =>
  Object.values(told).map(({ alert, endedAt }) => ({ ...alert, endsAt: iso(endedAt ?? now + goodForMs) }));

/** After it arrived: what ended is forgotten. */
export const arrived = (told: Told): Told =>
  Object.fromEntries(Object.entries(told).filter(([, { endedAt }]) => endedAt === null));
