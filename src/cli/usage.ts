import type { CommandName } from './flags.ts';

/** `wayclear help TOPIC`, in the order of the help. */
export const topicNames = ['exit-codes', 'environment', 'proxy', 'formats', 'catalog'] as const;
export type TopicName = (typeof topicNames)[number];

/** How a command is called; what it does, the words of each language say. */
interface CommandUsage {
  readonly usage: string;
  /** Command lines; the words have a sentence for each. */
  readonly examples: readonly string[];
  /** How many words it takes at most. */
  readonly most: number;
}

export const usages: Readonly<Record<CommandName, CommandUsage>> = {
  check: {
    usage: 'check [what..]',
    examples: [
      'wayclear',
      'wayclear tenant-attach',
      'wayclear https://example.com/ host.example:8443',
      'wayclear --format table --format json=report.json',
    ],
    most: 10_000,
  },
  list: { usage: 'list [feature..]', examples: ['wayclear list tenant-attach'], most: 1000 },
  plan: { usage: 'plan [what..]', examples: ['wayclear plan --set tenantId=VALUE'], most: 10_000 },
  allowlist: {
    usage: 'allowlist [what..]',
    examples: [
      'wayclear allowlist tenant-attach',
      'wayclear allowlist --format squid=wayclear.conf',
      'wayclear allowlist --from report.json --format edl',
    ],
    most: 10_000,
  },
  explain: { usage: 'explain [what]', examples: ['wayclear explain tls.inspection'], most: 1 },
  diagnose: {
    usage: 'diagnose [report] [more..]',
    examples: [
      'wayclear diagnose report.json --verbose',
      'wayclear diagnose berlin/*.json lyon/*.json',
      'wayclear diagnose --store wayclear.db --at 2026-11-01T08:00:00Z',
    ],
    most: 100_000,
  },
  diff: {
    usage: 'diff <old> <new>',
    examples: ['wayclear diff before.json after.json', 'wayclear diff --store wayclear.db OLD-SERVER NEW-SERVER'],
    most: 2,
  },
  watch: {
    usage: 'watch [what..]',
    examples: [
      'wayclear watch',
      'wayclear watch --every 15m --maintenance "sat 22:00/6h Europe/Berlin"',
      'wayclear watch --once --store postgres://wayclear@db.example/wayclear',
      'wayclear watch --print systemd',
    ],
    most: 10_000,
  },
  history: { usage: 'history [what..]', examples: ['wayclear history tenant-attach'], most: 1000 },
  incidents: { usage: 'incidents [what..]', examples: ['wayclear incidents --verbose'], most: 1000 },
  store: {
    usage: 'store <action> [from] [to]',
    examples: ['wayclear store check', 'wayclear store copy wayclear.db postgres://wayclear@db.example/wayclear'],
    most: 3,
  },
  doctor: { usage: 'doctor', examples: ['wayclear doctor'], most: 0 },
  demo: { usage: 'demo', examples: ['wayclear demo --verbose'], most: 0 },
  'carry key': { usage: 'carry key', examples: ['wayclear carry key'], most: 0 },
  'carry prepare': {
    usage: 'carry prepare [what..]',
    examples: [
      'wayclear carry prepare --out request.txt',
      'wayclear carry prepare tenant-attach --out request.txt --redact',
    ],
    most: 10_000,
  },
  'carry show': { usage: 'carry show <file>', examples: ['wayclear carry show request.txt'], most: 1 },
  'carry connect': {
    usage: 'carry connect <file>',
    examples: ['wayclear carry connect request.txt --out result.txt'],
    most: 1,
  },
  'carry import': {
    usage: 'carry import <file>',
    examples: ['wayclear carry import result.txt --trust 0123456789abcdef'],
    most: 1,
  },
  'collect token': { usage: 'collect token', examples: ['wayclear collect token --store fleet.db'], most: 0 },
  'collect machines': { usage: 'collect machines', examples: ['wayclear collect machines --store fleet.db'], most: 0 },
  'collect audit': { usage: 'collect audit', examples: ['wayclear collect audit --store fleet.db'], most: 0 },
  'collect admit': {
    usage: 'collect admit <fingerprint>',
    examples: ['wayclear collect admit 0123456789abcdef --store fleet.db'],
    most: 1,
  },
  'collect revoke': {
    usage: 'collect revoke <fingerprint>',
    examples: ['wayclear collect revoke 0123456789abcdef --store fleet.db'],
    most: 1,
  },
  collect: {
    usage: 'collect',
    examples: [
      'wayclear collect --listen :8443 --store fleet.db',
      'wayclear collect --listen 0.0.0.0:8443 --store postgres://fleet@db.example/wayclear --tls-cert c.pem --tls-key k.pem',
      'wayclear collect --listen :8443 --store fleet.db --alertmanager http://127.0.0.1:9093',
    ],
    most: 0,
  },
  schema: { usage: 'schema [name]', examples: ['wayclear schema catalog > catalog.schema.json'], most: 1 },
  completion: { usage: 'completion <shell>', examples: ['wayclear completion bash'], most: 1 },
  version: { usage: 'version', examples: [], most: 0 },
};
