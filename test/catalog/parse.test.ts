import { describe, expect, it } from 'vitest';
import { parseCatalogText, parseFeature } from '../../src/catalog/parse.ts';
import { createAuthority } from '../../src/demo/pki.ts';
import type { Feature } from '../../src/model/catalog.ts';
import { UsageError } from '../../src/usage-error.ts';
import { validatorOf } from '../model/validator.ts';

const problemsBySchema = validatorOf('catalog');
const root = createAuthority({ name: 'Lab Root R1' });
const least = { id: 'web', pattern: 'www.example.com', ports: [443], importance: 'critical' as const };
type Entry = Readonly<Record<string, unknown>>;

/** A valid file with some members of it, or of its one endpoint, replaced; `undefined` leaves one out. */
function file(members: Entry = {}, endpoint: Entry = {}): Entry {
  const all = { schema: 1, feature: 'lab', endpoints: [clean({ ...least, ...endpoint })], ...members };
  return clean(all);
}
const clean = (entry: Entry): Entry =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
const probing = (probe: Entry, endpoint: Entry = {}): Entry => file({}, { probes: [probe], ...endpoint });

function refusal(read: () => unknown): UsageError {
  try {
    read();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a catalog file', () => {
  it('needs little and defaults the rest', () => {
    expect(parseFeature(file(), 'lab.json')).toEqual({
      feature: 'lab',
      title: 'lab',
      why: null,
      docs: null,
      default: true,
      roles: ['all'],
      clouds: ['public'],
      anchors: [],
      endpoints: [
        {
          ...least,
          protocol: 'tcp',
          importanceReason: null,
          requirement: null,
          status: 'current',
          since: null,
          until: null,
          legacy: false,
          roles: ['all'],
          clouds: ['public'],
          probes: [{ url: 'https://www.example.com/', method: 'GET', expect: null, basis: 'documented', note: null }],
          tls: { anchors: [], pinned: false, inspection: 'unstated' },
          source: null,
          moreSources: [],
          notes: null,
        },
      ],
      file: 'lab.json',
    } satisfies Feature);
  });

  it('reads all that the contract shows', () => {
    const feature = parseFeature(
      {
        $schema: './schema.json',
        schema: 1,
        feature: 'tenant-attach',
        title: 'Tenant attach',
        why: 'Because.',
        docs: 'https://docs.example.com/page#section',
        roles: ['service-connection-point'],
        clouds: ['public', 'usgov'],
        anchors: [{ name: 'Lab Root R1', sha256: root.sha256.toUpperCase(), pem: root.pem }],
        endpoints: [
          {
            id: 'manage',
            pattern: '*.Manage.example.com',
            ports: [443],
            importance: 'non-critical',
            status: 'current',
            since: null,
            until: null,
            probes: [
              {
                url: 'https://gateway.manage.example.com/',
                method: 'HEAD',
                expect: { status: [200, 404], header: { name: 'X-MS-Id', pattern: '^[0-9a-f]+$' } },
                basis: 'documented',
              },
            ],
            tls: { anchors: ['Lab Root R1'], pinned: false, inspection: 'unsupported' },
            clouds: ['usgov'],
            source: { document: 'A page', date: '2026-06-08', url: 'https://docs.example.com/page' },
            notes: 'A note.',
          },
        ],
      },
      'x.json',
    );
    expect(feature.default).toBe(true);
    expect(feature.anchors).toMatchObject([{ name: 'Lab Root R1', sha256: root.sha256 }]);
    expect(feature.endpoints[0]).toMatchObject({
      pattern: '*.manage.example.com',
      roles: ['service-connection-point'],
      clouds: ['usgov'],
      probes: [
        {
          url: 'https://gateway.manage.example.com/',
          method: 'HEAD',
          expect: { status: [200, 404], header: { name: 'x-ms-id', pattern: '^[0-9a-f]+$' } },
        },
      ],
      tls: { anchors: [root.sha256], pinned: false, inspection: 'unsupported' },
    });
  });

  it.each([
    ['www.example.com', [443], ['https://www.example.com/']],
    ['www.example.com', [80], ['http://www.example.com/']],
    [
      'www.example.com',
      [443, 80, 1433],
      ['https://www.example.com/', 'http://www.example.com/', 'tcp://www.example.com:1433'],
    ],
    ['192.0.2.1', [8443], ['tcp://192.0.2.1:8443']],
    ['2001:DB8:0::1', [443, 53], ['https://[2001:db8::1]/', 'tcp://[2001:db8::1]:53']],
    ['{cmgName}.example.com', [443], ['https://{cmgName}.example.com/']],
    ['bücher.example', [443], ['https://xn--bcher-kva.example/']],
    ['*.example.com', [443], []],
  ])('%s on %j without probes is probed at %j', (pattern, ports, urls) => {
    const feature = parseFeature(file({}, { pattern, ports }), 'x.json');
    expect(feature.endpoints[0]?.probes.map((probe) => probe.url)).toEqual(urls);
  });

  it.each([
    [{ status: 'retired' }, true],
    [{ status: 'removed-from-docs' }, true],
    [{ requirement: 'legacy' }, true],
    [{ status: 'doubtful' }, false],
    [{ status: 'retired', legacy: false }, false],
    [{ legacy: true }, true],
  ])('%j makes legacy %s', (members, legacy) => {
    expect(parseFeature(file({}, members), 'x.json').endpoints[0]?.legacy).toBe(legacy);
  });

  it.each([
    [{ roles: ['service-connection-point', 'console'] }, true],
    [{ roles: ['console'] }, false],
    [{ roles: ['console'], default: true }, true],
    [{ default: false }, false],
  ])('%j makes a default run of it: %s', (members, expected) => {
    expect(parseFeature(file(members), 'x.json').default).toBe(expected);
  });

  it('keeps control characters out of what it stores to show', () => {
    const feature = parseFeature(file({ title: 'a\u001b[31mb\nc' }, { notes: 'x\u202ey' }), 'x.json');
    expect(feature.title).toBe('a\ufffd[31mb\ufffdc');
    expect(feature.endpoints[0]?.notes).toBe('x\\u{202e}y');
  });

  it('computes the fingerprint of an anchor that only gives its certificate, and takes one that only gives it', () => {
    const anchors = [
      { name: 'A', pem: root.pem },
      { name: 'B', sha256: root.sha256.replace(/..(?=.)/g, '$&:') },
    ];
    expect(parseFeature(file({ anchors }), 'x.json').anchors).toEqual([
      { name: 'A', sha256: root.sha256, pem: expect.stringContaining('BEGIN CERTIFICATE') },
      { name: 'B', sha256: root.sha256, pem: null },
    ]);
  });
});

/** What is wrong, what the message says after the file, and whether the schema can see it too. */
const bad: readonly (readonly [string, unknown, string, boolean])[] = [
  ['not an object', 'text', 'the file: expected an object with schema, feature and endpoints, got "text"', true],
  ['null', null, 'the file: expected an object with schema, feature and endpoints, got null', true],
  ['no schema', file({ schema: undefined }), '/schema: expected 1, got nothing', true],
  ['another schema', file({ schema: 2 }), '/schema: expected 1, got 2', true],
  ['no feature', file({ feature: undefined }), '/feature: expected a feature id, got nothing', true],
  [
    'an id with spaces',
    file({ feature: 'Tenant attach' }),
    '/feature: expected a feature id, got "Tenant attach"',
    true,
  ],
  ['a reserved id', file({ feature: 'ad-hoc' }), '/feature: expected another id: ad-hoc is what arguments make', true],
  [
    'no endpoints',
    file({ endpoints: undefined }),
    '/endpoints: expected a list of at least one endpoint, got nothing',
    true,
  ],
  [
    'an empty list',
    file({ endpoints: [] }),
    '/endpoints: expected a list of at least one endpoint, got an empty list',
    true,
  ],
  [
    'endpoints as object',
    file({ endpoints: {} }),
    '/endpoints: expected a list of at least one endpoint, got an object',
    true,
  ],
  [
    'a misspelt key',
    file({ endpointz: [] }),
    '/endpointz: expected an object with schema, feature and endpoints, got the unknown key "endpointz"; did you mean "endpoints"?',
    true,
  ],
  [
    'a misspelt endpoint key',
    file({}, { port: [443] }),
    '/endpoints/0/port: expected an object with id, pattern, ports and importance, got the unknown key "port"; did you mean "ports"?',
    true,
  ],
  ['__proto__', JSON.parse('{"schema":1,"feature":"a","__proto__":{},"endpoints":[]}'), '/__proto__: expected', true],
  ['title as number', file({ title: 7 }), '/title: expected a text, got 7', true],
  ['an endless title', file({ title: 'x'.repeat(201) }), '/title: expected a text of at most 200 characters', true],
  [
    'docs that are no address',
    file({ docs: 'ftp://example.com/' }),
    '/docs: expected an https:// or http:// address, got "ftp://example.com/"',
    true,
  ],
  ['an empty role list', file({ roles: [] }), '/roles: expected a list of at least one name, got an empty list', true],
  ['a role with a space', file({ roles: ['a b'] }), '/roles/0: expected a name of lower-case letters', true],
  [
    'an unknown cloud',
    file({ clouds: ['usgv'] }),
    '/clouds/0: expected "public", "usgov", "china" (did you mean "usgov"?), got "usgv"',
    true,
  ],
  ['default as text', file({ default: 'yes' }), '/default: expected true or false, got "yes"', true],
  [
    'an endpoint that is a text',
    file({ endpoints: ['www.example.com'] }),
    '/endpoints/0: expected an object with id, pattern, ports and importance, got "www.example.com"',
    true,
  ],
  ['no id', file({}, { id: undefined }), '/endpoints/0/id: expected letters, digits, dot, hyphen, got nothing', true],
  [
    'an id with a slash',
    file({}, { id: 'a/b' }),
    '/endpoints/0/id: expected letters, digits, dot, hyphen, got "a/b"',
    true,
  ],
  [
    'the same id twice',
    file({ endpoints: [least, least] }),
    '/endpoints/1/id: expected another id (/endpoints/0 has this one), got "web"',
    false,
  ],
  [
    'no pattern',
    file({}, { pattern: undefined }),
    '/endpoints/0/pattern: expected a host name, an IP address, *.wildcard or {template}, got nothing',
    true,
  ],
  [
    'a URL as pattern',
    file({}, { pattern: 'https://www.example.com' }),
    '/endpoints/0/pattern: expected a host name',
    true,
  ],
  [
    'a label that starts with a hyphen',
    file({}, { pattern: '-a.example.com' }),
    '/endpoints/0/pattern: expected',
    false,
  ],
  ['an empty label', file({}, { pattern: 'a..example.com' }), '/endpoints/0/pattern: expected', false],
  ['numbers that are no address', file({}, { pattern: '1.2.3.400' }), '/endpoints/0/pattern: expected', false],
  ['a lone star', file({}, { pattern: '*' }), '/endpoints/0/pattern: expected', false],
  ['an unclosed brace', file({}, { pattern: '{a.example.com' }), '/endpoints/0/pattern: expected', false],
  [
    'no ports',
    file({}, { ports: [] }),
    '/endpoints/0/ports: expected a list of at least one port number, got an empty list',
    true,
  ],
  [
    'ports as number',
    file({}, { ports: 443 }),
    '/endpoints/0/ports: expected a list of at least one port number, got 443',
    true,
  ],
  [
    'a port too large',
    file({}, { ports: [443, 70_000] }),
    '/endpoints/0/ports/1: expected a port number from 1 to 65535, got 70000',
    true,
  ],
  ['port 0', file({}, { ports: [0] }), '/endpoints/0/ports/0: expected a port number from 1 to 65535, got 0', true],
  [
    'half a port',
    file({}, { ports: [443.5] }),
    '/endpoints/0/ports/0: expected a port number from 1 to 65535, got 443.5',
    true,
  ],
  [
    'a port range',
    file({}, { ports: ['1-9'] }),
    '/endpoints/0/ports/0: expected a port number from 1 to 65535, got "1-9"',
    true,
  ],
  ['a port twice', file({}, { ports: [443, 443] }), '/endpoints/0/ports/1: expected each port once, got 443', true],
  [
    'no importance',
    file({}, { importance: undefined }),
    '/endpoints/0/importance: expected "critical" or "non-critical", got nothing',
    true,
  ],
  [
    'an importance of its own',
    file({}, { importance: 'critcal' }),
    '/endpoints/0/importance: expected "critical", "non-critical" (did you mean "critical"?), got "critcal"',
    true,
  ],
  ['an unknown status', file({}, { status: 'gone' }), '/endpoints/0/status: expected "current"', true],
  ['an unknown protocol', file({}, { protocol: 'sctp' }), '/endpoints/0/protocol: expected "tcp", "udp"', true],
  [
    'probes as text',
    file({}, { probes: 'https://a/' }),
    '/endpoints/0/probes: expected a list, got "https://a/"',
    true,
  ],
  [
    'a probe without URL',
    probing({}),
    '/endpoints/0/probes/0/url: expected https://…, http://… or tcp://host:port, got nothing',
    true,
  ],
  [
    'another scheme',
    probing({ url: 'ftp://www.example.com/' }),
    '/endpoints/0/probes/0/url: expected https://…, http://… or tcp://host:port',
    true,
  ],
  [
    'credentials in a URL',
    probing({ url: 'https://a:s3cr3t@www.example.com/' }),
    '/endpoints/0/probes/0/url: expected a URL without user name and password, got "https://…@www.example.com/"',
    true,
  ],
  [
    'a port over 65535 in a URL',
    probing({ url: 'https://www.example.com:99999/' }),
    '/endpoints/0/probes/0/url: expected a port number from 1 to 65535 after the host',
    false,
  ],
  [
    'tcp without port',
    probing({ url: 'tcp://www.example.com' }),
    '/endpoints/0/probes/0/url: expected a port number from 1 to 65535 after the host',
    true,
  ],
  [
    'tcp with a path',
    probing({ url: 'tcp://www.example.com:443/x' }),
    '/endpoints/0/probes/0/url: expected a port',
    true,
  ],
  [
    'a URL with a space',
    probing({ url: 'https://www.example.com/a b' }),
    '/endpoints/0/probes/0/url: expected https://…',
    true,
  ],
  [
    'another host than the pattern',
    probing({ url: 'https://example.org/' }),
    '/endpoints/0/probes/0/url: expected the host www.example.com, which the pattern names',
    false,
  ],
  [
    'a wildcard in a URL',
    probing({ url: 'https://*.example.com/' }, { pattern: '*.example.com' }),
    '/endpoints/0/probes/0/url: expected a URL with a valid host name',
    false,
  ],
  [
    'an unclosed parameter',
    probing({ url: 'https://{a.example.com/' }, { pattern: '{a}.example.com' }),
    '/endpoints/0/probes/0/url: expected a URL with a valid host name',
    false,
  ],
  [
    'another method',
    probing({ url: 'https://www.example.com/', method: 'POST' }),
    '/endpoints/0/probes/0/method: expected "GET", "HEAD", got "POST"',
    true,
  ],
  [
    'a status of 99',
    probing({ url: 'https://www.example.com/', expect: { status: [99] } }),
    '/endpoints/0/probes/0/expect/status/0: expected an HTTP status from 100 to 599, got 99',
    true,
  ],
  [
    'an unknown expectation',
    probing({ url: 'https://www.example.com/', expect: { body: 'x' } }),
    '/endpoints/0/probes/0/expect/body: expected an object with status or header',
    true,
  ],
  [
    'a header without pattern',
    probing({ url: 'https://www.example.com/', expect: { header: { name: 'a' } } }),
    '/endpoints/0/probes/0/expect/header/pattern: expected a regular expression of 1 to 200 characters, got nothing',
    true,
  ],
  [
    'a header name with a colon',
    probing({ url: 'https://www.example.com/', expect: { header: { name: 'a:', pattern: 'b' } } }),
    '/endpoints/0/probes/0/expect/header/name: expected a header name, got "a:"',
    true,
  ],
  [
    'a broken expression',
    probing({ url: 'https://www.example.com/', expect: { header: { name: 'a', pattern: '(' } } }),
    '/endpoints/0/probes/0/expect/header/pattern: expected a regular expression without what looks around or back, got "("',
    false,
  ],
  [
    'an endless expression',
    probing({ url: 'https://www.example.com/', expect: { header: { name: 'a', pattern: 'x'.repeat(201) } } }),
    '/endpoints/0/probes/0/expect/header/pattern: expected a regular expression of 1 to 200 characters',
    true,
  ],
  [
    'a content that says nothing',
    probing({ url: 'https://www.example.com/', content: {} }),
    '/endpoints/0/probes/0/content: expected an object with range, startsWith, length or sha256',
    false,
  ],
  [
    'a range backwards',
    probing({ url: 'https://www.example.com/', content: { range: [9, 8] } }),
    '/endpoints/0/probes/0/content/range: expected the first and the last byte of at most 65536',
    false,
  ],
  [
    'a range that is a download',
    probing({ url: 'https://www.example.com/', content: { range: [0, 65536] } }),
    '/endpoints/0/probes/0/content/range: expected the first and the last byte of at most 65536',
    false,
  ],
  [
    'first bytes that are no hex',
    probing({ url: 'https://www.example.com/', content: { startsWith: 'MSCF' } }),
    '/endpoints/0/probes/0/content/startsWith: expected 1 to 64 bytes in hex, got "MSCF"',
    true,
  ],
  [
    'a hash of another kind',
    probing({ url: 'https://www.example.com/', content: { sha256: 'abc' } }),
    '/endpoints/0/probes/0/content/sha256: expected 64 hexadecimal digits, got "abc"',
    true,
  ],
  [
    'a length of nothing',
    probing({ url: 'https://www.example.com/', content: { length: 0 } }),
    '/endpoints/0/probes/0/content/length: expected a number of bytes, got 0',
    true,
  ],
  [
    'a hash of more than is fetched',
    probing({ url: 'https://www.example.com/', content: { length: 20_000_000, sha256: 'a'.repeat(64) } }),
    '/endpoints/0/probes/0/content/length: expected a number of bytes from 1 to 16777216',
    false,
  ],
  [
    'content by HEAD',
    probing({ url: 'https://www.example.com/', method: 'HEAD', content: { range: [0, 1] } }),
    '/endpoints/0/probes/0/content: expected nothing: content is read by GET over http or https',
    false,
  ],
  [
    'an unknown anchor',
    file({ anchors: [{ name: 'Root A', pem: root.pem }] }, { tls: { anchors: ['Root B'] } }),
    '/endpoints/0/tls/anchors/0: expected the name of an anchor of this file (did you mean "Root A"?), got "Root B"',
    false,
  ],
  ['an unknown inspection', file({}, { tls: { inspection: 'no' } }), '/endpoints/0/tls/inspection: expected', true],
  [
    'pinned as text',
    file({}, { tls: { pinned: 'yes' } }),
    '/endpoints/0/tls/pinned: expected true or false, got "yes"',
    true,
  ],
  [
    'an anchor of a name alone',
    file({ anchors: [{ name: 'A' }] }),
    '/anchors/0: expected sha256, pem or both, got an object',
    true,
  ],
  [
    'a short fingerprint',
    file({ anchors: [{ name: 'A', sha256: 'abcd' }] }),
    '/anchors/0/sha256: expected a SHA-256 fingerprint in hex, got "abcd"',
    true,
  ],
  [
    'a certificate that is none',
    file({ anchors: [{ name: 'A', pem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }] }),
    '/anchors/0/pem: expected one certificate in PEM',
    false,
  ],
  [
    'two certificates',
    file({ anchors: [{ name: 'A', pem: root.pem + root.pem }] }),
    '/anchors/0/pem: expected one certificate in PEM',
    false,
  ],
  [
    'another fingerprint',
    file({ anchors: [{ name: 'A', sha256: 'ab'.repeat(32), pem: root.pem }] }),
    `/anchors/0/sha256: expected ${root.sha256}, the fingerprint of the certificate in pem`,
    false,
  ],
  [
    'an anchor name twice',
    file({
      anchors: [
        { name: 'A', pem: root.pem },
        { name: 'A', pem: root.pem },
      ],
    }),
    '/anchors/1/name: expected another name (/anchors/0 has this one)',
    false,
  ],
  [
    'a source without document',
    file({}, { source: { date: '2026-01-01' } }),
    '/endpoints/0/source/document: expected a title, got nothing',
    true,
  ],
  [
    'a date in words',
    file({}, { source: { document: 'A', date: 'May 2026' } }),
    '/endpoints/0/source/date: expected a date (YYYY-MM-DD), got "May 2026"',
    true,
  ],
  [
    'a day that is none',
    file({}, { source: { document: 'A', date: '2026-02-30' } }),
    '/endpoints/0/source/date: expected a date (YYYY-MM-DD), got "2026-02-30"',
    false,
  ],
  ['a key with slash and tilde', file({ 'a/b~c': 1 }), '/a~1b~0c: expected', true],
];

describe('a bad catalog file', () => {
  it.each(bad)('%s', (_name, value, message) => {
    const error = refusal(() => parseFeature(value, 'x.json'));
    expect(error.message).toContain(`catalog x.json: ${message}`);
    expect(error.message).not.toMatch(/s3cr3t|\n/);
    expect(error.hint).toBe('`wayclear schema catalog` prints what a catalog file may hold.');
  });

  it.each(bad.filter(([, , , visible]) => visible))('%s is refused by the schema as well', (_name, value) => {
    expect(problemsBySchema(value)).not.toEqual([]);
  });

  it.each([file(), probing({ url: 'tcp://www.example.com:443', method: null, expect: null, note: null })])(
    'what the parser takes the schema takes too (%#)',
    (value) => {
      expect(problemsBySchema(value)).toEqual([]);
      expect(() => parseFeature(value, 'x.json')).not.toThrow();
    },
  );

  it.each([
    ['nothing', '', 'expected JSON'],
    ['no JSON', 'feature: lab', 'expected JSON'],
    ['half a file', JSON.stringify(file()).slice(0, 40), 'expected JSON'],
    ['a thousand brackets', '['.repeat(1000), 'expected at most 32 levels of nesting'],
    ['a million brackets', '{"a":'.repeat(1_000_000), 'expected at most 32 levels of nesting'],
    ['an empty list', '[]', 'the file: expected an object with a feature, or a list of Microsoft 365 endpoint sets'],
    ['a list of features', JSON.stringify([file()]), '/0: expected an endpoint set with id, serviceArea and urls'],
  ])('%s is refused with the name of the file', (_name, text, message) => {
    expect(refusal(() => parseCatalogText(text, 'x\u001b.json')).message).toContain(`catalog x\ufffd.json: ${message}`);
  });

  it('brackets in texts are no nesting, and a byte order mark does no harm', () => {
    const text = `\ufeff${JSON.stringify(file({ why: `"${'['.repeat(100)}` }))}`;
    expect(parseCatalogText(text, 'x.json')).toHaveLength(1);
  });
});
