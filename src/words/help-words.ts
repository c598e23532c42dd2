/** What every language says in the help of the program and of its commands; names of commands and options are the same in all. */

/** Options by their long names, and the two that every command takes. */
export type OptionName =
  | 'catalog'
  | 'no-bundled'
  | 'role'
  | 'cloud'
  | 'include-legacy'
  | 'only'
  | 'skip'
  | 'set'
  | 'targets'
  | 'from'
  | 'proxy'
  | 'no-proxy'
  | 'proxy-auth'
  | 'proxy-user'
  | 'proxy-password-file'
  | 'proxy-ca'
  | 'direct-too'
  | 'on'
  | 'remote-program'
  | 'attended'
  | 'dns-server'
  | 'ca-file'
  | 'ipv4'
  | 'ipv6'
  | 'user-agent'
  | 'tls-hello'
  | 'timeout'
  | 'deadline'
  | 'concurrency'
  | 'repeat'
  | 'no-experiments'
  | 'offline'
  | 'mode'
  | 'out'
  | 'redact'
  | 'trust'
  | 'accept-catalog'
  | 'extract'
  | 'max-age'
  | 'state'
  | 'store'
  | 'machine'
  | 'at'
  | 'every'
  | 'once'
  | 'confirm'
  | 'maintenance'
  | 'keep'
  | 'keep-size'
  | 'catalog-url'
  | 'notify'
  | 'cmtrace-log'
  | 'password-file'
  | 'trusted-header'
  | 'print'
  | 'send'
  | 'send-detail'
  | 'send-token-file'
  | 'listen'
  | 'limit'
  | 'per'
  | 'accept-new'
  | 'insecure-http'
  | 'tls-cert'
  | 'tls-key'
  | 'read-token-file'
  | 'silent-after'
  | 'check'
  | 'format'
  | 'output'
  | 'json'
  | 'lang'
  | 'fail-on'
  | 'exit-codes'
  | 'ignore-missing'
  | 'quiet'
  | 'verbose'
  | 'anonymous'
  | 'label'
  | 'no-color'
  | 'config'
  | 'help'
  | 'version';

export type OptionGroup =
  | 'scope'
  | 'route'
  | 'trust'
  | 'limits'
  | 'carry'
  | 'store'
  | 'send'
  | 'collect'
  | 'output'
  | 'other';

/** Commands by their names, with the names of the words that they take. */
interface CommandArguments {
  readonly check: 'what';
  readonly list: 'feature';
  readonly plan: 'what';
  readonly allowlist: 'what';
  readonly explain: 'what';
  readonly diagnose: 'report' | 'more';
  readonly diff: 'old' | 'new';
  readonly watch: 'what';
  readonly history: 'what';
  readonly incidents: 'what';
  readonly store: 'action' | 'from' | 'to';
  readonly doctor: never;
  readonly demo: never;
  readonly 'carry key': never;
  readonly 'carry prepare': 'what';
  readonly 'carry show': 'file';
  readonly 'carry connect': 'file';
  readonly 'carry import': 'file';
  readonly 'collect token': never;
  readonly 'collect machines': never;
  readonly 'collect admit': 'fingerprint';
  readonly 'collect revoke': 'fingerprint';
  readonly collect: never;
  readonly schema: 'name';
  readonly completion: 'shell';
  readonly version: never;
}

/** What the help says of a command, in full sentences. */
interface CommandHelp<Argument extends string> {
  readonly describe: string;
  readonly words: Readonly<Record<Argument, string>>;
  /** One for each example, in the order of the examples. */
  readonly examples: readonly string[];
}

export interface HelpWords {
  /** In front of a command line. */
  readonly usage: string;
  /** What the program is for. */
  readonly purpose: string;
  /** Headings, with a colon. */
  readonly headings: Readonly<Record<OptionGroup | 'commands' | 'words' | 'examples', string>>;
  readonly commands: { readonly [C in keyof CommandArguments]: CommandHelp<CommandArguments[C]> };
  /** Full sentences. */
  readonly options: Readonly<Record<OptionName, string>>;
  /** Of `help`, which is no command with options. */
  readonly purposeOfHelp: string;
  /** What the schema of the configuration says besides the options. */
  readonly configKeys: Readonly<Record<'title' | 'description' | 'schema' | 'what', string>>;
  /** Behind the sentence of an option, with what parts the two. */
  choices(values: readonly string[]): string;
  /** Behind that. */
  default(value: string): string;
  /** Of the whole help and of each command's, in lines of at most 80 columns. */
  epilogue(topics: readonly string[]): string;
}
