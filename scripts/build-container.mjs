// Makes a container image, dist/container/wayclear-linux-x64.tar (an OCI layout), from nothing but the Linux executable and
// the libraries that it needs, out of Debian's packages: docs/executables.md.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '..');
const out = join(root, 'dist', 'container');
const executable = join(root, 'dist', 'exe', 'wayclear-linux-x64');
const packages = ['libc6', 'libgcc-s1', 'libstdc++6'];
/** Where Debian keeps them, and what the runtime is linked with. */
const libraries = {
  'lib/x86_64-linux-gnu': ['libc.so.6', 'libdl.so.2', 'libgcc_s.so.1', 'libm.so.6', 'libpthread.so.0'],
  'usr/lib/x86_64-linux-gnu': ['libstdc++.so.6'],
};
const loader = 'ld-linux-x86-64.so.2';
const user = 65532;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

function put(file, contents) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
}

/** The packages' names, versions and sums, unpacked into a folder. */
function debianPackages(folder) {
  const fetched = join(folder, 'fetched');
  mkdirSync(fetched, { recursive: true });
  const fetch = (names) =>
    execFileSync('apt-get', ['-qq', '-o', 'APT::Sandbox::User=', 'download', ...names], { cwd: fetched });
  const field = (file, which) => execFileSync('dpkg-deb', ['-f', file, which], { encoding: 'utf8' }).trim();
  const all = () => readdirSync(fetched).map((name) => join(fetched, name));
  fetch(packages.map((name) => `${name}:amd64`));
  // The licence of the compiler's libraries is in a package of its own, named by the compiler's version.
  fetch(
    all()
      .flatMap((file) => /\bgcc-[0-9]+-base\b/.exec(field(file, 'Depends')) ?? [])
      .slice(0, 1),
  );
  return all()
    .sort()
    .map((file) => {
      execFileSync('dpkg-deb', ['-x', file, join(folder, 'unpacked')]);
      const sum = sha256(readFileSync(file));
      return { name: field(file, 'Package'), version: field(file, 'Version'), sha256: sum };
    });
}

/** The tree of the image: what is run, what it is linked with, and what each of them is licensed by. */
function makeTree(tree, unpacked, debian) {
  const library = (folder, name) => {
    mkdirSync(join(tree, 'lib/x86_64-linux-gnu'), { recursive: true });
    // The file itself, which may have a longer name.
    copyFileSync(join(unpacked, folder, name), join(tree, 'lib/x86_64-linux-gnu', name));
  };
  for (const [folder, names] of Object.entries(libraries)) for (const name of names) library(folder, name);
  mkdirSync(join(tree, 'lib64'));
  copyFileSync(join(unpacked, 'lib/x86_64-linux-gnu', loader), join(tree, 'lib64', loader));
  mkdirSync(join(tree, 'usr/bin'), { recursive: true });
  copyFileSync(executable, join(tree, 'usr/bin/wayclear'));
  for (const file of [`lib64/${loader}`, 'usr/bin/wayclear']) chmodSync(join(tree, file), 0o755);
  put(join(tree, 'etc/nsswitch.conf'), 'hosts: files dns\n');
  put(join(tree, 'etc/passwd'), `wayclear:x:${user}:${user}::/:/nonexistent\n`);
  put(join(tree, 'etc/group'), `wayclear:x:${user}:\n`);
  for (const { name } of debian) {
    const [from, to] = [unpacked, tree].map((one) => join(one, 'usr/share/doc', name, 'copyright'));
    if (existsSync(from)) put(to, readFileSync(from));
  }
  copyFileSync(join(root, 'dist/exe/LICENCES.txt'), join(tree, 'usr/share/doc/wayclear.txt'));
  for (const mounted of ['proc', 'dev', 'sys', 'reports']) mkdirSync(join(tree, mounted));
  mkdirSync(join(tree, 'tmp'));
  chmodSync(join(tree, 'tmp'), 0o1777);
}

/** A tar whose bytes follow from names and contents alone. */
function tarOf(folder, file) {
  const order = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--format=gnu'];
  execFileSync('tar', [...order, '-cf', file, '-C', folder, '.']);
}

/** An image of one layer, as a folder by OCI's image layout. */
function makeLayout(layout, layer, debian) {
  const blob = (mediaType, bytes) => {
    const digest = sha256(bytes);
    put(join(layout, 'blobs/sha256', digest), bytes);
    return { mediaType, digest: `sha256:${digest}`, size: bytes.length };
  };
  const { version, description, license } = JSON.parse(readFileSync(join(root, 'package.json')));
  const contents = readFileSync(layer);
  const settings = {
    ...{ architecture: 'amd64', os: 'linux' },
    config: {
      ...{ User: `${user}:${user}`, Entrypoint: ['/usr/bin/wayclear'], WorkingDir: '/reports' },
      Env: ['PATH=/usr/bin', 'HOME=/tmp'],
      Labels: {
        ...{ 'org.opencontainers.image.title': 'wayclear', 'org.opencontainers.image.version': version },
        'org.opencontainers.image.description': description,
        'org.opencontainers.image.licenses': license,
      },
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(contents)}`] },
    history: [{ comment: debian.map((one) => `${one.name} ${one.version}`).join(', ') }],
  };
  const type = (name) => `application/vnd.oci.image.${name}`;
  const manifest = {
    ...{ schemaVersion: 2, mediaType: type('manifest.v1+json') },
    config: blob(type('config.v1+json'), Buffer.from(json(settings))),
    layers: [blob(type('layer.v1.tar+gzip'), gzipSync(contents))],
  };
  const descriptor = {
    ...blob(type('manifest.v1+json'), Buffer.from(json(manifest))),
    annotations: { 'org.opencontainers.image.ref.name': `localhost/wayclear:${version}` },
  };
  put(join(layout, 'oci-layout'), json({ imageLayoutVersion: '1.0.0' }));
  put(join(layout, 'index.json'), json({ schemaVersion: 2, manifests: [descriptor] }));
}

const stage = mkdtempSync(join(tmpdir(), 'wayclear-container-'));
try {
  const debian = debianPackages(stage);
  makeTree(join(stage, 'tree'), join(stage, 'unpacked'), debian);
  tarOf(join(stage, 'tree'), join(stage, 'layer.tar'));
  makeLayout(join(stage, 'layout'), join(stage, 'layer.tar'), debian);
  mkdirSync(out, { recursive: true });
  const file = join(out, 'wayclear-linux-x64.tar');
  tarOf(join(stage, 'layout'), `${file}.part`);
  renameSync(`${file}.part`, file);
  put(join(out, 'inputs.json'), json({ executable: sha256(readFileSync(executable)), debian }));
  const names = ['inputs.json', 'wayclear-linux-x64.tar'];
  put(join(out, 'SHA256SUMS'), names.map((name) => `${sha256(readFileSync(join(out, name)))}  ${name}\n`).join(''));
  console.log(`dist/container/wayclear-linux-x64.tar: ${debian.map((one) => `${one.name} ${one.version}`).join(', ')}`);
} finally {
  rmSync(stage, { recursive: true, force: true });
}
