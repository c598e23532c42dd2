/**
 * The experiments that a run performs: each is one row, and this table is the one place that lists them. What each changes,
 * compared with the probe that failed, stands beside it. Plain data: what asks for them is the diagnosis.
 */

interface ExperimentRow {
  /**
   * `whether`: what it gives decides whether anything fails at all, or what else is wrong; a check is not complete without it.
   * `why`: it only tells causes of a failure apart that stands without it, and `--no-experiments` leaves it out.
   */
  readonly tells: 'whether' | 'why';
}

export const performedExperiments = {
  again: { tells: 'whether' }, // the whole probe once more, alone
  looks: { tells: 'whether' }, // the same several times, one after the other
  'neutral-name': { tells: 'why' }, // same address, the server name of another host
  'no-name': { tells: 'why' }, // same address, no server name
  'neutral-address': { tells: 'why' }, // the suspect server name at the address of a healthy host
  'small-hello': { tells: 'why' }, // a ClientHello of a few hundred bytes
  'padded-hello': { tells: 'why' }, // a classic ClientHello as long as a large one
  'tls-1.2': { tells: 'why' },
  'tls-1.3': { tells: 'why' },
  'wide-ciphers': { tells: 'why' },
  'refusable-hello': { tells: 'why' }, // no server accepts it: a healthy path brings one small packet back
  'first-bytes': { tells: 'why' }, // a ClientHello sent as mere bytes, and what comes back as it is
  'other-address': { tells: 'why' }, // the address that name servers say, past the hosts file
  body: { tells: 'whether' }, // asked by GET where HEAD got an answer that somebody else may have given
  whole: { tells: 'whether' }, // a download without a byte range
  head: { tells: 'whether' }, // a download by HEAD, as programs ask for its length first
  'other-content': { tells: 'whether' }, // the start page of the host that serves a download
  echo: { tells: 'why' }, // TRACE: whoever reads it first has to repeat what arrived
  'plain-http': { tells: 'why' }, // port 80 of the same address, and who answers there
  'neutral-request': { tells: 'whether' }, // plain HTTP to a host that answers everybody with the same words
  'documentation-address': { tells: 'why' }, // an address where nobody can be (RFC 5737, RFC 3849)
  'other-resolver': { tells: 'why' },
  'dns-over-tcp': { tells: 'why' },
  'sibling-name': { tells: 'why' }, // a random label beside the name
  'random-name': { tells: 'why' }, // a name that can't exist below a domain of the registries
  'control-name': { tells: 'why' }, // a name that always exists
  'tunnel-instead': { tells: 'whether' }, // through the proxy: a tunnel to a host whose plain request it may have answered itself
  'bare-address': { tells: 'why' }, // through the proxy: a tunnel to an address, so that it has no name to resolve
  'made-up-host': { tells: 'whether' }, // plain HTTP to the same address, or through the same proxy, for a name that nobody has
  'wildcard-name': { tells: 'why' }, // through the proxy: a random label under the documented wildcard
} as const satisfies Readonly<Record<string, ExperimentRow>>;

export type PerformedExperiment = keyof typeof performedExperiments;
