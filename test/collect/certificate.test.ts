import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type CertificateFiles, certificateFiles, certificateKeeper } from '../../src/cli/collect-certificate.ts';
import { createAuthority, type Issued, issueCertificate, type LeafOptions } from '../../src/demo/pki.ts';
import { type Listening, listen } from '../../src/serve/server.ts';
import { wordsOf } from '../../src/words/load.ts';
import { loadCollectWords } from '../../src/words/load-collect.ts';
import { wayclear } from '../cli/in-process.ts';
import { temporaryFolder } from '../real/parts.ts';

const folder = temporaryFolder();
afterAll(() => folder.close());
const root = createAuthority({ name: 'Lab root' });
const issued = (more: LeafOptions = {}): Issued =>
  issueCertificate(root, { commonName: 'localhost', dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'], ...more });
const files = { cert: join(folder.path, 'cert.pem'), key: join(folder.path, 'key.pem') };
let writes = 0;
/** Never the same file twice, whatever the clock of its file system can tell apart. */
function put(file: string, text: string): void {
  writes += 1;
  writeFileSync(file, `${text}${'\n'.repeat(writes)}`);
}
const putBoth = ({ chainPem, keyPem }: Issued): void => {
  put(files.cert, chainPem);
  put(files.key, keyPem);
};

const pipe = join(folder.path, 'pipe');
execFileSync('mkfifo', [pipe]);
const instead = (file: string, other: string): void => {
  rmSync(file);
  symlinkSync(other, file);
};

const dayMs = 86_400_000;
const now = Date.parse('2026-11-30T08:00:00Z');
const time = { wall: now };
const clock = { wall: () => time.wall, now: () => time.wall };
const words = await loadCollectWords('en');

/** A collector's door with the files' certificate, and what keeps it. */
async function open(): Promise<{ door: Listening; read: CertificateFiles; told: string[]; keep: () => void }> {
  const read = certificateFiles(files, '/');
  const answer = async () => ({ status: 200, type: 'text/plain', body: 'ok' });
  const door = await listen({ host: '127.0.0.1', port: 0, tls: read.current }, answer, () => undefined);
  const told: string[] = [];
  const { refusals } = wordsOf('en');
  const keep = certificateKeeper(read, {
    ...{ clock, words, refusals, renew: door.renew },
    tell: (line) => void told.push(line),
  });
  return { door, read, told, keep };
}

const shownBy = ({ port }: Listening): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca: [root.pem] }, () => {
      const der = socket.getPeerX509Certificate();
      socket.destroy();
      resolve((der?.fingerprint256 ?? '').replaceAll(':', '').toLowerCase());
    });
    socket.on('error', reject);
  });

beforeEach(() => {
  time.wall = now;
});

describe('the certificate of a collector', () => {
  it('is served, and the next one from when its files are there, though one comes after the other', async () => {
    const [first, second] = [issued(), issued()];
    putBoth(first);
    const { door, told, keep } = await open();
    keep();
    expect(await shownBy(door)).toBe(first.sha256);
    put(files.cert, second.chainPem);
    keep();
    expect(await shownBy(door)).toBe(first.sha256);
    put(files.key, second.keyPem);
    keep();
    expect(await shownBy(door)).toBe(second.sha256);
    expect(told).toEqual([
      expect.stringMatching(/^the certificate in use stays, .*certificate and key do not fit each other/),
      expect.stringMatching(/^the new certificate is in use, valid until 2049-12-31/),
    ]);
    await door.close();
  });

  it.each<[string, () => void]>([
    ['is no certificate', () => put(files.cert, 'x')],
    ['is not there any more', () => rmSync(files.key)],
    [
      'has a chain that is broken off',
      () => put(files.cert, `${issued().chainPem}-----BEGIN CERTIFICATE-----\nMIIB\n`),
    ],
    ['has a key that TLS takes for too short', () => putBoth(issued({ key: 'rsa', rsaBits: 512 }))],
  ])('stays when the new one %s, which is told once', async (_, change) => {
    const first = issued();
    putBoth(first);
    const { door, told, keep } = await open();
    change();
    for (let count = 0; count < 3; count += 1) keep();
    expect(told).toEqual([expect.stringMatching(/^the certificate in use stays, for the new one is of no use: /)]);
    expect(await shownBy(door)).toBe(first.sha256);
    const next = issued();
    putBoth(next);
    keep();
    expect(await shownBy(door)).toBe(next.sha256);
    await door.close();
  });

  it('that ends is told once a day from a week before, and no more when it was renewed', async () => {
    putBoth(issued({ notAfter: new Date(now + 9 * dayMs) }));
    const { door, told, keep } = await open();
    const days = (count: number): readonly string[] => {
      told.length = 0;
      for (let hour = 0; hour < count * 24; hour += 1) {
        keep();
        time.wall += 3_600_000;
      }
      return told;
    };
    expect(days(2)).toEqual([]);
    expect(days(3)).toEqual(Array(3).fill(expect.stringContaining('the certificate ends on 2026-12-09T08:00:00.000Z')));
    time.wall = now + 9 * dayMs;
    expect(days(2)).toEqual(Array(2).fill(expect.stringContaining('the certificate ended on 2026-12-09')));
    putBoth(issued());
    expect(days(2)).toEqual([expect.stringMatching(/^the new certificate is in use/)]);
    await door.close();
  });

  it.each<[string, () => void, RegExp]>([
    ['of another key', () => put(files.key, issued().keyPem), /do not fit each other/],
    ['that is not there', () => rmSync(files.cert), /can not be read/],
    ['that has no end', () => instead(files.cert, '/dev/zero'), /can not be read/],
    ['of a pipe into which nobody writes', () => instead(files.key, pipe), /do not fit each other/],
    ['with too short a key', () => putBoth(issued({ key: 'rsa', rsaBits: 512 })), /do not fit each other/],
  ])('%s is a mistake at the start', (_, change, line) => {
    putBoth(issued());
    change();
    expect(() => certificateFiles(files, '/')).toThrow(line);
    for (const file of [files.cert, files.key]) rmSync(file, { force: true });
  });
});

describe('a look before the start', () => {
  it('tells of a certificate that nobody can read in its line, and looks at all else', async () => {
    const store = ['--store', join(folder.path, 'check.db')];
    const args = ['collect', '--check', '--listen', '127.0.0.1:0', ...store, '--tls-key', files.key, '--tls-cert'];
    const said = await wayclear([...args, join(folder.path, 'gone.pem')]);
    expect(said.code).toBe(1);
    expect(said.stderr).toBe('');
    expect(said.stdout).toMatch(/^✗ certificate: .*gone\.pem/m);
    expect(said.stdout.trimEnd().split('\n')).toHaveLength(5);
    putBoth(issued());
    writeFileSync(join(folder.path, 'no.pem'), 'no certificate');
    const other = await wayclear([...args, join(folder.path, 'no.pem')]);
    expect(other.code).toBe(1);
    expect(other.stdout).toMatch(/^✗ certificate: .*no\.pem/m);
  }, 120_000);

  it('tells of a file of read tokens that is not there, or holds none, as the start would', async () => {
    const store = join(folder.path, 'readers.db');
    const args = ['collect', '--check', '--listen', '127.0.0.1:0', '--store', store, '--read-token-file'];
    const file = join(folder.path, 'readers.txt');
    expect(await wayclear([...args, file])).toMatchObject({ code: 2, stdout: '' });
    writeFileSync(file, '\n');
    expect(await wayclear([...args, file])).toMatchObject({ code: 2, stdout: '' });
    writeFileSync(file, 'reader\n');
    expect((await wayclear([...args, file])).stdout).toMatch(/^✓ address/);
  }, 120_000);

  it('says in the words of a language why an address and a folder are of no use', async () => {
    const server = createServer();
    const port = await new Promise<number>((done) => {
      server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port));
    });
    const store = join(folder.path, 'nowhere', 'check.db');
    const said = await wayclear([
      'collect',
      '--check',
      '--listen',
      `127.0.0.1:${port}`,
      '--store',
      store,
      '--lang',
      'nl',
    ]);
    server.close();
    expect(said.code).toBe(1);
    expect(said.stdout).toMatch(/^✗ .*: een ander programma heeft het adres$/m);
    expect(said.stdout).toMatch(/^✗ schijf: bestand of map bestaat niet$/m);
    expect(said.stdout).not.toMatch(/EADDR|ENOENT/);
  }, 120_000);
});
