import type { OptionGroup, OptionName } from '../words/contract.ts';

/** The commands, in the order of the help. `check` runs when none is named. */
export const commandNames = [
  'check',
  'list',
  'plan',
  'allowlist',
  'explain',
  'diagnose',
  'diff',
  'watch',
  'history',
  'incidents',
  'store',
  'doctor',
  'demo',
  'carry key',
  'carry prepare',
  'carry show',
  'carry connect',
  'carry import',
  'collect token',
  'collect tokens',
  'collect withdraw',
  'collect machines',
  'collect audit',
  'collect admit',
  'collect revoke',
  'collect',
  'schema',
  'completion',
  'version',
] as const;
export type CommandName = (typeof commandNames)[number];

/** `switch`: present or not. `value`: one, and a second that says otherwise is a mistake. `list`: may be given several times, all count. */
export type FlagKind = 'switch' | 'value' | 'list';

/** What a value is where not every text will do: the command line and configuration files hold it to the same. */
export type Form =
  | { readonly is: 'duration'; readonly mostMs: number; readonly leastMs: number }
  | { readonly is: 'count'; readonly least: number; readonly most: number }
  | { readonly is: 'assignment' | 'label' | 'language' };

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
  /** Null: any text, as far as this table knows. */
  readonly form: Form | null;
}

const hour = 3_600_000;
const day = 24 * hour;
/** A result may be so many days old, and no older ever. */
export const longestDays = 90;

const duration = (mostMs: number, leastMs = 1): Form => ({ is: 'duration', mostMs, leastMs });
const count = (most: number, least = 1): Form => ({ is: 'count', least, most });

const probing: readonly CommandName[] = ['check', 'plan', 'watch'];
const choosing: readonly CommandName[] = ['check', 'plan', 'allowlist', 'watch', 'carry prepare'];
/** What is asked, wherever it is measured. */
const asking: readonly CommandName[] = [...probing, 'carry prepare'];
/** What goes through a proxy, whatever for. */
const proxied: readonly CommandName[] = [...probing, 'carry connect', 'collect'];
/** By which way, and how patiently. */
const reaching: readonly CommandName[] = [...probing, 'carry connect'];
const routing: readonly CommandName[] = [...reaching, 'doctor'];
const scoped: readonly CommandName[] = ['check', 'list', 'plan', 'allowlist', 'watch', 'carry prepare'];
const reporting: readonly CommandName[] = ['check', 'diagnose', 'demo', 'watch', 'carry import'];
const judging: readonly CommandName[] = ['check', 'diagnose', 'carry import'];
const collecting: readonly CommandName[] = commandNames.filter((name) => name.startsWith('collect'));
const carrying = commandNames.filter((name) => name.startsWith('carry '));
const configurable: readonly CommandName[] = [
  ...['check', 'list', 'plan', 'allowlist', 'diagnose', 'doctor', 'carry prepare', 'carry connect', 'carry import'],
  ...['watch', 'history', 'incidents'],
] as const;
/** What reads what was recorded. */
const looking: readonly CommandName[] = ['diagnose', 'diff', 'history', 'incidents'];
/** All that lay something out; the rest print a text as it is. */
const shown = commandNames.filter((name) => !['schema', 'completion', 'version', 'collect'].includes(name));

function flag(
  name: OptionName,
  kind: FlagKind,
  group: OptionGroup,
  commands: readonly CommandName[],
  more: Partial<Pick<Flag, 'short' | 'default' | 'choices' | 'form'>> = {},
): Flag {
  return { name, kind, group, commands, short: null, default: null, choices: null, form: null, ...more };
}

/** Every flag, in the order of the help. The commands' own help, the configuration file and the suggestions read it. */
export const flags: readonly Flag[] = [
  flag('catalog', 'list', 'scope', [...scoped, 'carry connect']),
  flag('no-bundled', 'switch', 'scope', scoped),
  flag('role', 'value', 'scope', scoped),
  flag('cloud', 'value', 'scope', choosing, {
    default: 'public',
    choices: ['public', 'usgov', 'china'],
  }),
  flag('include-legacy', 'switch', 'scope', choosing),
  flag('only', 'list', 'scope', scoped),
  flag('skip', 'list', 'scope', scoped),
  flag('set', 'list', 'scope', choosing, { form: { is: 'assignment' } }),
  flag('targets', 'value', 'scope', choosing),

  flag('from', 'value', 'scope', ['allowlist']),

  flag('proxy', 'value', 'route', [...proxied, 'doctor', 'allowlist'], { default: 'auto' }),
  flag('no-proxy', 'value', 'route', [...proxied, 'doctor']),
  flag('proxy-auth', 'value', 'route', reaching, {
    default: 'auto',
    choices: ['auto', 'basic', 'digest', 'ntlm', 'negotiate', 'none'],
  }),
  flag('proxy-user', 'value', 'route', proxied),
  flag('proxy-password-file', 'value', 'route', proxied),
  flag('proxy-ca', 'value', 'route', proxied),
  flag('direct-too', 'switch', 'route', reaching),
  flag('on', 'value', 'route', ['check']),
  flag('remote-program', 'value', 'route', ['check'], { default: 'wayclear' }),
  flag('attended', 'switch', 'route', ['check']),

  flag('dns-server', 'list', 'trust', routing),
  flag('ca-file', 'list', 'trust', [...probing, 'doctor', 'carry import', 'collect']),
  flag('ipv4', 'switch', 'trust', asking),
  flag('ipv6', 'switch', 'trust', asking),
  flag('user-agent', 'value', 'route', asking),
  flag('tls-hello', 'value', 'trust', asking, { default: 'classic', choices: ['classic', 'large'] }),

  flag('timeout', 'value', 'limits', reaching, { default: '10s', form: duration(hour) }),
  flag(
    'deadline',
    'value',
    'limits',
    [
      ...choosing,
      'list',
      'diagnose',
      'diff',
      'history',
      'incidents',
      'store',
      'doctor',
      'carry connect',
      'carry import',
    ],
    { default: '2m', form: duration(day) },
  ),
  flag('concurrency', 'value', 'limits', reaching, { form: count(4096) }),
  flag('repeat', 'value', 'limits', asking, { form: count(100, 2) }),
  flag('no-experiments', 'switch', 'limits', asking),
  flag('offline', 'switch', 'limits', probing),
  flag('mode', 'value', 'limits', configurable, { default: 'online', choices: ['online', 'offline'] }),

  flag('out', 'value', 'carry', ['carry prepare', 'carry connect']),
  flag('redact', 'switch', 'carry', ['carry prepare']),
  flag('trust', 'value', 'carry', ['carry import']),
  flag('accept-catalog', 'switch', 'carry', ['carry import']),
  flag('extract', 'value', 'carry', ['carry import']),
  flag('max-age', 'value', 'carry', ['carry import'], { default: '30', form: count(longestDays) }),
  flag('state', 'value', 'carry', [...scoped, ...carrying.filter((name) => name !== 'carry prepare')]),

  flag('store', 'value', 'store', ['check', 'watch', ...looking, 'doctor', 'carry import', ...collecting]),
  flag('machine', 'value', 'store', ['diagnose', 'history', 'incidents']),
  flag('at', 'value', 'store', ['diagnose']),
  flag('every', 'value', 'store', ['watch'], { default: '24h', form: duration(366 * day, 60_000) }),
  flag('once', 'switch', 'store', ['watch']),
  flag('confirm', 'value', 'store', ['watch'], { default: '2', form: count(20) }),
  flag('maintenance', 'list', 'store', ['watch']),
  flag('keep', 'value', 'store', ['watch', 'collect'], { default: '400d', form: duration(3660 * day) }),
  flag('keep-size', 'value', 'store', ['watch', 'collect'], { default: '2G' }),
  flag('catalog-url', 'value', 'store', ['watch']),
  flag('notify', 'value', 'store', ['watch']),
  flag('cmtrace-log', 'value', 'store', ['watch']),
  flag('password-file', 'value', 'store', ['watch']),
  flag('trusted-header', 'value', 'store', ['watch']),
  flag('print', 'value', 'store', ['watch'], { choices: ['systemd', 'task-scheduler', 'cron', 'kubernetes'] }),

  flag('send', 'list', 'send', ['check', 'watch']),
  flag('send-detail', 'value', 'send', ['check', 'watch'], { default: 'full', choices: ['full', 'summary'] }),
  flag('send-token-file', 'value', 'send', ['check', 'watch']),

  flag('listen', 'value', 'collect', ['collect', 'watch']),
  flag('limit', 'value', 'collect', ['collect'], { default: '10000', form: count(100_000_000, 10) }),
  flag('per', 'value', 'collect', ['collect'], { default: '3600s', form: duration(7 * day) }),
  flag('accept-new', 'switch', 'collect', ['collect']),
  flag('insecure-http', 'switch', 'collect', ['collect']),
  flag('tls-cert', 'value', 'collect', ['collect']),
  flag('tls-key', 'value', 'collect', ['collect']),
  flag('read-token-file', 'value', 'collect', ['collect']),
  flag('silent-after', 'value', 'collect', ['collect', 'collect machines'], {
    default: '26h',
    form: duration(366 * day),
  }),
  flag('alertmanager', 'list', 'collect', ['collect']),
  flag('alertmanager-password-file', 'value', 'collect', ['collect']),
  flag('check', 'switch', 'collect', ['collect']),

  flag('format', 'list', 'output', shown, { default: 'table' }),
  flag('output', 'value', 'output', shown, { short: 'o' }),
  flag('json', 'switch', 'output', shown),
  flag('lang', 'value', 'output', [...shown, 'schema', 'completion', 'collect'], {
    default: 'en',
    form: { is: 'language' },
  }),
  flag('fail-on', 'value', 'output', judging, {
    default: 'critical',
    choices: ['critical', 'warning', 'untested', 'never'],
  }),
  flag('exit-codes', 'value', 'output', judging, {
    default: 'wayclear',
    choices: ['wayclear', 'nagios'],
  }),
  flag('ignore-missing', 'switch', 'output', ['diff']),
  flag('quiet', 'switch', 'output', reporting, { short: 'q' }),
  flag('verbose', 'switch', 'output', [...reporting, 'incidents'], {
    short: 'v',
  }),
  flag('anonymous', 'switch', 'output', [...reporting, 'carry prepare', 'carry connect']),
  flag('label', 'list', 'output', ['check', 'watch'], { form: { is: 'label' } }),
  flag('no-color', 'switch', 'output', shown),
  flag('config', 'value', 'output', configurable),
];

/** Flags that a command takes. */
export function flagsOf(command: CommandName): readonly Flag[] {
  return flags.filter((row) => row.commands.includes(command));
}

/** The command that words begin with, and those behind it; null where they begin with none. */
export function commandIn(
  words: readonly string[],
): { readonly command: CommandName; readonly rest: readonly string[] } | null {
  for (const command of commandNames) {
    const parts = command.split(' ');
    if (parts.every((part, index) => words[index] === part)) return { command, rest: words.slice(parts.length) };
  }
  return null;
}

/** The commands whose first word this is, where each has a second. */
export const groupOf = (word: string | undefined): readonly CommandName[] =>
  commandNames.filter((name) => name.startsWith(`${word} `));

/** First words that are no command by themselves. */
export const groupNames: readonly string[] = [...new Set(commandNames.flatMap((name) => name.split(' ', 1)))].filter(
  (word) => commandIn([word]) === null,
);
