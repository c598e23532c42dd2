import type { OptionGroup, OptionName } from '../words/help-words.ts';

/** The commands, in the order of the help. `check` runs when none is named. */
export const commandNames = [
  'check',
  'list',
  'plan',
  'allowlist',
  'explain',
  'diagnose',
  'diff',
  'doctor',
  'demo',
  'schema',
  'completion',
  'version',
] as const;
export type CommandName = (typeof commandNames)[number];

/** `switch`: present or not. `value`: the last one given counts. `list`: may be given several times, all count. */
export type FlagKind = 'switch' | 'value' | 'list';

export interface Flag {
  /** Long name without the dashes; also the key in a configuration file. */
  readonly name: OptionName;
  readonly kind: FlagKind;
  readonly group: OptionGroup;
  /** Commands that take it. */
  readonly commands: readonly CommandName[];
  /** One letter, for `-q`; null if there is none. */
  readonly short: string | null;
  /** Shown by the help; the value that an absent flag has. Null if there is none or the sentence says it. */
  readonly default: string | null;
  /** Allowed values, where the list is closed. */
  readonly choices: readonly string[] | null;
}

const probing: readonly CommandName[] = ['check', 'plan'];
const choosing: readonly CommandName[] = ['check', 'plan', 'allowlist'];
const routing: readonly CommandName[] = ['check', 'plan', 'doctor'];
const scoped: readonly CommandName[] = ['check', 'list', 'plan', 'allowlist'];
const reporting: readonly CommandName[] = ['check', 'diagnose', 'demo'];
/** All that lay something out; the rest print a text as it is. */
const shown = commandNames.filter((name) => !['schema', 'completion', 'version'].includes(name));

function flag(
  name: OptionName,
  kind: FlagKind,
  group: OptionGroup,
  commands: readonly CommandName[],
  more: { readonly short?: string; readonly default?: string; readonly choices?: readonly string[] } = {},
): Flag {
  const { short = null, choices = null } = more;
  return { name, kind, group, commands, short, default: more.default ?? null, choices };
}

/** Every flag, in the order of the help. The commands' own help, the configuration file and the suggestions read it. */
export const flags: readonly Flag[] = [
  flag('catalog', 'list', 'scope', scoped),
  flag('no-bundled', 'switch', 'scope', scoped),
  flag('role', 'value', 'scope', scoped),
  flag('cloud', 'value', 'scope', choosing, {
    default: 'public',
    choices: ['public', 'usgov', 'china'],
  }),
  flag('include-legacy', 'switch', 'scope', choosing),
  flag('only', 'list', 'scope', scoped),
  flag('skip', 'list', 'scope', scoped),
  flag('set', 'list', 'scope', choosing),
  flag('targets', 'value', 'scope', choosing),

  flag('from', 'value', 'scope', ['allowlist']),

  flag('proxy', 'value', 'route', [...routing, 'allowlist'], { default: 'auto' }),
  flag('no-proxy', 'value', 'route', routing),
  flag('proxy-auth', 'value', 'route', probing, {
    default: 'auto',
    choices: ['auto', 'basic', 'digest', 'ntlm', 'negotiate', 'none'],
  }),
  flag('proxy-user', 'value', 'route', probing),
  flag('proxy-password-file', 'value', 'route', probing),
  flag('proxy-ca', 'value', 'route', probing),
  flag('direct-too', 'switch', 'route', probing),

  flag('dns-server', 'list', 'trust', routing),
  flag('ca-file', 'list', 'trust', routing),
  flag('ipv4', 'switch', 'trust', probing),
  flag('ipv6', 'switch', 'trust', probing),
  flag('user-agent', 'value', 'route', probing),
  flag('tls-hello', 'value', 'trust', probing, { default: 'classic', choices: ['classic', 'large'] }),

  flag('timeout', 'value', 'limits', probing, {
    default: '10s',
  }),
  flag('deadline', 'value', 'limits', [...choosing, 'list', 'diagnose', 'diff', 'doctor'], { default: '2m' }),
  flag('concurrency', 'value', 'limits', probing),
  flag('repeat', 'value', 'limits', probing),
  flag('no-experiments', 'switch', 'limits', probing),
  flag('offline', 'switch', 'limits', probing),

  flag('format', 'list', 'output', shown, { default: 'table' }),
  flag('output', 'value', 'output', shown, { short: 'o' }),
  flag('json', 'switch', 'output', shown),
  flag('lang', 'value', 'output', shown, { default: 'en' }),
  flag('fail-on', 'value', 'output', ['check', 'diagnose'], {
    default: 'critical',
    choices: ['critical', 'warning', 'untested', 'never'],
  }),
  flag('exit-codes', 'value', 'output', ['check', 'diagnose'], {
    default: 'wayclear',
    choices: ['wayclear', 'nagios'],
  }),
  flag('ignore-missing', 'switch', 'output', ['diff']),
  flag('quiet', 'switch', 'output', reporting, { short: 'q' }),
  flag('verbose', 'switch', 'output', reporting, {
    short: 'v',
  }),
  flag('anonymous', 'switch', 'output', reporting),
  flag('label', 'list', 'output', ['check']),
  flag('no-color', 'switch', 'output', shown),
  flag('config', 'value', 'output', ['check', 'list', 'plan', 'allowlist', 'diagnose', 'doctor']),
];

/** Flags that a command takes. */
export function flagsOf(command: CommandName): readonly Flag[] {
  return flags.filter((row) => row.commands.includes(command));
}
