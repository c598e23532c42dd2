import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogFileOf, loadCatalog } from '../../src/catalog/load.ts';
import { readKey } from '../../src/signed/keys.ts';
import { signLines } from '../../src/signed/signed-lines.ts';
import { languages } from '../../src/words/language.ts';
import { randomFrom } from '../hostile/random.ts';
import { type Written, wayclear } from './in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayclear-carry-'));
const at = (...names: readonly string[]): string => join(folder, ...names);
const [sealed, connected, stranger] = [at('sealed'), at('connected'), at('stranger')];
const request = at('request.txt');
const result = at('result.txt');
const hits: string[] = [];
const server = createServer((asked, answer) => {
  hits.push(`${asked.method} ${asked.url}`);
  answer.end('hello');
});
let what: readonly string[] = [];

const run = (line: string, ...more: readonly string[]): Promise<Written> =>
  wayclear([...line.split(' '), ...more], { cwd: folder });
const json = ({ stdout }: Written): Readonly<Record<string, unknown>> =>
  JSON.parse(stdout) as Readonly<Record<string, unknown>>;
const importing = (file: string, ...more: readonly string[]): Promise<Written> =>
  run(`carry import ${file} --state ${sealed} --json`, ...more);
let connectedKey = '';

/** Another result of the same request, as a file. */
async function another(name: string, ...more: readonly string[]): Promise<string> {
  const { code, stderr, stdout } = await run(
    `carry connect ${request} --out ${at(name)} --state ${connected}`,
    ...more,
  );
  expect(code, stderr + stdout).toBe(0);
  return at(name);
}

/** What a machine signs: another document of the lines of a result, with a change. */
function resigned(
  file: string,
  state: string,
  change: (lines: Record<string, unknown>[]) => readonly Record<string, unknown>[],
): string {
  const key = readKey(readFileSync(join(state, 'machine-key.pem'), 'utf8'));
  if (key === null) throw new Error('no key');
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const [head, ...rest] = change(lines);
  const made = at(`made-${readdirSync(folder).length}.txt`);
  writeFileSync(made, signLines([{ ...head, key: key.key }, ...rest], key).text);
  return made;
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  what = [`http://127.0.0.1:${port}/a`, '127.0.0.1:1'];
  connectedKey = String(json(await run(`carry key --json --state ${connected}`))['fingerprint']);
  await run(`carry key --state ${stranger}`);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe('a check that is carried', () => {
  it('is written without a packet, with its SHA-256, the key, and where the connected side has to get through', async () => {
    const { code, stdout } = await run(`carry prepare --out ${request} --state ${sealed} --json`, ...what);
    const { port } = server.address() as AddressInfo;
    expect(code).toBe(0);
    expect(hits).toEqual([]);
    const text = readFileSync(request);
    const sum = execFileSync('sha256sum', [request]).toString().slice(0, 64);
    expect(JSON.parse(stdout)).toMatchObject({
      sha256: sum,
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      probes: 2,
      untested: 0,
      reach: [1, port].map((each) => ({ host: '127.0.0.1', port: each })),
    });
    expect(text.toString().split('\n')[0]).toContain(`"machine":"${hostname()}"`);
    expect(statSync(join(sealed, 'machine-key.pem')).mode & 0o777).toBe(0o600);
  });

  it('is not written over by what comes of it', async () => {
    const before = readFileSync(request);
    symlinkSync(request, at('link.txt'));
    for (const out of [request, at('link.txt'), join(folder, '.', 'sealed', '..', 'request.txt')]) {
      const { code, stderr } = await run(`carry connect ${request} --out ${out} --state ${connected}`);
      expect([code, stderr]).toEqual([2, expect.stringContaining('--out names the request itself')]);
    }
    expect(readFileSync(request)).toEqual(before);
    expect(hits).toEqual([]);
  });

  it('is run as it is asked for, and written with both SHA-256', async () => {
    const { code, stdout } = await run(`carry connect ${request} --out ${result} --state ${connected} --json`);
    expect(code).toBe(0);
    expect(hits).toContain('GET /a');
    expect(JSON.parse(stdout)).toMatchObject({
      sha256: execFileSync('sha256sum', [result]).toString().slice(0, 64),
      request: execFileSync('sha256sum', [request]).toString().slice(0, 64),
      fingerprint: connectedKey,
      measured: 2,
      asked: 2,
    });
  });

  it('comes back to nobody who does not know the key', async () => {
    const { code, stdout, stderr } = await importing(result);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`signed by ${connectedKey}, a key that nobody named here`);
    expect(stderr).toContain('A result: what was measured');
    const other = await importing(result, '--trust', '0123456789abcdef');
    expect(other.code).toBe(2);
    expect(existsSync(join(sealed, 'carry', 'trusted-keys.json'))).toBe(false);
  });

  it('is judged as check would, and exits so', async () => {
    const { code, stdout, stderr } = await importing(result, '--trust', connectedKey);
    expect(code, stderr).toBe(1);
    const report = JSON.parse(stdout) as {
      rootCauses: { cause: string; targets: string[] }[];
      machine: { name: string };
      environment: { trustStores: unknown };
    };
    const direct = JSON.parse((await run('check --json', ...what)).stdout) as typeof report;
    expect(report.rootCauses.map(({ cause, targets }) => [cause, targets])).toEqual(
      direct.rootCauses.map(({ cause, targets }) => [cause, targets]),
    );
    expect(report.environment.trustStores).toEqual(direct.environment.trustStores);
    expect(report.machine.name).toBe(hostname());
    const sums = [result, request].map((file) => execFileSync('sha256sum', [file]).toString().slice(0, 64));
    for (const sum of sums) expect(stderr).toContain(sum);
  });

  it('comes back once', async () => {
    const { code, stderr } = await importing(result);
    expect(code).toBe(2);
    expect(stderr).toContain('was imported before, at ');
  });

  it('comes back by a key that was named once, in every format, with any line ends', async () => {
    const file = await another('windows.txt');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    const { code, stdout } = await run(`carry import ${file} --state ${sealed} --format junit --fail-on never`);
    expect([code, stdout.slice(0, 5)]).toEqual([0, '<?xml']);
  });

  it('is kept in the history', async () => {
    const store = at('looks.db');
    const { code, stderr } = await importing(await another('kept.txt'), '--store', store);
    expect(code, stderr).toBe(1);
    const { stdout } = await run(`history --json --store ${store}`);
    expect(stdout).toContain('ad-hoc');
  });

  it('that failed to be written can be imported again', async () => {
    const file = await another('again.txt');
    const full = await run(`carry import ${file} --state ${sealed} --format json=/dev/full --quiet`);
    expect(full.code).toBe(2);
    expect((await importing(file)).code).toBe(1);
  });

  it('counts what the deadline cut off as not measured', async () => {
    const silent = createTcpServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const asked = at('silent-request.txt');
    await run(`carry prepare http://127.0.0.1:${port}/ --out ${asked} --state ${sealed}`);
    const line = `carry connect ${asked} --state ${connected} --deadline 2s --timeout 20s`;
    const shown = await run(`${line} --out ${at('silent.txt')}`);
    expect([shown.code, shown.stdout.split('\n')[0]]).toEqual([3, '! 0 of 1 probes measured']);
    const { stdout } = await importing(at('silent.txt'));
    expect(JSON.parse(stdout)).toMatchObject({ summary: { untested: 1, untestedBecause: { deadline: 1 } } });
    silent.close();
  });

  it('comes back by this machine itself', async () => {
    expect((await run(`carry connect ${request} --out ${at('own.txt')} --state ${sealed}`)).code).toBe(0);
    const fresh = await run(`carry import ${at('own.txt')} --state ${sealed} --quiet`);
    expect(fresh.code).toBe(1);
  });
});

describe('a result that is not imported', () => {
  const refused: readonly (readonly [string, (file: string) => string, RegExp])[] = [
    ['cut off', (file) => file.slice(0, -200), /no signature at its end/],
    ['cut to a line', (file) => `${file.split('\n').slice(0, 3).join('\n')}\n`, /no signature at its end/],
    ['changed', (file) => file.replace('"ended":null', '"ended" :null'), /was changed on the way/],
    ['no text', () => '\u0000', /no JSON object|no signature/],
    ['empty', () => '', /is empty/],
    ['the request itself', () => readFileSync(request, 'utf8'), /no result of this version/],
  ];
  it.each(refused)('is %s: it is shown, and refused with 2', async (name, change, message) => {
    const file = await another('to-refuse.txt');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    const { code, stdout, stderr } = await importing(file);
    expect([code, stdout], name).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('SHA-256: ');
    const shown = await run(`carry show ${file}`);
    expect(shown.stdout).toContain('SHA-256: ');
    expect(shown.code).toBe(name === 'the request itself' ? 0 : 2);
  });

  it('has one of 500 flipped bits', async () => {
    const file = await another('flipped.txt');
    const bytes = readFileSync(file);
    const random = randomFrom(500);
    const codes = new Set<number>();
    for (let time = 0; time < 500; time += 1) {
      const changed = Buffer.from(bytes);
      const place = random.below(bytes.length * 8);
      changed[place >> 3] = (changed[place >> 3] ?? 0) ^ (1 << (place & 7));
      writeFileSync(file, changed);
      codes.add((await importing(file)).code);
    }
    expect([...codes]).toEqual([2]);
    writeFileSync(file, bytes);
    expect((await importing(file)).code).toBe(1);
  }, 120_000);

  const minutes = (count: number): string => new Date(Date.now() + count * 60_000).toISOString();
  it.each<[string, (lines: Record<string, unknown>[]) => readonly Record<string, unknown>[], RegExp]>([
    ['from the future', ([head, ...rest]) => [{ ...head, at: minutes(120) }, ...rest], /from the future/],
    [
      'of last month',
      ([head, ...rest]) => [{ ...head, at: minutes(-60 * 24 * 40) }, ...rest],
      /older than its request/,
    ],
    [
      'of another request',
      ([head, ...rest]) => [{ ...head, request: 'a'.repeat(64) }, ...rest],
      /not the one that this machine wrote/,
    ],
    [
      'of a request that nobody made',
      ([head, ...rest]) => [{ ...head, nonce: 'a'.repeat(32) }, ...rest],
      /wrote no request a{32}/,
    ],
    ['of a later version', ([head, ...rest]) => [{ ...head, schema: 2 }, ...rest], /no result of this version/],
    [
      'with a line that nobody knows',
      (lines) => [...lines, { secret: 'x' }],
      /line \d+ is not as this version writes it/,
    ],
    ['with a line of a wrong form', (lines) => [...lines, { chain: { id: 1 } }], /\(at \/chain\/id\)/],
    [
      'without its second line',
      ([head, , ...rest]) => [head ?? {}, ...rest],
      /line 2 is not as this version writes it/,
    ],
  ])('is %s, though signed by a trusted key', async (_, change, message) => {
    const { code, stderr } = await importing(resigned(result, connected, change));
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('is signed by a stranger', async () => {
    const { code, stderr } = await importing(resigned(result, stranger, (lines) => lines));
    expect(code).toBe(2);
    expect(stderr).toMatch(/a key that nobody named here/);
  });

  it('is larger than any, and told so without reading it', async () => {
    const file = at('large.txt');
    execFileSync('truncate', ['-s', '300M', file]);
    const { code, stderr } = await importing(file);
    rmSync(file);
    expect(code).toBe(2);
    expect(stderr).toContain('larger than any that wayclear writes');
  });

  it.each([
    ['carry import missing.txt', /can't read "missing.txt"/],
    ['carry connect request.txt', /--out FILE is missing/],
    ['carry prepare', /--out FILE is missing/],
    ['carry prepare --out x.txt --catalog m365:worldwide', /carry prepare sends no packet/],
    ['carry import x --trust 123', /"123" is no fingerprint/],
    ['carry import x --max-age 91', /whole number from 1 to 90/],
    ['carry', /key, prepare, show, connect or import is missing/],
    ['carry prepare --trust 0123456789abcdef', /--trust is no option of carry prepare/],
  ])('%s is refused', async (line, message) => {
    const { code, stderr } = await run(`${line}${line === 'carry' ? '' : ` --state ${sealed}`}`);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('carry show', () => {
  it.each(languages)('tells in %s what every line and each of its members is', async (lang) => {
    for (const file of [request, result]) {
      const { code, stdout } = await run(`carry show ${file} --state ${sealed} --lang ${lang}`);
      expect(code).toBe(0);
      const lines = readFileSync(file, 'utf8').trim().split('\n');
      for (const [index] of lines.entries()) expect(stdout).toMatch(new RegExp(`(^|\\D)${index + 1}(\\D|$)`, 'm'));
      expect(stdout.match(/undefined|\[object/)).toBeNull();
      // Every value is there, whatever wraps it.
      const plain = stdout.replace(/\s+/g, '');
      for (const line of lines) {
        const [content] = Object.values(JSON.parse(line) as Readonly<Record<string, unknown>>);
        const texts = JSON.stringify(content).match(/"[\w./:@-]{4,}"/g) ?? [];
        for (const text of texts) expect(plain).toContain(text.slice(1, -1));
      }
    }
  });

  it('shows nothing that a terminal obeys, and what nobody knows', async () => {
    const file = resigned(result, stranger, (lines) => [...lines, { 'odd\u001b[2J': '\u202e\u0007' }]);
    const { code, stdout } = await run(`carry show ${file}`);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(stdout).toContain('nothing that this version knows');
  });
});

describe('with --redact', () => {
  const redactedRequest = at('redacted.txt');
  const inner = 'https://files.corp.internal/share';

  it('a request holds nothing that a catalog of the inside says of itself', async () => {
    const [named, out] = [at('srv9.corp.local'), at('redacted-catalog.txt')];
    mkdirSync(named);
    const source = { document: 'Page of wiki.corp.local', date: null, url: 'http://wiki.corp.local/x' };
    const endpoint = { ports: [443], importance: 'critical', source, notes: 'on intranet01' };
    writeFileSync(
      join(named, 'mine.json'),
      JSON.stringify({
        ...{ schema: 1, feature: 'mine', title: 'Mine of db.corp.local', why: 'see intranet01' },
        endpoints: [
          { ...endpoint, id: 'db', pattern: 'db.corp.local' },
          { ...endpoint, id: 'www', pattern: 'www.example.com', importanceReason: 'as intranet01 says' },
        ],
      }),
    );
    const args = `carry prepare mine --catalog ${named} --no-bundled --redact --out ${out} --state ${sealed} --json`;
    expect(json(await run(args))).toMatchObject({ probes: 1, untested: 1 });
    const text = readFileSync(out, 'utf8');
    expect(text).toContain('"url":"https://www.example.com/"');
    expect(text).not.toMatch(/corp\.local|intranet01|mine|wiki|srv9/i);
  });

  it('a request holds no name of the inside, and the report has them again', async () => {
    const prepared = await run(
      `carry prepare --redact --out ${redactedRequest} --state ${sealed} --json`,
      ...what,
      inner,
    );
    expect(json(prepared)).toMatchObject({ redacted: expect.any(Number), untested: 3 });
    const told = await run(`carry prepare --redact --out ${at('told.txt')} --state ${sealed}`, ...what, inner);
    expect(told.stdout).toMatch(/^\? 0 probes written/);
    expect(told.stdout).not.toContain('has to reach');
    const text = readFileSync(redactedRequest, 'utf8');
    expect(text).not.toMatch(/files\.corp|127\.0\.0\.1/);
    expect(text).not.toContain(`"machine":"${hostname()}"`);
    hits.length = 0;
    const back = at('redacted-result.txt');
    const measured = await run(`carry connect ${redactedRequest} --out ${back} --state ${connected} --anonymous`);
    expect([measured.code, measured.stdout.split('\n')[0]]).toEqual([
      ...[0, '? nothing measured: the request asks for nothing that another machine can measure'],
    ]);
    expect(hits).toEqual([]);
    expect(readFileSync(back, 'utf8')).not.toMatch(/files\.corp/);
    const { stdout, code } = await importing(back);
    expect(code).toBe(3);
    const report = JSON.parse(stdout) as {
      targets: { host: string; untested: { reason: string } }[];
      machine: unknown;
    };
    expect(report.targets.map(({ host, untested }) => [host, untested.reason])).toEqual([
      ['127.0.0.1', 'inside'],
      ['127.0.0.1', 'inside'],
      ['files.corp.internal', 'inside'],
    ]);
    expect(report.machine).toBeNull();
  });
});

describe('catalogs that come along', () => {
  const feature = {
    ...{ schema: 1, feature: 'my-product', title: 'My product' },
    endpoints: [{ id: 'a', pattern: 'a.example', ports: [443], importance: 'critical' }],
  };
  const file = at('my-product.json');
  const listed = async (): Promise<boolean> => (await run(`list my-product --state ${sealed}`)).code === 0;

  it('are left where no trusted key signed them, and taken on demand', async () => {
    writeFileSync(file, JSON.stringify(feature));
    const left = await importing(await another('with-catalog.txt', '--catalog', file));
    expect(left.code).toBe(1);
    expect(left.stderr).toContain('Take them by --accept-catalog');
    expect(await listed()).toBe(false);
    const extracted = at('along');
    const taken = await importing(
      await another('with-catalog-2.txt', '--catalog', file),
      '--accept-catalog',
      '--extract',
      extracted,
    );
    expect(taken.stderr).toContain('my-product');
    expect(await listed()).toBe(true);
    expect(readdirSync(extracted)).toContain('my-product.json');
    rmSync(join(sealed, 'carry', '..', 'catalog'), { recursive: true });
  });

  it('are taken where their maker signed them with openssl, and is trusted', async () => {
    const signed = at('signed-catalog.txt');
    const key = readKey(readFileSync(join(connected, 'machine-key.pem'), 'utf8'));
    const head = { wayclear: '0.1.0', schema: 1, kind: 'catalog', key: key?.key, at: '2026-11-30T00:00:00Z' };
    const lines = `${JSON.stringify(head)}\n${JSON.stringify({ feature })}\n`;
    writeFileSync(at('lines'), lines);
    execFileSync('openssl', [
      ...['pkeyutl', '-sign', '-rawin', '-inkey', join(connected, 'machine-key.pem')],
      ...['-in', at('lines'), '-out', at('signature.bin')],
    ]);
    const value = readFileSync(at('signature.bin')).toString('base64');
    writeFileSync(signed, `${lines}${JSON.stringify({ signature: { algorithm: 'Ed25519', key: key?.key, value } })}\n`);
    expect((await run(`carry show ${signed}`)).code).toBe(0);
    const taken = await importing(await another('with-signed.txt', '--catalog', signed));
    expect(taken.stderr).toContain('newer features now: my-product');
    expect(await listed()).toBe(true);
    writeFileSync(signed, readFileSync(signed, 'utf8').replace('a.example', 'b.example'));
    const changed = await importing(await another('with-changed.txt', '--catalog', signed));
    expect(changed.stderr).toContain('Take them by --accept-catalog');
    rmSync(join(sealed, 'catalog'), { recursive: true });
  });

  it("stand in place of the program's own of the same name", async () => {
    const { features } = await loadCatalog();
    const own = features.find((row) => row.feature === 'tenant-attach');
    if (own === undefined) throw new Error('no such feature');
    const newer = { ...catalogFileOf(own), title: 'Tenant attach, newer' };
    writeFileSync(file, JSON.stringify(newer));
    await importing(await another('newer.txt', '--catalog', file), '--accept-catalog');
    const { stdout } = await run(`list tenant-attach --json --state ${sealed}`);
    expect(stdout).toContain('Tenant attach, newer');
    rmSync(join(sealed, 'catalog'), { recursive: true });
  });
});

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'carry.md'), 'utf8');

describe('the lines of docs/carry.md that sign a catalog', () => {
  const [, script = ''] = /<!-- sign -->\n```sh\n([^`]+)```/.exec(page) ?? [];
  const maker = at('maker');
  /** Runs the lines as they stand there; the fingerprint that they print. */
  const sign = (features: readonly object[]): string => {
    rmSync(join(maker, 'catalog'), { recursive: true, force: true });
    mkdirSync(join(maker, 'catalog'), { recursive: true });
    for (const [index, feature] of features.entries())
      writeFileSync(join(maker, 'catalog', `${index}.json`), `${JSON.stringify(feature, null, 2)}\r\n`);
    return execFileSync('sh', ['-ec', script], { cwd: maker, stdio: ['ignore', 'pipe', 'pipe'] })
      .toString()
      .trim();
  };
  const dated = (date: string, pattern = 'a.example') => ({
    ...{ schema: 1, feature: 'their-product', title: 'Größe\n"Ihr" Produkt %s' },
    endpoints: [
      {
        ...{ id: 'a', pattern, ports: [443], importance: 'critical' },
        source: { document: 'Their document', date, url: 'https://docs.example/' },
      },
    ],
  });
  const taking = async (name: string, ...more: readonly string[]): Promise<Written> =>
    importing(await another(name, '--catalog', join(maker, 'signed-catalog.txt')), ...more);
  const pattern = async (): Promise<string | undefined> => {
    const { stdout } = await run(`list their-product --json --state ${sealed}`);
    return /"pattern": "([^"]+)"/.exec(stdout)?.[1];
  };

  it('make what import takes once somebody named its key, from then on without a word', async () => {
    const fingerprint = sign([dated('2026-06-08')]);
    expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
    const shown = await run(`carry show ${join(maker, 'signed-catalog.txt')}`);
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.stdout).toContain(fingerprint);
    const left = await taking('maker-1.txt');
    expect(left.stderr).toContain(`their-product (${fingerprint}). Take them by --accept-catalog, or name the key`);
    expect(await pattern()).toBeUndefined();
    const taken = await taking('maker-2.txt', '--trust', fingerprint);
    expect(taken.code, taken.stderr).toBe(1);
    expect(taken.stderr).toContain('newer features now: their-product');
    expect(await pattern()).toBe('a.example');
    sign([dated('2026-09-01', 'b.example')]);
    expect((await taking('maker-3.txt')).stderr).toContain('newer features now: their-product');
    expect(await pattern()).toBe('b.example');
  });

  it('make nothing that puts an older catalog in place of a newer one, unless somebody says so', async () => {
    sign([dated('2025-01-01', 'old.example')]);
    expect((await taking('maker-4.txt')).stderr).toContain('older than those here, and were left: their-product');
    expect(await pattern()).toBe('b.example');
    await taking('maker-5.txt', '--accept-catalog');
    expect(await pattern()).toBe('old.example');
  });

  it('make nothing that passes when it was changed', async () => {
    sign([dated('2026-10-01')]);
    const file = join(maker, 'signed-catalog.txt');
    writeFileSync(file, readFileSync(file, 'utf8').replace('a.example', 'evil.example'));
    expect(await run(`carry show ${file}`)).toMatchObject({ code: 2 });
    expect((await taking('maker-6.txt')).stderr).toContain('unsigned by a trusted key: their-product.');
    expect(await pattern()).toBe('old.example');
    rmSync(join(sealed, 'catalog'), { recursive: true });
  });
});

describe('the verification that docs/carry.md shows', () => {
  const [, script = ''] = /<!-- verify -->\n```sh\n([^`]+)```/.exec(page) ?? [];
  const verify = (file: string): string => {
    try {
      return execFileSync('sh', ['-c', script.replaceAll('result.txt', file)], {
        cwd: folder,
        stdio: 'pipe',
      }).toString();
    } catch (error) {
      return String((error as { stdout?: unknown }).stdout);
    }
  };

  it('says the same as wayclear', () => {
    const said = verify(result);
    expect(said).toContain('Signature Verified Successfully');
    expect(said).toContain(connectedKey);
    writeFileSync(at('bad.txt'), readFileSync(result, 'utf8').replace('"ended":null', '"ended":nulL'));
    expect(verify(at('bad.txt'))).toContain('Signature Verification Failure');
    writeFileSync(at('crlf.txt'), readFileSync(result, 'utf8').replaceAll('\n', '\r\n'));
    expect(verify(at('crlf.txt'))).toContain('Signature Verified Successfully');
  });
});
