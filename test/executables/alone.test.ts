import {
  chmodSync,
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Folder, lacking, must, temporaryFolder } from '../real/parts.ts';
import { type Ended, executable, executableFile, started } from './programs.ts';

const lacks = inject('lacks');
/** Why nothing can be signed here; null: it can. */
const unsignable = lacks.windows ?? lacking({ osslsigncode: 'osslsigncode', openssl: 'openssl' });
const root = join(import.meta.dirname, '..', '..');

let folder: Folder;
let copy = '';
const server = createServer((_, response) => response.end('yes'));
const pac = (): string => join(folder.path, 'proxy.pac');

/** A check whose PAC file starts the engine, and whose name starts the child. */
const check = (): readonly string[] => {
  const { port } = server.address() as AddressInfo;
  return ['check', `http://localhost:${port}/`, '--proxy', `pac+file://${pac()}`, '--format', 'json'];
};

beforeAll(async () => {
  folder = temporaryFolder();
  writeFileSync(pac(), 'function FindProxyForURL() { return "DIRECT"; }');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  if (lacks.linux !== null) return;
  mkdirSync(join(folder.path, 'bin'));
  copy = join(folder.path, 'bin', 'wayclear');
  cpSync(executableFile('wayclear-linux-x64'), copy);
});

afterAll(() => {
  server.close();
  folder.close();
});

describe.skipIf(lacks.linux !== null)('an executable alone', () => {
  it('unpacks nothing, neither beside itself nor where temporary files go', async () => {
    const places = ['home', 'tmp', 'work'].map((name) => join(folder.path, name));
    const [home = '', tmp = '', work = ''] = places;
    for (const place of places) mkdirSync(place);
    const { code, stdout, stderr } = await started([copy, ...check()], { HOME: home, TMPDIR: tmp }, work);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { reachable: 1 } });
    expect(places.flatMap((place) => readdirSync(place))).toEqual([]);
    expect(readdirSync(join(folder.path, 'bin'))).toEqual(['wayclear']);
  });

  it('reads no file of a stranger that lies beside it', async () => {
    const lines = 'throw new Error("a stranger was asked");';
    for (const name of ['yargs', 'quickjs-wasi', 'proxy-agent', 'kerberos']) {
      const beside = join(folder.path, 'bin', 'node_modules', name);
      mkdirSync(beside, { recursive: true });
      writeFileSync(join(beside, 'index.js'), lines);
      writeFileSync(join(beside, 'package.json'), `{"name":"${name}","main":"index.js","exports":"./index.js"}`);
    }
    mkdirSync(join(folder.path, 'bin', 'cli'));
    writeFileSync(join(folder.path, 'bin', 'cli', 'main.js'), lines);
    mkdirSync(join(folder.path, 'bin', 'endpoints'));
    for (const name of [
      'bin/endpoints/anchors.json',
      'endpoints/anchors.json',
      'bin/catalog.json',
      'bin/help.en.json',
    ]) {
      mkdirSync(join(folder.path, name, '..'), { recursive: true });
      writeFileSync(join(folder.path, name), 'of a stranger');
    }
    const whole = executable('wayclear-linux-x64');
    for (const args of [['list'], ['--help'], ['check', '--verbose', '--help'], ['schema']]) {
      expect(await started([copy, ...args])).toEqual(await whole.run(args));
    }
    expect((await started([copy, ...check()])).code).toBe(0);
  });

  it('takes the code cache that it holds', async () => {
    const hook = join(folder.path, 'hook.cjs');
    writeFileSync(
      hook,
      `const vm = require('node:vm');
       vm.Script = class extends vm.Script {
         constructor(text, options) { super(text, options); console.error('refused:', this.cachedDataRejected); }
       };`,
    );
    const names = ['wayclear-linux-x64', ...(lacks.windows === null ? ['wayclear-win-x64.exe'] : [])];
    for (const name of names) {
      const program = executable(name);
      const hooked = { NODE_OPTIONS: `--require ${program.path(hook).replaceAll('\\', '/')}` };
      const { stderr } = await program.run(['explain', 'tls.inspection'], { env: hooked });
      expect(stderr, name).toMatch(/^refused: false\r?$/m);
    }
  });

  it('does not blame the PAC file where its own engine is damaged', async () => {
    const wasm = readFileSync(join(root, 'node_modules', 'quickjs-wasi', 'quickjs.wasm')).subarray(0, 256);
    const damaged = join(folder.path, 'damaged');
    cpSync(copy, damaged);
    chmodSync(damaged, 0o755);
    const at = readFileSync(damaged).indexOf(wasm);
    expect(at).toBeGreaterThan(0);
    const handle = openSync(damaged, 'r+');
    writeSync(handle, Buffer.from('damaged!'), 0, 8, at);
    closeSync(handle);
    const { code, stdout, stderr }: Ended = await started([damaged, ...check()]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('The PAC file is not to blame.');
  });

  it.skipIf(lacks.windows !== null || unsignable !== null)(
    'runs on Windows when it is signed as documented',
    async () => {
      const file = (name: string): string => join(folder.path, name);
      const name = ['-subj', '/CN=Example signing', '-addext', 'extendedKeyUsage=codeSigning'];
      const made = [
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        file('key.pem'),
        '-out',
        file('signer.pem'),
        '-days',
        '2',
      ];
      must('openssl', ['req', '-x509', ...made, ...name]);
      writeFileSync(file('word'), 'secret');
      const store = ['-inkey', file('key.pem'), '-in', file('signer.pem'), '-out', file('signer.p12')];
      must('openssl', ['pkcs12', '-export', ...store, '-passout', `file:${file('word')}`]);
      const signer = ['-pkcs12', file('signer.p12'), '-readpass', file('word'), '-h', 'sha256', '-n', 'wayclear'];
      const whole = executableFile('wayclear-win-x64.exe');
      must('osslsigncode', ['sign', ...signer, '-in', whole, '-out', file('signed.exe')]);
      expect(must('osslsigncode', ['verify', '-CAfile', file('signer.pem'), '-in', file('signed.exe')])).toMatch(
        /Number of verified signatures: 1/,
      );
      const args = ['explain', 'tls.inspection'];
      const ended = await executable('wayclear-win-x64.exe', file('signed.exe')).run(args);
      expect(ended).toEqual(await executable('wayclear-win-x64.exe').run(args));
    },
    120_000,
  );
});
