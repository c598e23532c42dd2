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
  readonly name: string;
  readonly kind: FlagKind;
  readonly group: string;
  /** Commands that take it. */
  readonly commands: readonly CommandName[];
  /** One letter, for `-q`; null if there is none. */
  readonly short: string | null;
  /** Full sentences for the help. */
  readonly describe: string;
  /** Shown by the help; the value that an absent flag has. Null if there is none or the sentence says it. */
  readonly default: string | null;
  /** Allowed values, where the list is closed. */
  readonly choices: readonly string[] | null;
}

const scope = 'Scope:';
const route = 'Route:';
const trust = 'Names and trust:';
const limits = 'Limits:';
const output = 'Output:';

const probing: readonly CommandName[] = ['check', 'plan'];
const choosing: readonly CommandName[] = ['check', 'plan', 'allowlist'];
const routing: readonly CommandName[] = ['check', 'plan', 'doctor'];
const scoped: readonly CommandName[] = ['check', 'list', 'plan', 'allowlist'];
const reporting: readonly CommandName[] = ['check', 'diagnose', 'demo'];
const shown: readonly CommandName[] = [
  'check',
  'list',
  'plan',
  'allowlist',
  'explain',
  'diagnose',
  'diff',
  'doctor',
  'demo',
];

function flag(
  name: string,
  kind: FlagKind,
  group: string,
  commands: readonly CommandName[],
  describe: string,
  more: { readonly short?: string; readonly default?: string; readonly choices?: readonly string[] } = {},
): Flag {
  const { short = null, choices = null } = more;
  return { name, kind, group, commands, short, describe, default: more.default ?? null, choices };
}

/** Every flag, in the order of the help. The commands' own help, the configuration file and the suggestions read it. */
export const flags: readonly Flag[] = [
  flag(
    'catalog',
    'list',
    scope,
    scoped,
    'Adds a catalog file, a folder of them, or the Microsoft 365 endpoint service (m365:worldwide, or m365: and a saved file). May be given several times.',
  ),
  flag('no-bundled', 'switch', scope, scoped, 'Leaves out the catalog that comes with wayclear.'),
  flag(
    'role',
    'value',
    scope,
    scoped,
    'Takes the endpoints of this role, for example service-connection-point or client.',
  ),
  flag('cloud', 'value', scope, choosing, 'The cloud whose endpoints count.', {
    default: 'public',
    choices: ['public', 'usgov', 'china'],
  }),
  flag('include-legacy', 'switch', scope, choosing, 'Includes endpoints of retired and superseded features.'),
  flag(
    'only',
    'list',
    scope,
    scoped,
    'Keeps the targets whose id, host or documented pattern matches this pattern (* stands for any text). May be given several times.',
  ),
  flag('skip', 'list', scope, scoped, 'Leaves out the targets that match this pattern. May be given several times.'),
  flag(
    'set',
    'list',
    scope,
    choosing,
    'Gives a template parameter its value, as in --set tenantId=VALUE. May be given several times.',
  ),
  flag(
    'targets',
    'value',
    scope,
    choosing,
    'Reads more targets from a file, or from standard input for "-": URLs, host[:port], wildcards and networks, one a line or in columns of CSV.',
  ),

  flag(
    'from',
    'value',
    scope,
    ['allowlist'],
    'Makes the rules for exactly what failed in this JSON report ("-" for standard input), and names what another change has to mend.',
  ),

  flag(
    'proxy',
    'value',
    route,
    [...routing, 'allowlist'],
    'How to reach the endpoints: a proxy URL (http, https, socks4, socks4a, socks5, socks5h), pac+URL for a PAC file, env, system, direct, or auto (the environment, then the operating system, then direct).',
    { default: 'auto' },
  ),
  flag(
    'no-proxy',
    'value',
    route,
    routing,
    'Hosts to reach without the proxy, separated by commas; replaces NO_PROXY. A name covers its subdomains; addresses, CIDR blocks and host:port work too.',
  ),
  flag('proxy-auth', 'value', route, probing, 'How to authenticate to the proxy.', {
    default: 'auto',
    choices: ['auto', 'basic', 'digest', 'ntlm', 'negotiate', 'none'],
  }),
  flag('proxy-user', 'value', route, probing, 'The account for the proxy, as NAME, DOMAIN\\NAME or NAME@REALM.'),
  flag(
    'proxy-password-file',
    'value',
    route,
    probing,
    'A file that holds the password for the proxy and nothing else. WAYCLEAR_PROXY_PASSWORD works too; there is no flag for the password itself, which others on this machine could read.',
  ),
  flag(
    'proxy-ca',
    'value',
    route,
    probing,
    'A PEM file with the roots that the certificate of an https proxy may use.',
  ),
  flag('direct-too', 'switch', route, probing, 'Measures the direct path as well as the one through the proxy.'),

  flag(
    'dns-server',
    'list',
    trust,
    routing,
    "Asks this resolver (IP or IP:PORT, [IP]:PORT for IPv6) and not the machine's own. May be given several times.",
  ),
  flag(
    'ca-file',
    'list',
    trust,
    routing,
    'Trusts the roots in this PEM file too, as the clients here would. May be given several times.',
  ),
  flag('ipv4', 'switch', trust, probing, 'Uses IPv4 only.'),
  flag('ipv6', 'switch', trust, probing, 'Uses IPv6 only. Both switches together mean both families, as none does.'),
  flag(
    'user-agent',
    'value',
    route,
    probing,
    'The client name of all requests, CONNECT included: some proxies admit known programs only.',
  ),
  flag(
    'tls-hello',
    'value',
    trust,
    probing,
    'The size of the first TLS message: classic fits one small packet, as Windows sends it; large holds a post-quantum key share, as newer browsers send it.',
    { default: 'classic', choices: ['classic', 'large'] },
  ),

  flag('timeout', 'value', limits, probing, 'How long each stage of a probe may take: 500ms, 10s or 2m.', {
    default: '10s',
  }),
  flag(
    'deadline',
    'value',
    limits,
    [...choosing, 'list', 'diagnose', 'diff', 'doctor'],
    'How long all of it may take, from the start of the program to the last word written.',
    { default: '2m' },
  ),
  flag(
    'concurrency',
    'value',
    limits,
    probing,
    'How many targets are probed at the same time. Chosen from the plan if not given.',
  ),
  flag(
    'repeat',
    'value',
    limits,
    probing,
    'Looks this often at what fails or flickers, one look after the other: 2 to 100. Without it, ten times at what failed once and then worked.',
  ),
  flag('no-experiments', 'switch', limits, probing, 'Sends no follow-up experiments after a failure.'),
  flag(
    'offline',
    'switch',
    limits,
    probing,
    'Checks this machine only: no packet leaves it, and every target is untested.',
  ),

  flag(
    'format',
    'list',
    output,
    shown,
    'Writes the result as NAME to standard output, or to a file with NAME=FILE. May be given several times.',
    { default: 'table' },
  ),
  flag(
    'output',
    'value',
    output,
    shown,
    'Writes to this file what would go to standard output; without --format the end of its name chooses the format.',
    { short: 'o' },
  ),
  flag('json', 'switch', output, shown, 'The same as --format json.'),
  flag('lang', 'value', output, shown, 'The language of the words.', { default: 'en' }),
  flag(
    'fail-on',
    'value',
    output,
    ['check', 'diagnose'],
    'What makes the exit code 1; each includes those before it.',
    { default: 'critical', choices: ['critical', 'warning', 'untested', 'never'] },
  ),
  flag(
    'exit-codes',
    'value',
    output,
    ['check', 'diagnose'],
    'Whose exit codes: nagios gives those of a plugin (0 fine, 1 warning, 2 critical, 3 unknown), whatever --fail-on says by default.',
    { default: 'wayclear', choices: ['wayclear', 'nagios'] },
  ),
  flag('quiet', 'switch', output, reporting, 'Shows the summary line alone, and no progress.', { short: 'q' }),
  flag('verbose', 'switch', output, reporting, 'Adds every stage, address, time, chain and check to the table.', {
    short: 'v',
  }),
  flag(
    'anonymous',
    'switch',
    output,
    reporting,
    "Leaves this machine's name, account and addresses out of the report; of an address its network stays.",
  ),
  flag('no-color', 'switch', output, shown, 'Uses no colour. NO_COLOR does the same.'),
  flag(
    'config',
    'value',
    output,
    ['check', 'list', 'plan', 'allowlist', 'diagnose', 'doctor'],
    'Reads options from this JSON file, or from standard input for "-": the same names as the flags, and "what". Without it your own file is read ($XDG_CONFIG_HOME/wayclear/config.json, by default in ~/.config; %APPDATA%\\wayclear\\config.json on Windows), then wayclear.config.json in the working directory, which may name no proxy, account, file, address or trust.',
  ),
];

/** Flags that a command takes. */
export function flagsOf(command: CommandName): readonly Flag[] {
  return flags.filter((row) => row.commands.includes(command));
}
