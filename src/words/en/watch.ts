/** English words of watches, their history and their incidents. */
export const watch = {
  kinds: {
    opened: 'opened',
    worse: 'worse',
    closed: 'closed',
    unwatched: 'no longer watched',
    reminder: 'still open',
    unstable: 'unstable',
    changed: 'changed',
    silent: 'silent',
    'maintenance-ended': 'maintenance ended',
  },
  states: { suspected: 'seen once', open: 'open', closed: 'closed' },
  /** Behind an incident that came and went too often. */
  unstable: 'comes and goes',
  subjects: {
    issuer: 'issuer of the certificate',
    root: 'root of the chain',
    'certificate-end': 'end of the certificate',
    addresses: 'networks of the name',
    catalog: 'what the documents ask for',
    proxy: 'proxy of this machine',
    resolver: 'resolvers of this machine',
  },
  lookKinds: {
    watch: 'watch',
    again: 'again',
    check: 'by hand',
    carried: 'carried',
    collected: 'collected',
    late: 'late',
  },
  /** First line of a watch: which machine, which store, how often. */
  watching: (machine: string, store: string, every: string) =>
    `Watching ${machine} every ${every}; what is seen is kept in ${store}.`,
  /** Where the page is served. */
  serving: (address: string) => `The page is at ${address}`,
  /** When the next look is. */
  next: (at: string) => `next look ${at}`,
  /** One watch of a machine works on a store at a time, and the other may look at something else. */
  overlap:
    'Another watch of this machine is at work on this store, on the same or on something else; this one did not look.',
  stopped: 'The watch has ended.',
  /** Notices that wait for the end of a window. */
  held: (count: number) => `${count} ${count === 1 ? 'notice waits' : 'notices wait'} for the end of the window`,
  /** The look was not recorded yet; it waits. */
  waiting: (trouble: string) => `not recorded yet, it is tried again: ${trouble}`,
  /** The catalog could not be read anew; that of the last look holds. */
  oldCatalog: (trouble: string) => `the catalog of the last look holds: ${trouble}`,
  /** What another catalog lists of these features is older than what this one does. */
  olderCatalog: (url: string, features: string) =>
    `the catalog at ${url} is older than the one here, and nothing is told of: ${features}`,
  /** A notice did not get through on a way; `final`: it is not tried again. */
  undelivered: (way: string, why: string, final: boolean) =>
    `notice not delivered by ${way}: ${why}${final ? '; it is given up' : '; it is tried again'}`,
  /** Why it did not, by what is known of it; a code of the runtime that does not stand here speaks for itself. */
  whyNot: {
    status: (status: string) => `status ${status}`,
    exit: (code: string) => `it ended with ${code}`,
    signal: (signal: string) => `it was ended by ${signal}`,
    'proxy-status': (status: string) => `the proxy answers with status ${status}`,
    'proxy-account': () => 'the proxy asks for an account (status 407)',
    'proxy-refused': () =>
      'the proxy refuses the account, which is not sent again until the password changes or half an hour went by',
    'account-refused': (status: string) =>
      `the server refuses the account (status ${status}), which is not sent again before half an hour went by`,
    'account-unasked': () => 'the server asks for no account of this kind, and so it is not sent',
    'account-held': () =>
      'the account was refused, or nothing showed that it is right; it is not sent again before half an hour went by',
    'connection-ended': () => 'the connection ended',
    failed: () => 'it failed',
    TimeoutError: () => 'nothing came in time',
    ENOENT: () => 'there is no such program',
  },
  /** A sentence about each change on the service's side, as the role has it. */
  restart:
    'If the service connection point uses what changed, restart SMS_EXECUTIVE on the server that holds the role.',
  /** What the role's documents ask for when it moves to another server. */
  moved:
    'If the role moved from one of these machines to the other: renew the secret keys of the Microsoft Entra tenants in the console, and restart SMS_EXECUTIVE there.',
  /** Headlines. */
  open: (count: number) => `${count} open`,
  noneOpen: 'Nothing is open',
  looks: (count: number, from: string, to: string) =>
    `${count} ${count === 1 ? 'look' : 'looks'} from ${from} to ${to}`,
  noLooks: 'No look was recorded yet.',
  nothingMatches: 'Nothing recorded matches that.',
  since: (at: string, lasted: string) => `since ${at} (${lasted})`,
  /** A stretch of time: minutes, hours, days. */
  lasted: (ms: number) => {
    const minutes = Math.max(1, Math.round(ms / 60_000));
    if (minutes < 120) return `${minutes} min`;
    return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
  },
  columns: {
    time: 'time',
    kind: 'kind',
    opened: 'opened',
    closed: 'closed',
    lasted: 'lasted',
    hosts: 'hosts',
    feature: 'feature',
    days: '30 days',
    reached: 'reached',
    times: 'times',
    proxy: 'proxy',
  },
  headings: {
    open: 'Open',
    closed: 'Closed',
    features: 'Features, day by day',
    targets: 'Targets, look by look',
    looks: 'Last looks',
  },
  /** What the store says of itself. */
  evidenceThen: 'then',
  evidenceNow: 'now',
  sound: (engine: string, size: string, looks: number) =>
    `sound: ${engine}, ${size}, ${looks} ${looks === 1 ? 'look' : 'looks'}`,
  copied: (rows: number) => `${rows} ${rows === 1 ? 'row' : 'rows'} copied`,
};
