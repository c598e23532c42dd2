import { entryOf } from '../entry.ts';
import { harmless } from '../harmless.ts';
import type { CauseId } from '../model/causes.ts';
import type { Environment } from '../model/observations.ts';
import type { DoctorCode } from '../words/contract.ts';
import { labelsOf, wordsOf } from '../words/load.ts';
import {
  type DoctorFacts,
  doctorFindings,
  judgeFamilies,
  judgeHistory,
  judgeProxy,
  judgeResolvers,
  judgeRoot,
  judgeStore,
  type Mark,
  markOf,
  paintedSign,
  type StoreFacts,
  signOf,
} from './doctor-judgement.ts';
import { proxySourcesText } from './doctor-proxy-text.ts';
import { windowsFields, windowsPartsText } from './doctor-windows-text.ts';
import { harmlessJson } from './json.ts';
import { usualRouteText } from './route-text.ts';
import { type Cell, type Column, drawTable, paint } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

/** What this machine uses, for eyes: what needs a hand and the next step, then each row with its mark. */
export function renderDoctorTable(facts: DoctorFacts, view: View): string {
  const { environment } = facts;
  return [
    judgement(facts, view),
    settings(facts, view),
    ...proxySourcesText(environment, view),
    ...trustStores(environment, view),
    ...roots(environment, view),
    ...windowsPartsText(environment, view),
  ].join('\n');
}

/** A mark in front of a text, the lines below it hanging. */
function marked(mark: Mark, title: string, text: string, view: View): readonly string[] {
  const sign = signOf(mark).text;
  const [first = '', ...rest] = hang(`${sign} ${title}`, harmless(text, 1000), view.width);
  return [`${paintedSign(mark, view)}${first.slice(sign.length)}`, ...rest];
}

/** What is wrong and the next step: of a cause of runs its title and first remedy. */
function told(code: DoctorCode | CauseId, view: View): { readonly what: string; readonly next: string } {
  const { causes, doctor } = wordsOf(view.lang);
  if (code in doctor.findings) return doctor.findings[code as DoctorCode];
  const { title, remedies } = causes[code as CauseId];
  return { what: title, next: remedies[0] ?? '' };
}

function judgement(facts: DoctorFacts, view: View): string {
  const { doctor, labels, proxyLabels, screen } = wordsOf(view.lang);
  const { colon, stop } = labels.punctuation;
  const findings = doctorFindings(facts, (source) => entryOf(proxyLabels.sources, source) ?? source);
  const count = (mark: Mark): number => findings.filter((finding) => finding.mark === mark).length;
  const worst = count('wrong') > 0 ? 'wrong' : count('look') > 0 ? 'look' : 'fine';
  const lines = findings.flatMap(({ mark, code, about }) => {
    const { what, next } = told(code, view);
    const names = about.length === 0 ? '' : `${colon}${about.join(screen.comma)}`;
    return marked(mark, '', `${what}${names}${stop}${next}`, view);
  });
  return `${[...marked(worst, '', doctor.verdict(count('wrong'), count('look')), view), ...lines].join('\n')}\n`;
}

/** The place, whether a file is there, what opens it. */
function storeText({ place, there, sqlite }: StoreFacts, view: View): string {
  const { doctor, labels, screen } = wordsOf(view.lang);
  const engine = sqlite === undefined || sqlite === null ? [] : [`SQLite ${sqlite.version} (${sqlite.driver})`];
  const absent = there === false ? ` (${doctor.windows.notThere})` : '';
  return [`${place ?? labels.text.unknown}${absent}`, ...engine].join(screen.comma);
}

function settings({ environment, store, clock }: DoctorFacts, view: View): string {
  const { labels, doctor } = wordsOf(view.lang);
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
  const fields: readonly (readonly [Mark, string, string])[] = [
    [markOf(judgeProxy(environment)), text.proxy, routes.length === 0 ? text.unknown : routes.join('; ')],
    [markOf(judgeResolvers(environment)), text.resolvers, resolvers.length === 0 ? text.none : resolvers.join(', ')],
    [markOf(judgeFamilies(environment)), text.families, families.length === 0 ? text.unknown : families.join('; ')],
    ['open', text.clock, `${clock} (${labels.clockUnchecked})`],
    ['fine', text.runtime, `${runtime.name} ${runtime.version}, OpenSSL ${runtime.openssl}`],
    ['fine', text.platform, `${platform.os} ${platform.release} ${platform.arch}`],
    [markOf(judgeHistory(store)), doctor.history, storeText(store, view)],
    ...windowsFields(environment, view),
    ...(rootAutoUpdate === null ? [] : [['fine', text.rootUpdate, labels.rootUpdate[rootAutoUpdate]] as const]),
  ];
  const lines = fields.flatMap(([mark, title, value]) => marked(mark, `${title}${colon}`, value, view));
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

function trustStores(environment: Environment, view: View): readonly string[] {
  const labels = labelsOf(view.lang);
  const { text } = labels;
  const columns = [
    { title: '', whole: true },
    { title: text.store, whole: true },
    { title: text.certificates, whole: true },
    { title: text.readFrom, whole: false },
  ];
  const rows = environment.trustStores.map((store): readonly Cell[] => {
    const { name, count, from, error } = store;
    return [
      signOf(markOf(judgeStore(store, environment))),
      { text: name, style: null },
      { text: count === null ? text.unknown : String(count), style: null },
      {
        text: harmless(error === null ? from : `${from} (${labels.readFailed(error)})`),
        style: error === null ? null : 'yellow',
      },
    ];
  });
  return section(text.trustStores, columns, rows, view);
}

function roots(environment: Environment, view: View): readonly string[] {
  const { text, rootStates } = labelsOf(view.lang);
  const columns = [
    { title: '', whole: true },
    { title: text.root, whole: false },
    { title: text.state, whole: true },
    { title: text.validUntil, whole: true },
  ];
  const rows = environment.roots.map((root): readonly Cell[] => {
    const { name, state, notAfter } = root;
    const sign = signOf(markOf(judgeRoot(root, environment)));
    return [
      sign,
      { text: harmless(name), style: null },
      { text: rootStates[state], style: sign.style },
      { text: notAfter.slice(0, 10), style: null },
    ];
  });
  return section(text.roots, columns, rows, view);
}

/** The same for programs: findings by code, with the names of what they are about. */
export function renderDoctorJson(facts: DoctorFacts): string {
  const { environment, store, clock } = facts;
  const findings = doctorFindings(facts, (source) => source);
  return `${harmlessJson({ schema: 1, clock, findings, store, environment }, 2)}\n`;
}
