import { harmless } from '../harmless.ts';
import type { Environment } from '../model/observations.ts';
import { labelsOf } from '../words/load.ts';
import { proxySourcesText } from './doctor-proxy-text.ts';
import { harmlessJson } from './json.ts';
import { usualRouteText } from './route-text.ts';
import { type Cell, type Column, drawTable, paint } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

interface DoctorFacts {
  readonly environment: Environment;
  /** Wall clock, ISO 8601 UTC. */
  readonly clock: string;
}

/** What this machine uses, for eyes. */
export function renderDoctorTable(facts: DoctorFacts, view: View): string {
  const { environment } = facts;
  return [
    settings(facts, view),
    ...proxySourcesText(environment, view),
    ...trustStores(environment, view),
    ...roots(environment, view),
  ].join('\n');
}

function settings({ environment, clock }: DoctorFacts, view: View): string {
  const labels = labelsOf(view.lang);
  const { text } = labels;
  const { colon } = labels.punctuation;
  const { runtime, platform, resolvers, rootAutoUpdate } = environment;
  const routes = environment.routes.map(
    (route) =>
      `${usualRouteText(route, view)} (${labels.routeSources[route.source]}${route.source === 'default' ? '' : `${colon}${route.why}`})`,
  );
  const families = environment.families.map(
    ({ family, addresses, defaultRoute }) =>
      `IPv${family}${colon}${addresses.length === 0 ? text.none : addresses.join(', ')} (${labels.defaultRoute(defaultRoute)})`,
  );
  const fields: readonly (readonly [string, string])[] = [
    [text.proxy, routes.length === 0 ? text.unknown : routes.join('; ')],
    [text.resolvers, resolvers.length === 0 ? text.none : resolvers.join(', ')],
    [text.families, families.length === 0 ? text.unknown : families.join('; ')],
    [text.clock, `${clock} (${labels.clockUnchecked})`],
    [text.runtime, `${runtime.name} ${runtime.version}, OpenSSL ${runtime.openssl}`],
    [text.platform, `${platform.os} ${platform.release} ${platform.arch}`],
    ...(rootAutoUpdate === null ? [] : [[text.rootUpdate, labels.rootUpdate[rootAutoUpdate]] as const]),
  ];
  const lines = fields.flatMap(([title, value]) => hang(`${title}${colon}`, harmless(value, 1000), view.width));
  return `${lines.join('\n')}\n`;
}

/** A heading and its table; nothing without rows. */
function section(
  title: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  view: View,
): readonly string[] {
  return rows.length === 0 ? [] : [`${paint('bold', title, view)}\n${drawTable(columns, rows, view)}`];
}

function trustStores({ trustStores: stores }: Environment, view: View): readonly string[] {
  const labels = labelsOf(view.lang);
  const { text } = labels;
  const columns = [
    { title: text.store, whole: true },
    { title: text.certificates, whole: true },
    { title: text.readFrom, whole: false },
  ];
  const rows = stores.map(({ name, count, from, error }): readonly Cell[] => [
    { text: name, style: null },
    { text: count === null ? text.unknown : String(count), style: null },
    {
      text: harmless(error === null ? from : `${from} (${labels.readFailed(error)})`),
      style: error === null ? null : 'yellow',
    },
  ]);
  return section(text.trustStores, columns, rows, view);
}

function roots(environment: Environment, view: View): readonly string[] {
  const { text, rootStates } = labelsOf(view.lang);
  const columns = [
    { title: text.root, whole: false },
    { title: text.state, whole: true },
    { title: text.validUntil, whole: true },
  ];
  const rows = environment.roots.map(({ name, state, role, notAfter }): readonly Cell[] => [
    { text: harmless(name), style: null },
    { text: rootStates[state], style: state === 'present' ? 'green' : role === 'required' ? 'red' : null },
    { text: notAfter.slice(0, 10), style: null },
  ]);
  return section(text.roots, columns, rows, view);
}

export function renderDoctorJson({ environment, clock }: DoctorFacts): string {
  return `${harmlessJson({ schema: 1, clock, environment }, 2)}\n`;
}
