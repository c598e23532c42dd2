import { harmless } from '../harmless.ts';
import type { Environment } from '../model/observations.ts';
import { labelsOf } from '../words/load.ts';
import { proxySourcesText, usualRouteText } from './doctor-proxy-text.ts';
import { harmlessJson } from './json.ts';
import { drawTable, paint } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

export interface DoctorFacts {
  readonly environment: Environment;
  /** Wall clock, ISO 8601 UTC. */
  readonly clock: string;
}

/** What this machine uses, for eyes. */
export function renderDoctorTable({ environment, clock }: DoctorFacts, view: View): string {
  const labels = labelsOf(view.lang);
  const { text } = labels;
  const { colon } = labels.punctuation;
  const routes = environment.routes.map(
    (route) => `${usualRouteText(route, view)} (${labels.routeSources[route.source]}${colon}${route.why})`,
  );
  const families = environment.families.map(
    (one) =>
      `IPv${one.family}${colon}${one.addresses.length === 0 ? text.none : one.addresses.join(', ')} (${labels.defaultRoute(one.defaultRoute)})`,
  );
  const fields: readonly (readonly [string, string])[] = [
    [text.proxy, routes.length === 0 ? text.unknown : routes.join('; ')],
    [text.resolvers, environment.resolvers.length === 0 ? text.none : environment.resolvers.join(', ')],
    [text.families, families.length === 0 ? text.unknown : families.join('; ')],
    [text.clock, `${clock} (${labels.clockUnchecked})`],
    [
      text.runtime,
      `${environment.runtime.name} ${environment.runtime.version}, OpenSSL ${environment.runtime.openssl}`,
    ],
    [text.platform, `${environment.platform.os} ${environment.platform.release} ${environment.platform.arch}`],
    ...(environment.rootAutoUpdate === null
      ? []
      : [[text.rootUpdate, labels.rootUpdate[environment.rootAutoUpdate]] as const]),
  ];
  const stores = environment.trustStores.map((store) => [
    { text: store.name, style: null },
    { text: store.count === null ? text.unknown : String(store.count), style: null },
    {
      text: harmless(store.error === null ? store.from : `${store.from} (${labels.readFailed(store.error)})`),
      style: store.error === null ? null : ('yellow' as const),
    },
  ]);
  const roots = environment.roots.map((root) => [
    { text: harmless(root.name), style: null },
    {
      text: labels.rootStates[root.state],
      style: root.state === 'present' ? ('green' as const) : root.role === 'required' ? ('red' as const) : null,
    },
    { text: root.notAfter.slice(0, 10), style: null },
  ]);
  return [
    `${fields.flatMap(([title, value]) => hang(`${title}${colon}`, harmless(value, 1000), view.width)).join('\n')}\n`,
    ...proxySourcesText(environment, view),
    ...(stores.length === 0
      ? []
      : [
          `${paint('bold', text.trustStores, view)}\n${drawTable(
            [
              { title: text.store, whole: true },
              { title: text.certificates, whole: true },
              { title: text.readFrom, whole: false },
            ],
            stores,
            view,
          )}`,
        ]),
    ...(roots.length === 0
      ? []
      : [
          `${paint('bold', text.roots, view)}\n${drawTable(
            [
              { title: text.root, whole: false },
              { title: text.state, whole: true },
              { title: text.validUntil, whole: true },
            ],
            roots,
            view,
          )}`,
        ]),
  ].join('\n');
}

export function renderDoctorJson({ environment, clock }: DoctorFacts): string {
  return `${harmlessJson({ schema: 1, clock, environment }, 2)}\n`;
}
