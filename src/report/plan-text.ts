import { harmless } from '../harmless.ts';
import type { Plan, Target } from '../model/plan.ts';
import { type Labels, untestedWords } from '../words/contract.ts';
import { labelsOf, wordsOf } from '../words/load.ts';
import { routeText } from './assemble.ts';
import { harmlessJson } from './json.ts';
import { routeReasons } from './route-text.ts';
import { paint } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

/** What a target's ClientHello names: nothing for an address, as RFC 6066 section 3 allows names only. */
export function serverName(target: Target): string | null {
  return target.scheme === 'https' && !/^[\d.]+$|:/.test(target.host) ? target.host : null;
}

/** The exact probes for eyes: what is sent where, by which route, and what stays untested with the flag that would change it. */
export function renderPlanTable(plan: Plan, view: View): string {
  const labels = labelsOf(view.lang);
  const { colon, stop } = labels.punctuation;
  const words = wordsOf(view.lang);
  const probes = plan.targets.filter((target) => target.untested === null);
  const untested = plan.targets.filter((target) => target.untested !== null);
  const byFeature = new Map<string, Target[]>();
  for (const target of probes) {
    const group = byFeature.get(target.feature);
    if (group === undefined) byFeature.set(target.feature, [target]);
    else group.push(target);
  }
  const blocks = [...byFeature].map(
    ([feature, targets]) =>
      `${[paint('bold', harmless(feature), view), ...targets.flatMap((target) => probeLines(target, labels, view))].join('\n')}\n`,
  );
  const open = untested.flatMap((target) => {
    const { reason, remedy } =
      target.untested === null ? { reason: '', remedy: '' } : untestedWords(words, target.untested);
    return hang('? ', harmless(`${target.id} (${target.pattern})${colon}${reason}${stop}${remedy}`, 1000), view.width);
  });
  return [
    `${labels.planned(plan.targets.length, probes.length, untested.length)}\n`,
    ...blocks,
    ...(open.length === 0 ? [] : [`${[paint('bold', labels.text.untested, view), ...open].join('\n')}\n`]),
    `${settings(plan, labels)
      .flatMap(([title, text]) => hang(`${title}${colon}`, text, view.width))
      .join('\n')}\n`,
  ].join('\n');
}

function probeLines(target: Target, labels: Labels, view: View): readonly string[] {
  const name = serverName(target);
  const address = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  const about = [
    address,
    ...(target.scheme === 'https' ? [name === null ? labels.noServerName : labels.serverName(name)] : []),
    labels.importances[target.importance],
    ...(target.route.undecided === undefined ? [routeText(target.route)] : []),
  ];
  const method = target.scheme === 'tcp' ? 'TCP' : target.method;
  return [
    ...hang('  ', harmless(`${method} ${target.url ?? address}`, 2100), view.width),
    ...hang('      ', harmless(about.join(', '), 1000), view.width),
    ...routeReasons(target.route, target.host, view).flatMap((text) =>
      hang('      ', harmless(text, 1000), view.width),
    ),
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

/** The plan as it is, with the server name that each ClientHello holds. */
export function renderPlanJson(plan: Plan): string {
  const targets = plan.targets.map((target) => ({ ...target, serverName: serverName(target) }));
  return `${harmlessJson({ schema: 1, ...plan, targets }, 2)}\n`;
}
