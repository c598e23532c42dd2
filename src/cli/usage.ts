import type { CommandName } from './flags.ts';

/** `wayclear help TOPIC`, in the order of the help. */
export const topicNames = ['exit-codes', 'environment', 'proxy', 'formats', 'catalog'] as const;
export type TopicName = (typeof topicNames)[number];

/** What the help says of a command. */
interface CommandHelp {
  readonly usage: string;
  readonly describe: string;
  readonly words: readonly { readonly name: string; readonly describe: string }[];
  readonly examples: readonly (readonly [string, string])[];
  /** How many words it takes at most. */
  readonly most: number;
}

export const help: Readonly<Record<CommandName, CommandHelp>> = {
  check: {
    usage: 'check [what..]',
    describe: 'Probes the endpoints and says which ones this machine can use, and why not.',
    words: [
      {
        name: 'what',
        describe: 'Feature ids, URLs or host[:port]; none means the current features of the service connection point.',
      },
    ],
    examples: [
      ['wayclear', 'Checks the default features.'],
      ['wayclear tenant-attach', 'Checks one feature.'],
      ['wayclear https://example.com/ host.example:8443', 'Checks what you name.'],
      ['wayclear --format table --format json=report.json', 'Shows a table and keeps the whole report.'],
    ],
    most: 10_000,
  },
  list: {
    usage: 'list [feature..]',
    describe: 'Shows the catalog: features, endpoints, importance and source documents.',
    words: [{ name: 'feature', describe: 'Feature ids; none means all.' }],
    examples: [['wayclear list tenant-attach', 'Shows the endpoints of one feature.']],
    most: 1000,
  },
  plan: {
    usage: 'plan [what..]',
    describe: 'Shows the exact probes that check would send. No packet leaves.',
    words: [{ name: 'what', describe: 'As for check.' }],
    examples: [['wayclear plan --set tenantId=VALUE', 'Shows what becomes testable with a parameter.']],
    most: 10_000,
  },
  allowlist: {
    usage: 'allowlist [what..]',
    describe: 'Writes rules for firewalls and proxies: what the documents ask for, or exactly what failed in a report.',
    words: [{ name: 'what', describe: 'As for check.' }],
    examples: [
      ['wayclear allowlist tenant-attach', 'Shows what one feature needs. No packet leaves.'],
      ['wayclear allowlist --format squid=wayclear.conf', 'Writes rules that squid includes.'],
      ['wayclear allowlist --from report.json --format edl', 'Lists exactly what failed in a run.'],
    ],
    most: 10_000,
  },
  explain: {
    usage: 'explain [what]',
    describe: 'Explains a cause: what it means, what it rests on, what to do; or a documented code, a feature, a host.',
    words: [
      {
        name: 'what',
        describe:
          'The id of a cause or its first word (tls), a status code (407), a message id (11412), a feature or a host of the catalog; none means the table of causes.',
      },
    ],
    examples: [['wayclear explain tls.inspection', 'Explains one cause.']],
    most: 1,
  },
  diagnose: {
    usage: 'diagnose <report>',
    describe: 'Judges a saved JSON report again from its observations. No packet leaves.',
    words: [{ name: 'report', describe: 'A file written by --format json, or "-" for standard input.' }],
    examples: [['wayclear diagnose report.json --verbose', 'Shows a saved report with every detail.']],
    most: 1,
  },
  diff: {
    usage: 'diff <old> <new>',
    describe: 'Compares two saved JSON reports. The exit code is 1 if anything got worse.',
    words: [
      { name: 'old', describe: 'The earlier report.' },
      { name: 'new', describe: 'The later report.' },
    ],
    examples: [['wayclear diff before.json after.json', 'Shows what a change in the network did.']],
    most: 2,
  },
  doctor: {
    usage: 'doctor',
    describe: 'Shows what this machine uses: proxy, resolvers, address families, trust stores, clock, runtime.',
    words: [],
    examples: [['wayclear doctor', 'Shows it. No packet leaves.']],
    most: 0,
  },
  demo: {
    usage: 'demo',
    describe: 'Checks and explains healthy and broken servers on this machine. No internet, no root needed.',
    words: [],
    examples: [['wayclear demo --verbose', 'Runs the demonstration with every detail.']],
    most: 0,
  },
  schema: {
    usage: 'schema [name]',
    describe: 'Prints the JSON Schema of the report, of catalog files or of configuration files.',
    words: [{ name: 'name', describe: '"report" (the default), "catalog" or "config".' }],
    examples: [['wayclear schema catalog > catalog.schema.json', 'Saves a schema for an editor.']],
    most: 1,
  },
  completion: {
    usage: 'completion <shell>',
    describe: 'Prints what a shell needs to complete commands, options, features and causes.',
    words: [{ name: 'shell', describe: '"bash", "zsh", "fish" or "powershell".' }],
    examples: [['wayclear completion bash', 'Prints it; its first line says where it belongs.']],
    most: 1,
  },
  version: {
    usage: 'version',
    describe: 'Prints the version.',
    words: [],
    examples: [],
    most: 0,
  },
};
