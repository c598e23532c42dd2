import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createSystemResolver,
  needsSystemResolver,
  type SystemResolver,
  systemScope,
} from '../../../src/probe/dns/system-resolver.ts';

describe('whether the operating system has to be asked', () => {
  it.each<readonly [string, string, string | null, boolean]>([
    ['on Windows', 'win32', null, true],
    ['on macOS', 'darwin', null, true],
    ['on Linux without nsswitch.conf (musl)', 'linux', null, false],
    ['on Linux with files and dns', 'linux', 'passwd: files\nhosts:\t files dns\n', false],
    ['with myhostname', 'linux', 'hosts: files myhostname dns', false],
    ['with mDNS', 'linux', 'hosts: files mdns4_minimal [NOTFOUND=return] dns', true],
    ['with systemd-resolved', 'linux', 'hosts: mymachines resolve [!UNAVAIL=return] files dns', true],
    [
      'with actions and a comment alone',
      'linux',
      'hosts: files [NOTFOUND=return success=continue] dns # resolve',
      false,
    ],
    ['with a comment instead of a line', 'linux', '# hosts: ldap\n', false],
    ['with an empty line', 'linux', 'hosts:\nnetworks: ldap', false],
    ['with CRLF', 'linux', 'hosts: files dns\r\nnetworks: ldap\r\n', false],
  ])('%s', (_, platform, nsswitch, needed) => {
    expect(needsSystemResolver(platform, nsswitch)).toBe(needed);
    expect(systemScope(platform, nsswitch)).toBe(needed ? 'every-name' : 'single-label');
  });
});

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const always = new AbortController().signal;

function made(change: Partial<Parameters<typeof createSystemResolver>[0]> = {}): SystemResolver {
  const resolver = createSystemResolver({ environment: process.env, scope: 'every-name', ...change });
  open.push(() => resolver.close());
  return resolver;
}

/** A program in place of the runtime: `answer(name, line)` gives what it writes for a name, as JavaScript text. */
async function stand(answer: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'system-'));
  open.push(() => rm(folder, { recursive: true }));
  const program = join(folder, 'program');
  const code = `#!${process.execPath}
    const write = (name, error) => console.log(JSON.stringify({ name, addresses: [], error }));
    let number = 0;
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      number += 1;
      for (const name of JSON.parse(line)) { ${answer} }
    }).on('close', () => process.exit());`;
  await writeFile(program, code, { mode: 0o755 });
  return program;
}

async function gone(pid: number): Promise<boolean> {
  for (let turn = 0; turn < 200; turn++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await pause(20);
  }
  return false;
}

describe('the system resolver', () => {
  it('answers as getaddrinfo does', async () => {
    const resolver = made();
    const [literal, local, impossible] = await Promise.all([
      resolver.lookup('192.0.2.7', always),
      resolver.lookup('localhost', always),
      resolver.lookup('x'.repeat(300), always),
    ]);
    expect(literal).toEqual({ addresses: ['192.0.2.7'], error: null });
    expect(local.addresses.every((address) => address === '::1' || address.startsWith('127.'))).toBe(true);
    expect(local).toMatchObject({ error: null });
    expect(impossible).toMatchObject({ addresses: [], error: expect.stringMatching(/^E/) });
  });

  it('sends the names of a moment in one batch to one child, and asks once for a name', async () => {
    const resolver = made({ program: await stand('write(name, [process.pid, number].join(" "))') });
    const answers = await Promise.all(['a', 'b', 'c', 'a'].map((name) => resolver.lookup(name, always)));
    expect(new Set(answers.map(({ error }) => error)).size).toBe(1);
    const later = await resolver.lookup('d', always);
    expect(later.error?.split(' ')).toEqual([answers[0]?.error?.split(' ')[0], '2']);
  });

  it('gives the child the environment without what changes the runtime', async () => {
    const text =
      'write(name, ["NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "RES_OPTIONS"].map((key) => process.env[key]).join("|"))';
    const environment = {
      ...process.env,
      NODE_OPTIONS: '--no-warnings',
      NODE_EXTRA_CA_CERTS: 'x',
      RES_OPTIONS: 'ndots:2',
    };
    const resolver = made({ program: await stand(text), environment });
    expect(await resolver.lookup('a', always)).toEqual({ addresses: [], error: '||ndots:2' });
  });

  it('gives up a hanging lookup at its signal, kills the child, and starts afresh', async () => {
    const resolver = made({ program: await stand('if (name !== "hang") write(name, String(process.pid))') });
    const first = await resolver.lookup('a', always);
    const patience = new AbortController();
    const hanging = resolver.lookup('hang', patience.signal);
    setTimeout(() => patience.abort(), 50);
    expect(await hanging).toEqual({ addresses: [], error: 'ETIMEOUT' });
    expect(await gone(Number(first.error))).toBe(true);
    const next = await resolver.lookup('b', always);
    expect(Number(next.error)).toBeGreaterThan(0);
    expect(next.error).not.toBe(first.error);
  });

  it('lets others wait for a name that one caller gives up', async () => {
    const resolver = made({ program: await stand('setTimeout(() => write(name, "late"), 100)') });
    const patience = new AbortController();
    const pending = [resolver.lookup('a', patience.signal), resolver.lookup('a', always)];
    patience.abort();
    expect((await Promise.all(pending)).map(({ error }) => error)).toEqual(['ETIMEOUT', 'late']);
  });

  it('ends what is under way and the child when it is closed', async () => {
    const resolver = made({ program: await stand('if (name !== "hang") write(name, String(process.pid))') });
    const { error } = await resolver.lookup('a', always);
    const hanging = resolver.lookup('hang', always);
    resolver.close();
    expect(await hanging).toEqual({ addresses: [], error: 'ECANCELLED' });
    expect(await resolver.lookup('b', always)).toEqual({ addresses: [], error: 'ECANCELLED' });
    expect(await gone(Number(error))).toBe(true);
  });

  it.each([
    ['dies', 'process.exit(3)', 'ECANCELLED'],
    ['writes without end', 'process.stdout.write("x".repeat(1e6))', 'ECANCELLED'],
    ['writes nonsense first', 'console.log("{]\\nnull\\n7\\n[]\\n{}"); write(name, "fine")', 'fine'],
    ['writes control bytes', 'write(name, "\\u001b[2J")', '\ufffd[2J'],
  ])('survives a child that %s', async (_, text, error) => {
    const resolver = made({ program: await stand(text) });
    expect(await resolver.lookup('a', always)).toEqual({ addresses: [], error });
  });

  it('says so when no child can be started', async () => {
    const resolver = made({ program: join(tmpdir(), 'no', 'such', 'program') });
    expect(await resolver.lookup('a', always)).toEqual({ addresses: [], error: 'ENOENT' });
  });
});
