import type { CauseWordsOf } from '../contract.ts';

/** English words of the causes whose ids begin with `local`. */
export const local: CauseWordsOf<'local'> = {
  'local.no-network': {
    title: 'This machine has no network',
    meaning:
      'No interface that is up has an address, or there is no route out of the local network, so nothing can be reached.',
    evidence: 'The list of interfaces and routes, and not one answer from outside this machine.',
    remedies: [
      'Connect this machine to the network: check cable, Wi-Fi, VPN and virtual switch.',
      'Check that it gets an address and a default gateway (DHCP or the static settings).',
    ],
  },
  'local.blocked-by-host': {
    title: 'Something on this machine blocks the connection',
    meaning:
      'The operating system refused to open the connection: a host firewall or an endpoint protection agent denies it to this program.',
    evidence: 'The connection fails at once with a permission error, before a packet leaves.',
    remedies: [
      'Ask the owner of the host firewall or endpoint protection to allow outbound TCP to these hosts for this program and for the service that needs them.',
      'Compare with another program on the same machine: if that one connects, the rule is bound to the program.',
    ],
  },
  'local.resources': {
    title: 'This machine ran out of sockets, ports or memory',
    meaning:
      'The machine could not open more connections, so some targets were not tested. This says nothing about them.',
    evidence: 'The operating system reports too many open files, no buffer space or no free port.',
    remedies: [
      'Run again with a lower --concurrency, or raise the open-file limit of the shell (ulimit -n).',
      'Look for a program that holds many connections or ports.',
    ],
  },
  'local.clock-skew': {
    title: "This machine's clock is wrong",
    meaning:
      'The clock differs from the time of several servers by minutes or more. Valid certificates look expired or not yet valid, and Kerberos and token sign-in fail beyond five minutes.',
    evidence: 'The Date header of several hosts, or certificates of unrelated hosts that are all out of their dates.',
    remedies: [
      'Set the clock right and repair time synchronisation (w32tm /resync, chronyc makestep, timedatectl set-ntp true).',
      'On a virtual machine, check the time synchronisation with its host.',
    ],
  },
  'local.root-missing': {
    title: "A public root certificate is missing from this machine's store",
    meaning:
      'A server presents a valid public chain, but this machine does not hold its root, so programs that rely on the machine store refuse it.',
    evidence: 'The chain ends in a public root that the machine store, which could be read, does not hold.',
    remedies: [
      "Import the named root into the machine's trusted root store (Local Computer > Trusted Root Certification Authorities; update-ca-certificates on Debian).",
      'On Windows, allow automatic root update: reachability of ctldl.windowsupdate.com and no policy that turns it off.',
    ],
  },
  'local.root-expired': {
    title: 'A root certificate on this machine is past its date',
    meaning: 'The machine store holds a root that chains here need, and its validity has ended.',
    evidence: "The root's own dates against this machine's clock.",
    remedies: [
      'Replace the expired root by its successor in the machine store, and remove the old copy.',
      'Check the clock of this machine.',
    ],
  },
  'local.root-corrupt': {
    title: 'A root certificate on this machine is not the real one',
    meaning:
      'The machine store holds a certificate with the name or key of a public root, but with another fingerprint.',
    evidence: 'The fingerprint found, next to the published one.',
    remedies: [
      'Remove the false certificate from the machine store and import the real root from its issuer.',
      'Find out who put it there: it may be a failed import or an attempt to pass for the root.',
    ],
  },
};
