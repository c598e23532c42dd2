import type { DoctorWords } from '../doctor-words.ts';

/** English words of what `doctor` judges. */
export const doctor: DoctorWords = {
  verdict(wrong, look) {
    if (wrong + look === 0) return 'Nothing here stands in the way; wayclear check tells whether the path does.';
    const parts = [
      ...(wrong === 0 ? [] : [`${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong`]),
      ...(look === 0 ? [] : [`${look} ${look === 1 ? 'needs' : 'need'} a look`]),
    ];
    return `${parts.join(', ')}.`;
  },
  findings: {
    pac: {
      what: 'A PAC file decides for each host',
      next: 'wayclear plan shows what a local one answers, wayclear check what a remote one does.',
    },
    'proxy-mistakes': {
      what: 'Proxy settings hold entries that do nothing, or that programs read differently',
      next: 'Correct the entries listed below, where they are set.',
    },
    'no-resolver': {
      what: 'No name server is set',
      next: 'Enter one in the network settings, or give --dns-server IP.',
    },
    'no-address': {
      what: 'This machine has no address on a network',
      next: 'Connect it, and check the adapter and its DHCP.',
    },
    'no-default-route': {
      what: 'No default route: only the network that this machine is in can be reached',
      next: 'Set the gateway in the network settings, unless a proxy in this network leads outside (--proxy).',
    },
    'store-unread': {
      what: 'A certificate store cannot be read, or not wholly',
      next: 'Check that its path exists and that this account may read it.',
    },
    'store-empty': {
      what: "This machine's certificate store is empty",
      next: 'Install the public roots (ca-certificates on Debian), or allow automatic root update on Windows.',
    },
  },
};
