/** The operating system's trusted roots, read without changing or verifying anything. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readInlineFile } from '../../inline-file.ts';
import type { RunProgram } from '../../system-program.ts';
import { getCACertificates } from './runtime.ts';
import { type KnownCertificates, readCertificates, type StoredCertificate } from './stored.ts';
import { windowsRoots } from './windows-store.ts';

interface StoreRead {
  /** Null: the store could not be read, and nothing may be judged against it. */
  readonly certificates: readonly StoredCertificate[] | null;
  readonly from: string;
  readonly error: string | null;
}

export type Variables = Readonly<Record<string, string | undefined>>;

const MAX_FILE = 16 * 1024 * 1024;
const MAX_FILES = 2_000;

/** Where distributions keep the bundle; the list is Go's (crypto/x509 root_linux.go, root_bsd.go), first found wins. */
const BUNDLES: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/etc/ssl/cert.pem',
  '/usr/local/share/certs/ca-root-nss.crt',
];
const FOLDERS: readonly string[] = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

/** Content of an ordinary file of at most 16 MiB; throws the system's error, or one with `code` EFBIG. */
export async function readBounded(file: string): Promise<Buffer> {
  const inline = readInlineFile(file);
  if (inline !== null) return inline.bytes;
  const facts = await stat(file);
  if (facts.isFile() && facts.size <= MAX_FILE) return readFile(file);
  const code = facts.isDirectory() ? 'EISDIR' : facts.isFile() ? 'EFBIG' : 'EINVAL';
  throw Object.assign(new Error(code), { code });
}

export const errorCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

async function readFolder(folder: string, known: KnownCertificates): Promise<readonly StoredCertificate[]> {
  const names = (await readdir(folder)).sort().slice(0, MAX_FILES);
  const read = await Promise.all(
    names.map((name) =>
      readBounded(join(folder, name))
        .then((bytes) => readCertificates(bytes, known).certificates)
        .catch(() => []),
    ),
  );
  return read.flat();
}

/**
 * OpenSSL's variables replace the distribution's store, as an administrator who sets them means it. They hold on
 * every runtime version; what Node itself would add to them is left out.
 */
async function unixStore(env: Variables, known: KnownCertificates): Promise<StoreRead> {
  const named = [
    ...(env['SSL_CERT_FILE'] ? [{ path: env['SSL_CERT_FILE'], read: readOneFile }] : []),
    ...(env['SSL_CERT_DIR'] ?? '')
      .split(':')
      .filter((folder) => folder !== '')
      .map((path) => ({ path, read: readFolder })),
  ];
  const places = named.length > 0 ? named : await defaultPlaces();
  if (places.length === 0) return { certificates: null, from: BUNDLES[0] ?? '', error: 'ENOENT' };
  const certificates: StoredCertificate[] = [];
  const errors: string[] = [];
  for (const { path, read } of places) {
    try {
      certificates.push(...(await read(path, known)));
    } catch (error) {
      errors.push(`${path}: ${errorCode(error)}`);
    }
  }
  const error = errors.length > 0 ? errors.join('; ') : certificates.length === 0 ? 'no certificate' : null;
  return {
    certificates: certificates.length === 0 && errors.length > 0 ? null : certificates,
    from: places.map(({ path }) => path).join(', '),
    error,
  };
}

const readOneFile = async (file: string, known: KnownCertificates): Promise<readonly StoredCertificate[]> =>
  readCertificates(await readBounded(file), known).certificates;

async function defaultPlaces() {
  const exists = (path: string): Promise<boolean> =>
    stat(path).then(
      () => true,
      () => false,
    );
  for (const path of BUNDLES) if (await exists(path)) return [{ path, read: readOneFile }];
  for (const path of FOLDERS) if (await exists(path)) return [{ path, read: readFolder }];
  return [];
}

const KEYCHAINS: readonly string[] = [
  '/System/Library/Keychains/SystemRootCertificates.keychain',
  '/Library/Keychains/System.keychain',
];

async function keychains(exec: RunProgram): Promise<StoreRead> {
  const from = KEYCHAINS.join(', ');
  const answer = await exec('/usr/bin/security', ['find-certificate', '-a', '-p', ...KEYCHAINS]);
  if (answer === null || answer.status !== 0)
    return { certificates: null, from, error: `security: ${answer?.status ?? 'not run'}` };
  return nonEmpty(readCertificates(Buffer.from(answer.stdout, 'latin1')).certificates, from);
}

const nonEmpty = (certificates: readonly StoredCertificate[], from: string): StoreRead => ({
  certificates,
  from,
  error: certificates.length === 0 ? 'no certificate' : null,
});

/**
 * The machine store. Windows and macOS: the runtime's own reader where it has one (Node 22.15), else registry
 * and keychains. Everywhere else: files. `known` certificates are not walked again.
 */
export async function machineStore(
  platform: string,
  env: Variables,
  exec: RunProgram,
  known: KnownCertificates = new Map(),
  fromRuntime: ((store: 'system') => readonly string[]) | null = getCACertificates,
): Promise<StoreRead> {
  if (platform !== 'win32' && platform !== 'darwin') return unixStore(env, known);
  if (fromRuntime !== null) {
    try {
      const pems = fromRuntime('system');
      const certificates = pems
        .map((pem) => readCertificates(Buffer.from(pem), known).certificates[0])
        .filter((stored) => stored !== undefined);
      if (certificates.length > 0) return { certificates, from: "tls.getCACertificates('system')", error: null };
    } catch {
      // The runtime could not open the store; the operating system's own tools may.
    }
  }
  if (platform === 'darwin') return keychains(exec);
  const roots = await windowsRoots(exec);
  if (roots === null) return { certificates: null, from: 'registry', error: 'reg.exe and powershell.exe: not run' };
  return nonEmpty(roots.certificates, roots.from);
}
