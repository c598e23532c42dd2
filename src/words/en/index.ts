import type { AdvisedExperiment } from '../../model/experiments.ts';
import type { UnexpectedStatus, Words } from '../contract.ts';
import { carry } from './carry.ts';
import { causes } from './causes.ts';
import { diff } from './diff.ts';
import { doctor } from './doctor.ts';
import { facts } from './facts.ts';
import { features } from './features.ts';
import { formats } from './formats.ts';
import { help } from './help.ts';
import { importance } from './importance.ts';
import { labels } from './labels.ts';
import { list } from './list.ts';
import { telling } from './naming.ts';
import { page } from './page.ts';
import { proxyFacts } from './proxy-facts.ts';
import { proxyLabels } from './proxy-labels.ts';
import { refusals } from './refusals.ts';
import { request } from './request.ts';
import { rules } from './rules.ts';
import { screen } from './screen.ts';
import { shapes } from './shapes.ts';
import { topics } from './topics.ts';
import { tried } from './tried.ts';
import { watch } from './watch.ts';

const experiments: Readonly<Record<AdvisedExperiment, string>> = {
  'neutral-name': 'connect to the same address with another server name in the ClientHello',
  'small-hello': 'repeat with a small ClientHello (--tls-hello classic)',
  'padded-hello': 'repeat with a classical ClientHello padded to the same size',
  'tls-1.2': 'repeat with TLS 1.2 only, then with TLS 1.3 only',
  'other-resolver': 'ask another name server (--dns-server IP)',
  'random-name': 'ask for a name that cannot exist: an address in answer proves a redirecting name server',
  'documentation-address': 'connect to an address where nobody can answer (192.0.2.1)',
  'through-proxy': 'repeat through the web proxy (--proxy URL)',
  'other-network': 'run the same check from another network and compare (wayclear diff)',
  'other-program': 'connect with another program on this machine',
  'plain-request': 'send a plain HTTP request to the same port and read the answer',
  'fetch-issuer': 'fetch the missing issuer from the address that the certificate names',
  'compare-time': 'compare the clock with a trusted time source',
  'list-roots': "look the root up by fingerprint in this machine's store (wayclear doctor)",
  'known-good-host': 'check an unrelated, well-known host',
  again: 'repeat with --concurrency 1',
  'as-service-account': 'run as the account that the service uses',
  'address-by-address': 'repeat with --ipv4 and with --ipv6',
  'fetch-revocation': 'fetch the named revocation address with another program',
  'ask-proxy': 'ask the proxy for another host that it is known to allow',
  'wildcard-name':
    'ask the proxy for a made-up name under the documented wildcard: 403 is its policy, 502 to 504 its search for an address',
  'show-pac': 'read what the PAC file says for each host (wayclear doctor)',
};

const statusCodes: Words['statusCodes'] = {
  407: { meaning: 'proxy authentication required', indicates: 'a proxy issue' },
  408: { meaning: 'request timeout', indicates: 'a proxy issue' },
  426: { meaning: 'upgrade required', indicates: 'a TLS misconfiguration' },
  451: { meaning: 'unavailable for legal reasons', indicates: 'a proxy issue' },
  502: { meaning: 'bad gateway', indicates: 'a proxy issue' },
  511: { meaning: 'network authentication required', indicates: 'a proxy issue' },
  598: { meaning: 'network read timeout (not an RFC code; used by some proxies)', indicates: 'a proxy issue' },
  599: { meaning: 'network connect timeout (not an RFC code; used by some proxies)', indicates: 'a proxy issue' },
};

/** English. */
export const en: Words = {
  lang: 'en',
  causes,
  telling,
  facts: {
    ...facts,
    ...tried,
    ...proxyFacts,
    'http.status-meaning': ({ status }) => {
      const row = statusCodes[status as UnexpectedStatus] as Words['statusCodes'][UnexpectedStatus] | undefined;
      const meaning = row === undefined ? '' : `: ${row.meaning}; may indicate ${row.indicates}`;
      return `Status ${status} counts as a failure of the path by the role's documentation${meaning}`;
    },
    experiment: ({ experiment }) => `Would decide: ${experiments[experiment]}`,
  },
  labels,
  screen,
  diff,
  carry,
  list,
  features,
  importance,
  proxyLabels,
  doctor,
  request,
  formats,
  help,
  topics,
  shapes,
  refusals,
  page,
  rules,
  watch,
  experiments,
  statusCodes,
  attributes: {
    issuer: 'issuer',
    certificate: 'certificate',
    resolver: 'name server',
    address: 'address',
    'search domain': 'search domain',
    'name rule': 'name resolution rule',
    'address family': 'address family',
    status: 'status code',
    vendor: 'product',
    location: 'redirect target',
    host: 'host',
    root: 'root certificate',
    alert: 'TLS alert',
    clock: 'clock',
    proxy: 'proxy',
    'pac file': 'PAC file',
    prefix: 'address range',
    domain: 'domain',
    alias: 'alias target',
    feature: 'feature',
    port: 'port',
    stage: 'stage',
  },
  untested: {
    parameter: ({ parameters }) => ({
      reason: `depends on ${parameters.join(', ')}, which is not set`,
      remedy: `Give ${parameters.map((name) => `--set ${name}=VALUE`).join(' ')}.`,
    }),
    'no-witness': ({ port, network, features }) => ({
      reason:
        network === true
          ? 'a network, which names no host'
          : port === undefined
            ? 'a wildcard without a documented host behind it'
            : `no document says what answers on port ${port}`,
      remedy:
        network === true
          ? 'Name the hosts or addresses in it that your product uses: wayclear check HOST:PORT.'
          : port === undefined
            ? features === undefined
              ? 'Name a host that your product uses: wayclear check HOST.'
              : `The catalog knows hosts of it: wayclear check ${features.join(' ')}.`
            : `To try it all the same: wayclear check HOST:${port}.`,
    }),
    udp: ({ protocol }) => ({
      reason: `${protocol} cannot be probed from here`,
      remedy: `Check ${protocol} with a program that speaks it.`,
    }),
    offline: () => ({ reason: 'offline run: no packet leaves', remedy: 'Run without --offline.' }),
    inside: () => ({
      reason: 'a name of the inside, which was not carried',
      remedy: 'Check it on this machine: wayclear check HOST.',
    }),
    family: () => ({
      reason: 'its addresses are of a family that is switched off',
      remedy: 'Run without --ipv4 or --ipv6.',
    }),
    deadline: () => ({
      reason: 'the run ended at its deadline before this target was done',
      remedy: 'Give a longer --deadline, or fewer targets.',
    }),
    interrupted: () => ({ reason: 'the run was interrupted', remedy: 'Let the run end by itself.' }),
    resources: () => ({
      reason: 'this machine ran out of sockets, ports or memory',
      remedy: 'Give a lower --concurrency, or raise the open-file limit.',
    }),
  },
  messages: {
    11410: 'All required endpoints can be reached.',
    11411: 'One or more non-critical endpoints cannot be reached, or something will hurt.',
    11412: 'One or more critical endpoints cannot be reached.',
    11488: (feature) => `The required endpoints of ${feature} cannot be reached.`,
  },
  witnesses: (pattern, reached, tried, policy) =>
    `${pattern}: ${reached} of ${tried} witnesses reached; ${
      policy === null
        ? "the pattern itself can't be proven"
        : policy === 'allows'
          ? "the proxy's policy lets the pattern through"
          : "the proxy's policy refuses the pattern"
    }`,
};
