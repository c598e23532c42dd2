import type { CommandName } from './flags.ts';

/** `wayclear help TOPIC`, in the order of the help. */
export const topicNames = ['exit-codes', 'environment', 'proxy', 'formats', 'catalog'] as const;
export type TopicName = (typeof topicNames)[number];

export const schemaNames = [
  'report',
  'catalog',
  'config',
  'incident',
  'history',
  'message',
  'fleet',
  'collector',
  'ways',
] as const;
export const storeActions = ['check', 'copy'] as const;
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** How a command is called; what it does, the words of each language say. */
interface CommandUsage {
  readonly usage: string;
  /** What its words may be, for who completes them: a closed list, or names of the catalog or of causes. Files are words as well. */
  readonly words: readonly string[] | 'features' | 'causes';
  /** Command lines; the words have a sentence for each. */
  readonly examples: readonly string[];
  /** How many words it takes at most. */
  readonly most: number;
}

export const usages: Readonly<Record<CommandName, CommandUsage>> = {
  check: {
    usage: 'check [what..]',
    words: 'features',
    examples: [
      'wayclear',
      'wayclear tenant-attach',
      'wayclear https://example.com/ host.example:8443',
      'wayclear --format table --format json=report.json',
    ],
    most: 10_000,
  },
  list: { usage: 'list [feature..]', words: 'features', examples: ['wayclear list tenant-attach'], most: 1000 },
  plan: { usage: 'plan [what..]', words: 'features', examples: ['wayclear plan --set tenantId=VALUE'], most: 10_000 },
  allowlist: {
    usage: 'allowlist [what..]',
    words: 'features',
    examples: [
      'wayclear allowlist tenant-attach',
      'wayclear allowlist --format squid=wayclear.conf',
      'wayclear allowlist --from report.json --format edl',
    ],
    most: 10_000,
  },
  explain: { usage: 'explain [what]', words: 'causes', examples: ['wayclear explain tls.inspection'], most: 1 },
  diagnose: {
    usage: 'diagnose [report] [more..]',
    words: [],
    examples: [
      'wayclear diagnose report.json --verbose',
      'wayclear diagnose berlin/*.json lyon/*.json',
      'wayclear diagnose --store wayclear.db --at 2026-11-01T08:00:00Z',
    ],
    most: 100_000,
  },
  diff: {
    usage: 'diff <old> <new>',
    words: [],
    examples: ['wayclear diff before.json after.json', 'wayclear diff --store wayclear.db OLD-SERVER NEW-SERVER'],
    most: 2,
  },
  watch: {
    usage: 'watch [what..]',
    words: 'features',
    examples: [
      'wayclear watch',
      'wayclear watch --every 15m --maintenance "sat 22:00/6h Europe/Berlin"',
      'wayclear watch --once --store postgres://wayclear@db.example/wayclear',
      'wayclear watch --print systemd',
    ],
    most: 10_000,
  },
  history: { usage: 'history [what..]', words: 'features', examples: ['wayclear history tenant-attach'], most: 1000 },
  incidents: { usage: 'incidents [what..]', words: 'causes', examples: ['wayclear incidents --verbose'], most: 1000 },
  store: {
    usage: 'store <action> [from] [to]',
    words: storeActions,
    examples: ['wayclear store check', 'wayclear store copy wayclear.db postgres://wayclear@db.example/wayclear'],
    most: 3,
  },
  doctor: { usage: 'doctor', words: [], examples: ['wayclear doctor'], most: 0 },
  demo: { usage: 'demo', words: [], examples: ['wayclear demo --verbose'], most: 0 },
  'carry key': { usage: 'carry key', words: [], examples: ['wayclear carry key'], most: 0 },
  'carry prepare': {
    usage: 'carry prepare [what..]',
    words: 'features',
    examples: [
      'wayclear carry prepare --out request.txt',
      'wayclear carry prepare tenant-attach --out request.txt --redact',
    ],
    most: 10_000,
  },
  'carry show': { usage: 'carry show <file>', words: [], examples: ['wayclear carry show request.txt'], most: 1 },
  'carry connect': {
    usage: 'carry connect <file>',
    words: [],
    examples: ['wayclear carry connect request.txt --out result.txt'],
    most: 1,
  },
  'carry import': {
    usage: 'carry import <file>',
    words: [],
    examples: ['wayclear carry import result.txt --trust 0123456789abcdef'],
    most: 1,
  },
  'collect token': {
    usage: 'collect token',
    words: [],
    examples: ['wayclear collect token --store fleet.db'],
    most: 0,
  },
  'collect tokens': {
    usage: 'collect tokens',
    words: [],
    examples: ['wayclear collect tokens --store fleet.db'],
    most: 0,
  },
  'collect withdraw': {
    usage: 'collect withdraw <token>',
    words: [],
    examples: ['wayclear collect withdraw 0123456789ab --store fleet.db'],
    most: 1,
  },
  'collect machines': {
    usage: 'collect machines',
    words: [],
    examples: ['wayclear collect machines --store fleet.db'],
    most: 0,
  },
  'collect audit': {
    usage: 'collect audit',
    words: [],
    examples: ['wayclear collect audit --store fleet.db'],
    most: 0,
  },
  'collect admit': {
    usage: 'collect admit <fingerprint>',
    words: [],
    examples: ['wayclear collect admit 0123456789abcdef --store fleet.db'],
    most: 1,
  },
  'collect revoke': {
    usage: 'collect revoke <fingerprint>',
    words: [],
    examples: ['wayclear collect revoke 0123456789abcdef --store fleet.db'],
    most: 1,
  },
  collect: {
    usage: 'collect',
    words: [],
    examples: [
      'wayclear collect --listen :8443 --store fleet.db',
      'wayclear collect --listen 0.0.0.0:8443 --store postgres://fleet@db.example/wayclear --tls-cert c.pem --tls-key k.pem',
      'wayclear collect --listen :8443 --store fleet.db --alertmanager http://127.0.0.1:9093',
    ],
    most: 0,
  },
  schema: {
    usage: 'schema [name]',
    words: schemaNames,
    examples: ['wayclear schema catalog > catalog.schema.json'],
    most: 1,
  },
  completion: { usage: 'completion <shell>', words: shells, examples: ['wayclear completion bash'], most: 1 },
  version: { usage: 'version', words: [], examples: [], most: 0 },
};
