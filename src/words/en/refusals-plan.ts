import type { Said } from '../said.ts';
import { meant } from './phrases.ts';

export interface OfFeature {
  readonly feature: string;
}

/** Of what a run should check, in English. */
export const plans = {
  'plan.too-many': ({ targets, most }: { targets: number; most: number }): Said => [
    `${targets} targets are too many`,
    `A run takes ${most} at most; see --only.`,
  ],
  'plan.values': ({ names, id, url }: { names: readonly string[]; id: string; url: string }): Said => [
    `--set ${names.join(', ')}: the values give no valid address for ${id}: ${url}`,
    'A value is a host name or a part of one, such as contoso or contoso.westus.cloudapp.azure.com.',
  ],
  'plan.glob': (): Said => ['--only and --skip take a pattern of 1 to 300 characters', '`*` is any run of characters.'],
  'plan.filtered': ({ targets, feature, id }: OfFeature & { targets: number; id: string }): Said => [
    `nothing is left to check: --only and --skip leave none of ${targets} targets`,
    `Patterns match whole ids, hosts and documented patterns, for example ${feature}/* or ${id}.`,
  ],
  'plan.nothing': (): Said => [
    'there is nothing to check',
    '`wayclear list` shows the features; legacy ones need --include-legacy; a URL or host[:port] will do too.',
  ],
  'plan.parameter': ({ name, near, names }: { name: string; near: string | null; names: readonly string[] }): Said => [
    `--set: unknown parameter ${name}${meant(near)}`,
    names.length === 0 ? 'The catalog has no templates.' : `The catalog knows ${names.join(', ')}.`,
  ],
  'plan.braces': ({ name }: { name: string }): Said => [
    `--set ${name}: a value may not hold braces`,
    'One parameter cannot be made of another one.',
  ],
  'plan.host-part': ({ name, value }: { name: string; value: string }): Said => [
    `--set ${name}: expected a host name or a part of one, got ${value}`,
    'Give it without scheme, port and path.',
  ],
  'plan.cloud': ({ cloud, features }: { cloud: string; features: readonly string[] }): Said => [
    `the run without a feature's name has no endpoint in cloud ${cloud}`,
    `The catalog knows ${features.join(', ')} there; name what you want.`,
  ],
  'plan.role': ({ role, near, roles }: { role: string; near: string | null; roles: readonly string[] }): Said => [
    `unknown role ${role}${meant(near)}`,
    `The catalog knows ${roles.join(', ')}.`,
  ],
  'plan.feature-cloud': ({
    feature,
    cloud,
    clouds,
    sibling,
  }: OfFeature & { cloud: string; clouds: readonly string[]; sibling: string | null }): Said => [
    `feature "${feature}" has no endpoint in cloud ${cloud}; it has ${clouds.join(', ')}`,
    sibling === null ? null : `Feature "${sibling}" covers that cloud.`,
  ],
  'plan.feature-role': ({ feature, role, roles }: OfFeature & { role: string; roles: readonly string[] }): Said => [
    `feature "${feature}" has no endpoint for role ${role}`,
    `It has some for ${roles.join(', ')}.`,
  ],
  'plan.legacy': ({ feature }: OfFeature): Said => [
    `feature "${feature}" is legacy: nothing in it is in use any more`,
    'Add --include-legacy to check it all the same.',
  ],
  'plan.no-targets': (): Said => ['the targets file names no target', 'One URL or host[:port] a line.'],
};
