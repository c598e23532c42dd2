import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Folder, lacking, temporaryFolder } from '../real/parts.ts';
import { type Ended, started } from './programs.ts';

const root = join(import.meta.dirname, '..', '..');
const image = join(root, 'dist', 'container', 'wayclear-linux-x64.tar');
const reason =
  inject('lacks').linux ?? lacking({ podman: 'podman crun', 'dpkg-deb': 'dpkg', unshare: 'util-linux' }, true);

interface Layout {
  readonly manifests: readonly { readonly digest: string }[];
}
interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string }[];
}
interface Config {
  readonly config: { readonly User: string; readonly Entrypoint: readonly string[]; readonly WorkingDir: string };
}

let folder: Folder;
let tree = '';
/** The files in it but for licences. */
let files: readonly string[] = [];
let config: Config['config'];
/** What stands before the program's arguments: podman's command line, or that of a plain chroot. */
let before: readonly string[] = [];
const server = createServer((_, response) => response.end('yes'));

const blob = <T>(digest: string): T =>
  JSON.parse(readFileSync(join(folder.path, 'blobs', digest.replace(':', '/')), 'utf8')) as T;

/** Without root, without a file that can be written to but in /tmp, in the network of this machine. */
function podman(): readonly string[] {
  const own = ['--root', join(folder.path, 'store'), '--runroot', join(folder.path, 'run')];
  return ['podman', ...own, '--storage-driver', 'vfs', '--cgroup-manager', 'cgroupfs'];
}

/** The same by hand, as podman gives it a hosts file and the null device: its own mounts, the tree read-only, the user of the image. */
function chroot(): readonly string[] {
  writeFileSync(join(tree, 'etc', 'hosts'), '127.0.0.1 localhost onlyhere\n');
  const lines = `mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && mount -t proc none "$0/proc" && mount -t tmpfs none "$0/tmp" && mount -t tmpfs none "$0/dev" && touch "$0/dev/null" && mount --bind /dev/null "$0/dev/null" && exec chroot --userspec=${config.User} "$0" "$@"`;
  return ['unshare', '--mount', '--pid', '--fork', 'sh', '-c', lines, tree, ...config.Entrypoint];
}

beforeAll(() => {
  if (reason !== null) return;
  execFileSync(process.execPath, [join(root, 'scripts', 'build-container.mjs')], { cwd: root, stdio: 'inherit' });
  folder = temporaryFolder();
  execFileSync('tar', ['-xf', image, '-C', folder.path]);
  const { manifests } = JSON.parse(readFileSync(join(folder.path, 'index.json'), 'utf8')) as Layout;
  const manifest = blob<Manifest>(manifests[0]?.digest ?? '');
  ({ config } = blob<Config>(manifest.config.digest));
  tree = join(folder.path, 'tree');
  mkdirSync(tree);
  const layer = join(folder.path, 'blobs', (manifest.layers[0]?.digest ?? '').replace(':', '/'));
  execFileSync('tar', ['-xzf', layer, '-C', tree]);
  files = readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(tree.length + 1))
    .filter((file) => !file.startsWith('usr/share/doc/'));
  const loaded = spawnSync('podman', [...podman().slice(1), 'load', '-i', image], { encoding: 'utf8' });
  const name = loaded.stdout?.trim().split(' ').at(-1) ?? '';
  const limits = ['--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024'];
  const network = ['--network', 'host', '--add-host', 'onlyhere:127.0.0.1'];
  const options = ['run', '--rm', '--read-only', '--tmpfs', '/tmp', ...network, '--cgroups', 'disabled', ...limits];
  const command = [...podman(), ...options, name];
  const tried = spawnSync(command[0] ?? '', [...command.slice(1), '--version'], { encoding: 'utf8' });
  if (tried.status === 0) before = command;
  else {
    process.stderr.write(`tests: the image is run by chroot, for podman can't: ${(tried.stderr ?? '').trim()}\n`);
    before = chroot();
  }
}, 300_000);

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));

afterAll(() => {
  server.close();
  folder?.close();
});

const run = (...args: readonly string[]): Promise<Ended> => started([...before, ...args]);

describe.skipIf(reason !== null)('the container image', () => {
  it('holds the executable, the libraries that it is linked with, and licences: no shell, no package manager', () => {
    expect(files.toSorted()).toEqual([
      ...['etc/group', 'etc/nsswitch.conf', 'etc/passwd'],
      ...['libc.so.6', 'libdl.so.2', 'libgcc_s.so.1', 'libm.so.6', 'libpthread.so.0', 'libstdc++.so.6'].map(
        (name) => `lib/x86_64-linux-gnu/${name}`,
      ),
      ...['lib64/ld-linux-x86-64.so.2', 'usr/bin/wayclear'],
    ]);
    expect(readdirSync(join(tree, 'usr/share/doc')).join(' ')).toMatch(/gcc-\d+-base.*libc6.*wayclear\.txt/);
  });

  it('is run by a user who is not root', () => {
    expect(config).toMatchObject({ User: '65532:65532', Entrypoint: ['/usr/bin/wayclear'] });
  });

  it('runs the demo', async () => {
    const { code, stdout, stderr } = await run('demo');
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/32 of 32 servers were explained/);
    expect(stdout).toContain('tls.inspection');
  }, 120_000);

  it('checks a server by a name that the system has to be asked for', async () => {
    const { port } = server.address() as AddressInfo;
    const { code, stdout, stderr } = await run(
      'check',
      `http://onlyhere:${port}/`,
      '--proxy',
      'direct',
      '--format',
      'json',
    );
    expect(code, stderr).toBe(0);
    const report = JSON.parse(stdout) as unknown;
    const system = { addresses: expect.arrayContaining(['127.0.0.1']), error: null };
    expect(report).toMatchObject({
      summary: { reachable: 1 },
      observations: { probes: [{ dns: { value: { system } } }] },
    });
  }, 60_000);

  it('can write nowhere but to what is mounted for it', async () => {
    const { code, stderr } = await run('list', '--format', 'json', '-o', '/reports/report.json');
    expect(code).toBe(2);
    expect(stderr).toMatch(/read-only|EROFS/i);
  }, 60_000);
});
