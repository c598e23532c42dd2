import type { CauseWordsOf } from '../contract.ts';

/** English words of the causes whose ids begin with `http`. */
export const http: CauseWordsOf<'http'> = {
  'http.range-blocked': {
    title: 'Byte ranges are refused or ignored',
    meaning:
      'The service hands out its downloads in ranges of bytes, and something on the way answers a range with the whole, or not at all.',
    evidence: 'The answer to a request for a range, beside the same object without one.',
    remedies: [
      'Ask the owner of the web proxy or filter to pass the Range header and partial answers (206) for these hosts.',
    ],
  },
  'http.content-blocked': {
    title: 'This kind of file is stopped',
    meaning: 'The host answers, and the download itself does not get through: a filter stops this kind of file.',
    evidence: 'What came in place of the object, beside what the same host answers to something else.',
    remedies: [
      'Ask the owner of the web proxy or filter to allow downloads of this kind (.cab, .exe, .msi) from these hosts, without replacing or holding back the file.',
    ],
  },
  'http.truncated': {
    title: 'Downloads end before they are whole',
    meaning: 'The answer begins and its body ends before the length that it announced.',
    evidence: 'Bytes that came, beside those that were announced.',
    remedies: [
      'Ask the owner of the web proxy, filter or virus scanner whether it limits size or time of downloads from these hosts.',
    ],
  },
  'http.block-page': {
    title: 'A filter answers with a block page',
    meaning: 'The answer comes from a web filter in place of the service.',
    evidence: "The filter's marks in the headers or the page.",
    remedies: ['Ask the owner of the web filter to allow these hosts (category or URL exception).'],
  },
  'http.captive-portal': {
    title: 'A captive portal asks for sign-in',
    meaning: 'The network answers in place of the service until somebody signs in.',
    evidence: 'A redirect to, or a page of, the same portal for unrelated hosts.',
    remedies: ["Sign in to the network's portal, or ask its owner to exempt this machine."],
  },
  'http.unexpected-status': {
    title: 'The status code points to a device on the way',
    meaning: 'The documentation of the role counts this status code as a failure of the path.',
    evidence: 'The status code and who sent it.',
    remedies: [
      'Ask the owner of the web proxy or filter what it says about this request, and to let the host through.',
      'If nothing is on the way, repeat later and ask the owner of the service.',
    ],
  },
  'http.timeout': {
    title: 'The service does not answer the request',
    meaning: 'The session is established, but no answer to the HTTP request comes in time.',
    evidence: 'A timeout after the request was sent.',
    remedies: [
      'Ask the owner of an inspecting proxy or filter whether it holds this request.',
      'Otherwise repeat later and look at the state of the service.',
    ],
  },
  'http.reset': {
    title: 'The connection is cut after the request',
    meaning: 'The session is established and ends when the HTTP request is sent.',
    evidence: 'A reset or end of the connection before an answer.',
    remedies: [
      'Ask the owner of an inspecting proxy, filter or intrusion prevention system whether it cuts this request.',
    ],
  },
  'http.malformed': {
    title: 'The answer is not valid HTTP',
    meaning: 'Something answers that is no HTTP response, or one with endless headers.',
    evidence: 'What could not be parsed.',
    remedies: ['Check host and port, and ask the owner of a device on the way what answers there.'],
  },
  'http.redirect-blocked': {
    title: 'A redirect leads to a host that is blocked',
    meaning: 'The first host answers, but the one that it redirects to cannot be used.',
    evidence: 'The hop that fails, and how.',
    remedies: ['Ask for the host that the redirect names to be allowed as well.'],
  },
  'http.tampered': {
    title: 'The answer was altered on the way',
    meaning: 'The answer lacks what only the service itself sends.',
    evidence: 'The header that is missing on an unencrypted path.',
    remedies: ['Ask the owner of a transparent proxy to bypass these hosts.'],
  },
  'http.service-error': {
    title: 'The service itself fails',
    meaning: "The path works, and the service's own front end answers with an error.",
    evidence: "The status code and the front end's own headers over an authenticated session.",
    remedies: ['Repeat later and look at the service health page of the provider.'],
  },
};
