import type { TriedResult } from '../../model/facts.ts';
import type { FactWords } from '../contract.ts';
import { place } from '../place.ts';

const outcome: Readonly<Record<TriedResult, string>> = {
  answers: 'the same address answers',
  refuses: 'the same address answers with a refusal',
  same: 'it fails in the same way',
};

const serverSays = (answer: string): string => (answer === '' ? 'gives no answer' : `answers ${answer}`);

const echoed = {
  altered: 'comes back changed: something on the way rewrites plain HTTP',
  other: 'is answered by somebody else than the usual requests: something on the way reads plain HTTP',
  same: 'comes back as it was sent',
} as const;

/** English sentences about what follow-up experiments tried and what came of it. */
export const tried: FactWords<'tried'> = {
  'tried.whole': ({ host, status }) => `${host}: without a range the object comes (status ${status})`,
  'tried.other-content': ({ host, status }) => `${host}: another path of the same host answers (status ${status})`,
  'tried.again': (a) => `${place(a)}: repeated alone, it fails in the same way`,
  'tried.load': ({ host, failure }) =>
    `${host}: fails (${failure}) while much else goes on; hosts that failed like it work when they are tried alone`,
  'tried.representative': ({ host, by }) => `${host}: not tried itself; it fails as ${by} does, which was`,
  'tried.neutral-name': (a) => `${place(a)}: with another server name (${a.name}) ${outcome[a.result]}`,
  'tried.no-name': (a) => `${place(a)}: without a server name ${outcome[a.result]}`,
  'tried.neutral-address': (a) =>
    a.result === 'same'
      ? `${place(a)}: the name fails in the same way at this address, which works for its own host`
      : `${place(a)}: at this address of another host the name gets an answer`,
  'tried.small-hello': (a) => `${place(a)}: with a ClientHello of ${a.bytes} bytes ${outcome[a.result]}`,
  'tried.padded-hello': (a) =>
    `${place(a)}: with a classical ClientHello padded to ${a.bytes} bytes ${outcome[a.result]}`,
  'tried.version': (a) => `${place(a)}: with ${a.version} alone ${outcome[a.result]}`,
  'tried.wide-ciphers': (a) => `${place(a)}: with every cipher suite that this program knows ${outcome[a.result]}`,
  'tried.refusable-hello': (a) =>
    a.result === 'same'
      ? `${place(a)}: not even the small refusal of an impossible ClientHello comes back`
      : `${place(a)}: the small refusal of an impossible ClientHello comes back; the large answer to a proper one does not`,
  'tried.other-address': (a) =>
    a.result === 'same'
      ? `${place(a)}: the address that the name servers give fails as well`
      : `${place(a)}: the address that the name servers give works`,
  'tried.other-port': (a) =>
    a.result === 'same'
      ? `${place(a)}: port ${a.port} of the same address does not answer either`
      : `${place(a)}: port ${a.port} of the same address answers`,
  'tried.elsewhere': ({ host }) => `${host}, which has nothing to do with the targets: no connection either`,
  'tried.neutral-request': ({ host, status, genuine }) =>
    `${host}, which answers everybody alike: status ${status}, ${genuine === 1 ? 'in its own words: nobody answers plain HTTP in place of others' : 'not in its own words'}`,
  'tried.documentation-address': (a) =>
    `${a.address}:${a.port} accepts a connection after ${a.ms} ms, and nobody can be there (RFC 5737, RFC 3849)`,
  'tried.plain-http': (a) =>
    `${place(a)}: plain HTTP gets status ${a.status}${a.location === '' ? '' : `, which leads to ${a.location}`}`,
  'tried.body': ({ host, by }) =>
    `${host}: only the page itself, asked for by GET, says who answered (${host === by ? 'asked here' : `asked at ${by}, whose answer bears the same marks`})`,
  'tried.made-up-host': ({ host, name, status }) =>
    `${host}: a made-up name (${name}) gets the same page on the same path (status ${status}): it is not the page of this host`,
  'tried.echo': ({ host, echo }) => `${host}: a request that its first reader has to repeat (TRACE) ${echoed[echo]}`,
  'tried.random-name': ({ name, server, answer }) => `${name}, which does not exist: ${server} ${serverSays(answer)}`,
  'tried.sibling-name': ({ name, server, answer, zone }) =>
    `${name}, a made-up name beside it: ${server} ${serverSays(answer)}${zone === '' ? '' : ` (zone ${zone})`}`,
  'tried.control-name': ({ name, server, answer }) => `${name}, which always exists: ${server} ${serverSays(answer)}`,
  'tried.other-resolver': ({ name, server, answer }) =>
    `${name}: the other name server ${server} ${serverSays(answer)}`,
  'tried.dns-over-tcp': ({ name, server, answer }) => `${name}: over TCP ${server} ${serverSays(answer)}`,
  'tried.pattern-refused': ({ pattern, name, status }) =>
    `${pattern}: the proxy answers ${status} to a made-up name under it (${name}): its policy refuses the pattern as a whole; what is to be allowed is ${pattern}, not single names`,
  'tried.name-refused': ({ host, pattern, name, status }) =>
    `${host}: refused by its own name: to a made-up name (${name}) the proxy answers ${status}, so its policy lets ${pattern} through`,
  'tried.pattern-allowed': ({ pattern, name, status }) =>
    `${pattern}: the proxy answers ${status} to a made-up name under it (${name}): its policy lets the pattern through`,
};
