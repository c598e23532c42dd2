import type { FleetFactArgs } from '../../model/fleet.ts';

const machines = (count: number): string => `${count} ${count === 1 ? 'machine' : 'machines'}`;

/** `trait`: what the machines share; `title`: of the cause. */
const facts: {
  readonly [C in keyof FleetFactArgs]: (
    args: FleetFactArgs[C] & { readonly trait: string; readonly title: string },
  ) => string;
} = {
  counted: ({ failing, fine }) =>
    fine === 0
      ? `${machines(failing)} ${failing === 1 ? 'fails' : 'fail'}, and none that tested it since is without trouble there.`
      : `${machines(failing)} ${failing === 1 ? 'fails' : 'fail'}, and ${fine} that tested it ${fine === 1 ? 'does' : 'do'} not.`,
  'only-there': ({ trait, fine }) =>
    `All that tested it with ${trait} fail; elsewhere ${machines(fine)} ${fine === 1 ? 'does' : 'do'} not.`,
  'no-outside': ({ trait }) => `Nothing without ${trait} could tell: whether it is only there stays open.`,
  exceptions: ({ trait, fine }) =>
    `${machines(fine)} with ${trait} ${fine === 1 ? 'does' : 'do'} not fail all the same.`,
  places: ({ count }) => `It fails alike from ${count} places that have their own ways out.`,
  'others-fine': ({ machines: count }) =>
    `${machines(count)} of them ${count === 1 ? 'reaches' : 'reach'} other endpoints at the same time.`,
  'one-policy': () => 'A rule that all of these places have in common would look the same.',
  'one-place': () =>
    'All that tested it are in one place or leave by one way out: a rule there and an outage of the service look the same.',
  'places-unknown': () =>
    'Whether their ways out have anything in common is not known: say each machine’s site with --label site=NAME.',
  'seen-as': ({ title, cause, machines: count }) =>
    `${machines(count)} ${count === 1 ? 'sees' : 'see'} it as «${title}» (${cause}).`,
  'not-since': ({ machines: count }) =>
    `${machines(count)} found nothing wrong there before, and ${count === 1 ? 'has' : 'have'} not looked since.`,
  'fine-elsewhere': ({ fine }) =>
    `The service is well for ${machines(fine)}: something on the way answers in its place, or one of its places is ill.`,
};

/** English words of the answer about many machines. */
export const fleet = {
  /** The verdict in a line: of all machines so many have findings, explained by so many. */
  headline: (failing: number, all: number, explanations: number) =>
    `${failing} of ${machines(all)} ${failing === 1 ? 'has' : 'have'} findings, which ${explanations === 1 ? 'one cause explains' : `${explanations} causes explain`}`,
  allFine: (all: number) =>
    all === 1 ? 'Nothing is wrong on the one machine' : `Nothing is wrong on any of ${machines(all)}`,
  /** Nothing is known to be wrong, but not of each machine is known that it is fine. */
  someFine: (fine: number, all: number) =>
    `Nothing is known to be wrong, but only ${fine} of ${machines(all)} ${fine === 1 ? 'is' : 'are'} known to be fine`,
  /** From when to when, and how many reports. */
  span: (from: string, to: string, reports: number) =>
    `${reports} ${reports === 1 ? 'report' : 'reports'} from ${from} to ${to}`,
  /** What counts otherwise than it looks: copies, reports without a name, machines that did not test everything. */
  twice: (count: number) =>
    count === 1 ? 'One report came twice and counts once' : `${count} reports came again and count once`,
  nameless: (count: number) =>
    count === 1
      ? 'One report names no machine and counts as one of its own'
      : `${count} reports name no machine, and each counts as one of its own`,
  incomplete: (count: number) => `${machines(count)} did not test everything`,
  /** Fields of an explanation: one short word each. */
  fields: {
    where: 'Where',
    machines: 'Machines',
    endpoints: 'Endpoints',
    since: 'Since',
    alike: 'Or by',
    evidence: 'Evidence',
    remedies: 'What to do',
    alternatives: 'Or else',
    ask: 'Ask',
  },
  /** Where it is; of a group its trait is said instead. */
  scopes: {
    machine: 'one machine',
    machines: 'single machines that share nothing of their own',
    everybody: 'every machine that tested it since it began',
    service: 'the service itself',
  },
  /** Everybody that shares it: `site Berlin`. */
  group: (trait: string) => `everything with ${trait}`,
  since: (at: string, fineUntil: string | null) =>
    fineUntil === null ? `${at}, the first report` : `${at}; still fine at ${fineUntil}`,
  /** Names of attributes; a label keeps its own. */
  attributes: {
    subnet: 'subnet',
    egress: 'egress address',
    proxy: 'proxy',
    resolver: 'name server',
    issuer: 'inspecting authority',
    os: 'operating system',
    'os-version': 'operating system version',
    version: 'wayclear version',
    account: 'account',
  },
  /** A trait with its value, for the middle of a sentence. */
  trait: (attribute: string, value: string) => `${attribute} ${value}`,
  /** Who has to act, for a list. */
  owners: {
    firewall: 'the owner of the firewall',
    dns: 'the owner of DNS',
    proxy: 'the owner of the proxy',
    inspection: 'the owner of TLS inspection',
    machine: 'the owner of the machines',
    service: 'the provider of the service',
    unknown: 'whoever can decide what it is',
  },
  /** What to ask of an owner: the numbers of explanations. */
  request: (owner: string, numbers: string) => `${owner}: ${numbers}`,
  headings: { explanations: 'What explains it', requests: 'Whom to ask', endpoints: 'Endpoints' },
  columns: { endpoint: 'Endpoint', failing: 'Failing', where: 'Where', since: 'Since', explanation: 'Cause' },
  /** So many of those that tested it. */
  failing: (count: number, tested: number) => `${count} of ${tested}`,
  /** Endpoints that everybody reaches. */
  reached: (count: number) =>
    `${count} ${count === 1 ? 'endpoint is' : 'endpoints are'} reached by every machine that tested ${count === 1 ? 'it' : 'them'}`,
  /** What it is where the service is at fault, and single machines can't tell: they see what a rule on the way would look like. */
  serviceTitle: 'The service itself is out of order',
  /** What to do where the service is at fault: nobody on this side has anything to open. */
  serviceRemedies: [
    'Look at the status page of the service, and report the outage to its provider with these times and places.',
    'Change nothing in the network for it: the way is fine up to the service.',
  ],
  facts,
};
