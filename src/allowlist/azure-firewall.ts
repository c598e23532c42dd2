import { groupedBy } from '../grouped.ts';
import { harmlessJson } from '../report/json.ts';
import type { AllowList, Rule } from './rules.ts';
import { type AllowListView, preface, type RenderAllowList, sorted, titles } from './view.ts';

const isWeb = ({ scheme, protocol }: Rule): boolean => protocol === 'tcp' && scheme !== 'tcp';
const isName = ({ kind }: Rule): boolean => kind === 'exact' || kind === 'wildcard';

/** Rule names hold letters, digits, `_`, `.` and `-`, 80 at most. */
const named = (...parts: readonly (string | number)[]): string =>
  parts
    .join('-')
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .slice(-80);

/** Rules that differ in their destination alone. */
function alike(rules: readonly Rule[]): readonly (readonly [Rule, readonly Rule[]])[] {
  const keyOf = (rule: Rule): string =>
    JSON.stringify([rule.features, rule.protocol, isWeb(rule) ? rule.scheme : '', rule.port, isName(rule)]);
  return [...groupedBy(rules, keyOf).values()].flatMap((members) =>
    members.slice(0, 1).map((first) => [first, members] as const),
  );
}

function described(list: AllowList, rules: readonly Rule[], view: AllowListView): string {
  const documents = [...new Set(rules.flatMap(({ source }) => source?.url ?? source?.document ?? []))];
  const [first] = rules;
  return [...(first === undefined ? [] : titles(list, first, view)), ...documents].join('; ').slice(0, 500);
}

/** The properties of a rule collection group: application rules for names over HTTP and HTTPS, network rules for the rest. */
export function azureRules(list: AllowList, expressed: readonly Rule[], view: AllowListView) {
  const sources = list.measured === null || list.measured.sources.length === 0 ? ['*'] : [...list.measured.sources];
  const application = alike(expressed.filter((rule) => isWeb(rule) && isName(rule))).map(([rule, members], index) => ({
    ruleType: 'ApplicationRule' as const,
    name: named(index + 1, ...rule.features.slice(0, 1), rule.scheme, rule.port),
    description: described(list, members, view),
    protocols: [{ protocolType: rule.scheme === 'http' ? ('Http' as const) : ('Https' as const), port: rule.port }],
    sourceAddresses: sources,
    targetFqdns: members.map(({ pattern }) => pattern),
    terminateTLS: false,
  }));
  const network = alike(expressed.filter((rule) => !isWeb(rule) || !isName(rule))).map(([rule, members], index) => ({
    ruleType: 'NetworkRule' as const,
    name: named(index + 1, ...rule.features.slice(0, 1), rule.protocol, rule.port),
    description: described(list, members, view),
    ipProtocols: [rule.protocol === 'udp' ? ('UDP' as const) : ('TCP' as const)],
    sourceAddresses: sources,
    ...(isName(rule)
      ? { destinationFqdns: members.map(({ pattern }) => pattern) }
      : { destinationAddresses: members.map(({ pattern }) => pattern) }),
    destinationPorts: [String(rule.port)],
  }));
  const collection = <Row>(name: string, priority: number, rules: readonly Row[]) => ({
    ruleCollectionType: 'FirewallPolicyFilterRuleCollection' as const,
    name,
    priority,
    action: { type: 'Allow' as const },
    rules: [...rules],
  });
  return {
    priority: 1000,
    ruleCollections: [
      // The product looks at network rules before application rules, whatever the numbers say.
      ...(network.length === 0 ? [] : [collection('wayclear-network', 1000, network)]),
      ...(application.length === 0 ? [] : [collection('wayclear-application', 1100, application)]),
    ],
  };
}

/** The product's wildcards stand at the beginning alone, and in application rules alone; network rules with names need its DNS proxy. */
const refusal = (rule: Rule) => {
  if (rule.kind !== 'wildcard') return null;
  if (!isWeb(rule)) return 'port';
  return rule.pattern.lastIndexOf('*') > 0 ? 'wildcard' : null;
};

/** A deployment template that adds one rule collection group to a firewall policy, whose name is its one parameter. */
export const renderAzureFirewall: RenderAllowList = (list, view) => {
  const { expressed, left } = sorted(list.rules, refusal);
  return `${harmlessJson(
    {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      metadata: { comments: preface(list, left, view) },
      parameters: { firewallPolicy: { type: 'string' } },
      resources: [
        {
          type: 'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
          apiVersion: '2023-11-01',
          name: "[concat(parameters('firewallPolicy'), '/wayclear')]",
          properties: azureRules(list, expressed, view),
        },
      ],
    },
    2,
  )}\n`;
};
