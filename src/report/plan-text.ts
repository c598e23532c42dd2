import { entryOf } from '../entry.ts';
import { groupedBy } from '../grouped.ts';
import { harmless } from '../harmless.ts';
import type { Environment } from '../model/observations.ts';
import type { Plan, Target } from '../model/plan.ts';
import { hostAndPort } from '../text-bounds.ts';
import { type Labels, untestedWords, type Words } from '../words/contract.ts';
import { labelsOf, wordsOf } from '../words/load.ts';
import { routeText } from './assemble.ts';
import { proxyMistakeLines } from './doctor-proxy-text.ts';
import { harmlessJson } from './json.ts';
import { decidingReasons } from './route-text.ts';
import { elsewhere } from './screen-notes.ts';
import { paint } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

/** What a target's ClientHello names: nothing for an address, as RFC 6066 section 3 allows names only. */
export function serverName(target: Target): string | null {
  return target.scheme === 'https' && !/^[\d.]+$|:/.test(target.host) ? target.host : null;
}

/** What was learned of proxy settings and PAC files on the way to a plan. */
export interface PlannedRoutes {
  readonly sources: NonNullable<Environment['proxySources']>;
  readonly files: NonNullable<Environment['pacFiles']>;
  /** Names that scripts got no address of, because no packet leaves. */
  readonly unresolved: readonly string[];
}

/** Names that are written out; the rest is counted. */
const mostNames = 5;

/** The exact probes for eyes: what is sent where, by which route, and what stays untested with the flag that would change it. */
export function renderPlanTable(plan: Plan, routes: PlannedRoutes, view: View): string {
  const labels = labelsOf(view.lang);
  const { colon, stop } = labels.punctuation;
  const words = wordsOf(view.lang);
  const probes = plan.targets.filter((target) => target.untested === null);
  const untested = plan.targets.filter((target) => target.untested !== null);
  const blocks = [...groupedBy(probes, ({ feature }) => feature)].map(
    ([feature, targets]) =>
      `${[paint('bold', harmless(titleOf(plan, feature, words)), view), ...targets.flatMap((target) => probeLines(target, labels, view))].join('\n')}\n`,
  );
  const open = untested.flatMap((target) => {
    const { reason, remedy } =
      target.untested === null ? { reason: '', remedy: '' } : untestedWords(words, target.untested);
    return hang('? ', harmless(`${target.id} (${target.pattern})${colon}${reason}${stop}${remedy}`, 1000), view.width);
  });
  return [
    [
      ...hang('', labels.planned(plan.targets.length, probes.length, untested.length), view.width),
      ...elsewhere(plan.leftOut ?? [], plan.targets, words).flatMap((text) => hang('', text, view.width)),
      ...pacLines(plan, routes, view),
      ...proxyMistakeLines(routes.sources, view),
      '',
    ].join('\n'),
    ...blocks,
    ...(open.length === 0 ? [] : [`${[paint('bold', labels.text.untested, view), ...open].join('\n')}\n`]),
    `${settings(plan, labels)
      .flatMap(([title, text]) => hang(`${title}${colon}`, text, view.width))
      .join('\n')}\n`,
  ].join('\n');
}

/** The feature's title in the language; its id stays beside it, for it is what one types. */
function titleOf({ features = [] }: Plan, id: string, words: Words): string {
  if (id === 'ad-hoc') return words.screen.typed;
  const title = features.find(({ feature }) => feature === id)?.title;
  return title === undefined ? id : `${entryOf(words.features, title) ?? title} (${id})`;
}

/** Each PAC file once: evaluated or of no use, with the place in it; and what its answers lack. */
function pacLines(plan: Plan, { files, unresolved }: PlannedRoutes, view: View): readonly string[] {
  const words = wordsOf(view.lang);
  const { stop } = words.labels.punctuation;
  const problems = new Map(files.map(({ url, problem, detail }) => [url, { reason: problem, detail: detail ?? '' }]));
  for (const { route } of plan.targets) {
    if (route.undecided === undefined || route.undecided.reason === 'not-fetched') continue;
    problems.set(route.undecided.url, route.undecided);
  }
  const line = (style: 'green' | 'yellow' | 'red', mark: string, text: string): readonly string[] =>
    hang(`${mark} `, harmless(text, 2500), view.width).map((part, at) =>
      at === 0 ? part.replace(mark, paint(style, mark, view)) : part,
    );
  return [
    ...[...problems].flatMap(([url, { reason, detail }]) =>
      reason === 'pac-invalid' || reason === 'pac-unreachable'
        ? line(
            'red',
            '✗',
            `${words.causes[`proxy.${reason}`].title}${stop}${words.facts['proxy.pac']({ url, detail })}`,
          )
        : line('green', '✓', words.proxyLabels.evaluated(url)),
    ),
    ...(unresolved.length === 0
      ? []
      : line(
          'yellow',
          '!',
          words.proxyLabels.unresolved(
            unresolved.slice(0, mostNames).join(words.screen.comma),
            Math.max(0, unresolved.length - mostNames),
          ),
        )),
  ];
}

/** Nobody asked the file yet, or it is of no use, which is told once for all probes. */
function undecidedText({ reason, url }: NonNullable<Target['route']['undecided']>, view: View): string {
  const { causes, proxyLabels } = wordsOf(view.lang);
  return reason === 'not-fetched' ? proxyLabels.atRunTime(url) : causes[`proxy.${reason}`].title;
}

function probeLines(target: Target, labels: Labels, view: View): readonly string[] {
  const name = serverName(target);
  const address = hostAndPort(target.host, target.port);
  const about = [
    address,
    ...(target.scheme === 'https' ? [name === null ? labels.noServerName : labels.serverName(name)] : []),
    labels.importances[target.importance],
    ...(target.route.undecided === undefined ? [routeText(target.route)] : []),
  ];
  const method = target.scheme === 'tcp' ? 'TCP' : target.method;
  const { undecided } = target.route;
  const reasons = [
    ...(target.pattern === target.host
      ? []
      : [`${labels.text.documented}${labels.punctuation.colon}${target.pattern}`]),
    ...(undecided === undefined ? [] : [undecidedText(undecided, view)]),
    ...decidingReasons(target.route, target.host, view),
  ];
  return [
    ...hang('  ', harmless(`${method} ${target.url ?? address}`, 2100), view.width),
    ...hang('      ', harmless(about.join(', '), 1000), view.width),
    ...reasons.flatMap((text) => hang('      ', harmless(text, 1000), view.width)),
  ];
}

function settings(plan: Plan, labels: Labels): readonly (readonly [string, string])[] {
  const { limits } = plan;
  return [
    [
      labels.text.limits,
      labels.limits(labels.duration(limits.timeoutMs), labels.duration(limits.deadlineMs), limits.concurrency),
    ],
    [labels.text.families, plan.families.map((family) => `IPv${family}`).join(', ')],
    [labels.text.resolvers, plan.dnsServers.length === 0 ? labels.machineResolvers : plan.dnsServers.join(', ')],
    [labels.text.hello, plan.tlsHello],
    ...(plan.offline ? [] : [[labels.text.certificateAddresses, labels.certificateAddresses] as const]),
  ];
}

/** The plan as it is, with the server name that each ClientHello holds, and what proxy settings and PAC files were read. */
export function renderPlanJson(plan: Plan, { sources, files, unresolved }: PlannedRoutes): string {
  const targets = plan.targets.map((target) => ({ ...target, serverName: serverName(target) }));
  const routes = { proxySources: sources, pacFiles: files, pacUnresolved: unresolved };
  return `${harmlessJson({ schema: 1, ...plan, targets, ...routes }, 2)}\n`;
}
