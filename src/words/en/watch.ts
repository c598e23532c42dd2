import type { WatchWords } from '../watch-words.ts';

/** English words of watches, their history and their incidents. */
export const watch: WatchWords = {
  kinds: {
    opened: 'opened',
    worse: 'worse',
    closed: 'closed',
    reminder: 'still open',
    unstable: 'unstable',
    changed: 'changed',
    silent: 'silent',
    'maintenance-ended': 'maintenance ended',
  },
  states: { suspected: 'seen once', open: 'open', closed: 'closed' },
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
  sides: { service: "on the service's side", machine: 'on this machine' },
  lookKinds: { watch: 'watch', again: 'again', check: 'by hand', carried: 'carried', collected: 'collected' },
  watching: (machine, store, every) => `Watching ${machine} every ${every}; what is seen is kept in ${store}.`,
  serving: (address) => `The page is at ${address}`,
  next: (at) => `next look ${at}`,
  overlap: 'Another watch of this machine is at work on this store; there is nothing to do.',
  stopped: 'The watch has ended.',
  held: (count) => `${count} ${count === 1 ? 'notice waits' : 'notices wait'} for the end of the window`,
  waiting: (trouble) => `not recorded yet, it is tried again: ${trouble}`,
  oldCatalog: (trouble) => `the catalog of the last look holds: ${trouble}`,
  undelivered: (way, why, final) =>
    `notice not delivered by ${way}: ${why}${final ? '; it is given up' : '; it is tried again'}`,
  restart:
    'If the service connection point uses what changed, restart SMS_EXECUTIVE on the server that holds the role.',
  moved:
    'If the role moved from one of these machines to the other: renew the secret keys of the Microsoft Entra tenants in the console, and restart SMS_EXECUTIVE there.',
  open: (count) => `${count} open`,
  noneOpen: 'Nothing is open',
  looks: (count, from, to) => `${count} ${count === 1 ? 'look' : 'looks'} from ${from} to ${to}`,
  noLooks: 'No look was recorded yet.',
  nothingMatches: 'Nothing recorded matches that.',
  since: (at, lasted) => `since ${at} (${lasted})`,
  lasted: (ms) => {
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
  evidenceThen: 'then',
  evidenceNow: 'now',
  sound: (engine, size, looks) => `sound: ${engine}, ${size}, ${looks} ${looks === 1 ? 'look' : 'looks'}`,
  copied: (rows) => `${rows} ${rows === 1 ? 'row' : 'rows'} copied`,
};
