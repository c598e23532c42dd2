/**
 * The Windows certificate stores as the registry holds them: one key a certificate, named by its SHA-1
 * thumbprint, with a `Blob` of serialized properties. `reg.exe` reads it on every Windows and every runtime.
 */
import type { RunProgram } from '../../system-program.ts';
import { numberOf, parseRegistry, textOf, valuesOf } from '../../windows/registry.ts';
import { type StoredCertificate, storedFromDer } from './stored.ts';

/** Stores whose certificates Windows takes for trusted roots: machine, third party, enterprise, group policy, user. */
export const TRUSTED_KEYS: readonly string[] = [
  'HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\ROOT\\Certificates',
  'HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\AuthRoot\\Certificates',
  'HKLM\\SOFTWARE\\Microsoft\\EnterpriseCertificates\\Root\\Certificates',
  'HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\Root\\Certificates',
  'HKCU\\SOFTWARE\\Microsoft\\SystemCertificates\\Root\\Certificates',
  'HKCU\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\Root\\Certificates',
];

const DISALLOWED_KEYS: readonly string[] = [
  'HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\Disallowed\\Certificates',
  'HKLM\\SOFTWARE\\Microsoft\\EnterpriseCertificates\\Disallowed\\Certificates',
  'HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\Disallowed\\Certificates',
  'HKCU\\SOFTWARE\\Microsoft\\SystemCertificates\\Disallowed\\Certificates',
  'HKCU\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\Disallowed\\Certificates',
];

const AUTO_UPDATE_POLICY = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot';

/** CERT_CERT_PROP_ID of wincrypt.h: the encoded certificate among the serialized properties. */
const CERTIFICATE_PROPERTY = 32;

interface RegistryCertificate {
  /** Lower-case SHA-1 that the key is named by. */
  readonly thumbprint: string;
  /** Hex as printed; empty if the key has no `Blob`. */
  readonly blob: string;
}

/** Certificates in the output of `reg query KEY /s`. */
export function parseRegistryCertificates(text: string): readonly RegistryCertificate[] {
  return parseRegistry(text).flatMap(({ path, values }) => {
    const thumbprint = /\\Certificates\\([0-9A-F]{40})$/i.exec(path)?.[1]?.toLowerCase();
    return thumbprint === undefined ? [] : [{ thumbprint, blob: textOf(values, 'blob') }];
  });
}

/** DER out of a serialized certificate: records of property id, a reserved word, length, data (little endian); null if there is none. */
export function certificateOfBlob(blob: Buffer): Buffer | null {
  for (let at = 0; at + 12 <= blob.length; ) {
    const id = blob.readUInt32LE(at);
    const length = blob.readUInt32LE(at + 8);
    const end = at + 12 + length;
    if (end > blob.length) return null;
    if (id === CERTIFICATE_PROPERTY) return blob.subarray(at + 12, end);
    at = end;
  }
  return null;
}

const query = (exec: RunProgram, key: string, ...more: readonly string[]) => exec('reg.exe', ['query', key, ...more]);

const POWERSHELL =
  'Get-ChildItem Cert:\\LocalMachine\\Root,Cert:\\LocalMachine\\AuthRoot,Cert:\\CurrentUser\\Root | ForEach-Object { [Convert]::ToBase64String($_.RawData) }';

/**
 * Trusted roots from the registry, or by PowerShell where reg.exe is forbidden. Null: neither could be run.
 * A key that does not exist (exit 1) is an empty store.
 */
export async function windowsRoots(
  exec: RunProgram,
): Promise<{ readonly certificates: readonly StoredCertificate[]; readonly from: string } | null> {
  const answers = await Promise.all(TRUSTED_KEYS.map((key) => query(exec, key, '/s')));
  const certificates = answers
    .flatMap((answer) => (answer?.status === 0 ? parseRegistryCertificates(answer.stdout) : []))
    .map(({ blob }) => certificateOfBlob(Buffer.from(blob, 'hex')))
    .map((der) => (der === null ? null : storedFromDer(der)))
    .filter((stored) => stored !== null);
  if (certificates.length > 0) return { certificates, from: 'registry: SystemCertificates Root and AuthRoot' };
  const exported = await exec('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', POWERSHELL]);
  if (exported?.status === 0) {
    const lines = exported.stdout.split(/\r?\n/).filter((line) => line !== '');
    const roots = lines.map((line) => storedFromDer(Buffer.from(line, 'base64'))).filter((stored) => stored !== null);
    return { certificates: roots, from: 'PowerShell: Cert:\\LocalMachine\\Root, AuthRoot, CurrentUser\\Root' };
  }
  return answers.every((answer) => answer === null) ? null : { certificates, from: 'registry' };
}

const thumbprintsOf = (answers: readonly (Awaited<ReturnType<RunProgram>> | null)[]): readonly string[] => [
  ...new Set(
    answers.flatMap((answer) =>
      answer?.status === 0 ? parseRegistryCertificates(answer.stdout).map(({ thumbprint }) => thumbprint) : [],
    ),
  ),
];

/** Roots that are trusted for this account and not for the machine: a service does not trust them. Null if reg.exe could not be run. */
export async function windowsOwnRoots(exec: RunProgram): Promise<number | null> {
  const of = async (root: string): Promise<readonly string[] | null> => {
    const keys = TRUSTED_KEYS.filter((key) => key.startsWith(root));
    const answers = await Promise.all(keys.map((key) => query(exec, key, '/s')));
    return answers.every((answer) => answer === null) ? null : thumbprintsOf(answers);
  };
  const own = await of('HKCU');
  // Most accounts have none, and nobody has to list the machine's then.
  if (own === null || own.length === 0) return own === null ? null : 0;
  const machine = new Set(await of('HKLM'));
  return own.filter((thumbprint) => !machine.has(thumbprint)).length;
}

/** Thumbprints (lower-case SHA-1) of the Disallowed stores; null if reg.exe could not be run. */
export async function windowsDisallowed(exec: RunProgram): Promise<readonly string[] | null> {
  const answers = await Promise.all(DISALLOWED_KEYS.map((key) => query(exec, key, '/s')));
  if (answers.every((answer) => answer === null)) return null;
  return thumbprintsOf(answers);
}

/** Automatic root update: on unless the policy value is there and not zero; null if reg.exe could not be run. */
export async function windowsRootAutoUpdate(exec: RunProgram): Promise<'on' | 'off' | null> {
  const answer = await query(exec, AUTO_UPDATE_POLICY, '/v', 'DisableRootAutoUpdate');
  if (answer === null) return null;
  return answer.status === 0 && (numberOf(valuesOf(answer.stdout), 'disablerootautoupdate') ?? 0) !== 0 ? 'off' : 'on';
}
