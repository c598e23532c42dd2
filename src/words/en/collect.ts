/** English words of collecting and sending. */
export const collect = {
  /** At the start: where, how much, for whom. */
  listening: (address: string) => `listening on ${address}`,
  throttle: (limit: number, per: string) => `takes ${limit} messages in ${per} from all machines together`,
  serves: {
    machine: 'serves this machine alone',
    intranet: 'serves whoever reaches this address, without TLS',
    internet: 'serves whoever reaches this address, over TLS',
  },
  everybody: 'lets in every machine that comes',
  enrolled: 'lets in machines with a token, and those that you admit',
  stopped: (stored: number, refused: number) => `stopped; ${stored} messages stored, ${refused} refused`,
  trouble: (what: string) => `trouble: ${what}`,
  /** Of an Alertmanager. */
  alertsNotTaken: (host: string, why: string) => `the Alertmanager on ${host} did not take the alerts: ${why}`,
  alerts: (host: string) => `tells the Alertmanager on ${host} what is wrong`,
  /** Of a new token. */
  tokenUntil: (until: string) => `Valid until ${until}.`,
  tokenOnce: 'It lets one machine in. Give it to that machine with --send-token-file.',
  admitted: (fingerprint: string, name: string) => `${name} (${fingerprint}) is let in`,
  revoked: (fingerprint: string, name: string) => `${name} (${fingerprint}) is shut out`,
  noSenders: 'No machine has been here',
  noEntries: 'Nobody was let in or shut out',
  audits: {
    enrolled: 'came in',
    admitted: 'let in',
    revoked: 'shut out',
    token: 'token made',
    conflict: 'two machines with one key',
  },
  states: { waiting: 'waiting', admitted: 'let in', revoked: 'shut out' },
  columns: {
    fingerprint: 'Key',
    state: 'State',
    machine: 'Machine',
    last: 'Last message',
    notes: 'Notes',
    time: 'Time',
    what: 'What',
    actor: 'By',
  },
  skew: (duration: string) => `its clock is off by ${duration}`,
  conflicts: (count: number) => `two machines seem to have this key (${count} times)`,
  droppedBy: (count: number) => `its spool let go of ${count} messages`,
  /** Of the check before the start. */
  checks: { port: 'address', certificate: 'certificate', store: 'store', disk: 'disk', clock: 'clock' },
  certificateUntil: (at: string) => `valid until ${at}`,
  certificateNone: 'none, so without TLS',
  /** Of one that was renewed, that could not be, that ends within days, that has ended. */
  certificateTaken: (until: string) => `the new certificate is in use, valid until ${until}`,
  certificateKept: (why: string) => `the certificate in use stays, for the new one is of no use: ${why}`,
  certificateEnds: (until: string) =>
    `the certificate ends on ${until}: renew its files, they are read without a restart`,
  certificateEnded: (until: string) =>
    `the certificate ended on ${until}: no machine can send any more. Renew its files, they are read without a restart`,
  free: (mebibytes: number) => `${mebibytes} MiB free`,
  fine: 'fine',
  /** Of who sends. */
  sent: (count: number) => (count === 1 ? 'one message sent' : `${count} messages sent`),
  spooled: (count: number) => (count === 1 ? 'one message waits in the spool' : `${count} messages wait in the spool`),
  dropped: (count: number) =>
    count === 1 ? 'the spool let go of one message' : `the spool let go of ${count} messages`,
  refusedMessages: (count: number) =>
    count === 1 ? 'one message was refused for good' : `${count} messages were refused for good`,
  notSent: (place: string, why: string) => `not sent to ${place}: ${why}`,
  /** Before a reason that lies there. */
  ofProxy: (why: string) => `the proxy: ${why}`,
  why: {
    waiting: 'this machine waits to be let in',
    'token-used': 'the token let another machine in; this one waits to be let in',
    'token-ended': 'the token has ended; this machine waits to be let in',
    'token-unknown': 'the collector does not know this token; this machine waits to be let in',
    revoked: 'this machine is shut out',
    conflict: 'another message has this number: two machines have this key',
    invalid: 'the collector did not understand it',
    throttled: 'the collector has taken all that it may for now',
    'no-folder': 'there is no such folder: make it, or mount it',
    'account-refused': 'the proxy refused the account, which is not sent again in this run',
    'account-asked': 'the proxy asks for an account',
    untrusted: 'nobody here trusts its certificate: --ca-file names a root',
    'certificate-ended': 'its certificate has ended',
    'certificate-early': 'its certificate is not valid yet',
    'certificate-name': 'its certificate is of another name',
    ended: 'the run ended before',
    'too-large': 'its answer is too large',
    'message-too-large': 'one message is larger than any that a collector takes',
    'large-on-the-way': 'something on the way takes no message of that size',
  },
  /** Of the page. */
  title: 'The fleet',
  headings: {
    machines: 'Machines',
    matrix: 'Sites and features',
    silent: 'Silent machines',
    waiting: 'Waiting to be let in',
    intake: 'Messages',
    search: 'Search',
    audit: 'Who was let in and shut out',
  },
  site: 'Site',
  elsewhere: 'no site named',
  nobody: 'nobody',
  intake: (stored: number, limit: number, refused: number) =>
    `${stored} of ${limit} in this window, ${refused} refused`,
};
