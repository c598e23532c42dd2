/** The trust stores of a run: what is public, what this machine trusts, what was given, what is distrusted. */
import { dataFile } from '../../data-folder.ts';
import { fileLabel } from '../../inline-file.ts';
import type { Anchor } from '../../model/catalog.ts';
import type { StoreName, TrustStoreFacts } from '../../model/trust.ts';
import type { RunProgram } from '../../system-program.ts';
import { UsageError } from '../../usage-error.ts';
import { systemPrograms } from '../../windows/programs.ts';
import { disallowedNames, readDisallowedList } from './disallowed-list.ts';
import { errorCode, machineStore, readBounded, type Variables } from './machine.ts';
import { runtimeRoots } from './runtime.ts';
import {
  type KnownCertificates,
  readCertificates,
  type StoreContent,
  type StoredCertificate,
  storeContent,
  storedCertificate,
} from './stored.ts';
import { windowsDisallowed, windowsOwnRoots, windowsRootAutoUpdate } from './windows-store.ts';

export interface TrustStores {
  /** For `Environment.trustStores`: one row a source. A count of null means that nothing may be judged against it. */
  readonly facts: readonly TrustStoreFacts[];
  /** Windows; null elsewhere, and where it can't be told. */
  readonly rootAutoUpdate: 'on' | 'off' | null;
  /** Stores that hold this fingerprint, in the order public, machine, extra, catalog. */
  holders(sha256: string): readonly StoreName[];
  /** Certificates with this subject (`nameKey`) in any store. */
  named(key: string): readonly StoredCertificate[];
  /** Null if it could not be read. */
  content(store: StoreName): StoreContent | null;
  /** The certificate itself, from whichever store has it; null if none does. */
  certificate(sha256: string): StoredCertificate | null;
  /** In a Windows Disallowed store by its SHA-1 thumbprint, or, where its bytes are at hand, in the list that Windows fetches. */
  distrusts(sha1: string, der?: () => Buffer | undefined): boolean;
}

export interface TrustStoreOptions {
  /** `--ca-file`. */
  readonly caFiles: readonly string[];
  /** Of the catalog. */
  readonly anchors: readonly Anchor[];
  readonly env: Variables;
  /** As `process.platform` says it. */
  readonly platform: string;
  readonly exec?: RunProgram;
  /** Ends programs that list a store: it is unreadable then. */
  readonly signal?: AbortSignal | undefined;
}

interface PublicRoots {
  readonly roots: readonly {
    readonly sha256: string;
    readonly subjectHash: string;
    readonly der: string;
  }[];
}

const storeProgram = { timeoutMs: 10_000, mostBytes: 64 * 1024 * 1024, encoding: 'latin1' } as const;

/** Public roots: the bundled list and the runtime's own, which differ by version. */
function publicStore(): {
  readonly content: StoreContent;
  readonly known: KnownCertificates;
  readonly facts: TrustStoreFacts;
} {
  // Its names alone are more than ASCII, and stay unread here.
  const { roots } = JSON.parse(dataFile('public-roots.json').toString('latin1')) as PublicRoots;
  const bundled = roots.map(({ sha256, subjectHash, der }) =>
    storedCertificate(sha256, subjectHash, () => Buffer.from(der, 'base64')),
  );
  const known = new Map(storeContent(bundled));
  for (const { sha256, der } of roots) known.set(der, known.get(sha256) as StoredCertificate);
  // As one text: read one by one they take four times as long.
  const runtime = readCertificates(Buffer.from(runtimeRoots().join('\n'), 'latin1'), known).certificates;
  const content = storeContent([...bundled, ...runtime]);
  return {
    content,
    known,
    facts: { name: 'public', count: content.size, from: 'public-roots.json, tls.rootCertificates', error: null },
  };
}

/** A file named on the command line: anything wrong with it is the user's to know. */
async function caFile(file: string, known: KnownCertificates): Promise<readonly StoredCertificate[]> {
  let bytes: Buffer;
  try {
    bytes = await readBounded(file);
  } catch (error) {
    throw new UsageError('file.ca-unreadable', { file, code: errorCode(error) });
  }
  const label = fileLabel(file);
  const { certificates, broken } = readCertificates(bytes, known);
  const refused = certificates.filter(({ x509 }) => x509 === null).length + broken;
  if (certificates.length === 0 && broken === 0) throw new UsageError('file.ca-empty', { file: label });
  if (refused > 0) throw new UsageError('file.ca-broken', { file: label });
  return certificates;
}

async function extraStore(caFiles: readonly string[], env: Variables, known: KnownCertificates) {
  const certificates: StoredCertificate[] = [];
  const facts: TrustStoreFacts[] = [];
  for (const file of new Set(caFiles)) {
    const added = await caFile(file, known);
    certificates.push(...added);
    facts.push({ name: 'extra', count: added.length, from: fileLabel(file), error: null });
  }
  const variable = env['NODE_EXTRA_CA_CERTS'];
  if (variable) {
    const from = `NODE_EXTRA_CA_CERTS=${variable}`;
    try {
      const added = readCertificates(await readBounded(variable), known).certificates;
      certificates.push(...added);
      facts.push({ name: 'extra', count: added.length, from, error: added.length === 0 ? 'no certificate' : null });
    } catch (error) {
      // Node itself warns and goes on without it.
      facts.push({ name: 'extra', count: null, from, error: errorCode(error) });
    }
  }
  return { content: storeContent(certificates), facts };
}

/** Anchors with a certificate that has the published fingerprint; the others can only match a sent certificate. */
function catalogStore(anchors: readonly Anchor[]) {
  const certificates = anchors.flatMap(({ pem, sha256 }) =>
    pem === null ? [] : readCertificates(Buffer.from(pem)).certificates.filter((stored) => stored.sha256 === sha256),
  );
  return { content: storeContent(certificates), fingerprints: new Set(anchors.map(({ sha256 }) => sha256)) };
}

/** Puts stores that were read together; exported for tests and for judging without this machine's stores. */
export function trustStores(
  contents: Readonly<Record<StoreName, StoreContent | null>>,
  catalogFingerprints: ReadonlySet<string> = new Set(),
  more: {
    readonly facts?: readonly TrustStoreFacts[];
    readonly rootAutoUpdate?: 'on' | 'off' | null;
    readonly distrusted?: ReadonlySet<string>;
    /** Identifiers of the list that Windows fetches. */
    readonly listed?: ReadonlySet<string>;
  } = {},
): TrustStores {
  const order: readonly StoreName[] = ['public', 'machine', 'extra', 'catalog'];
  const byName = new Map<string, Map<string, StoredCertificate>>();
  for (const store of order)
    for (const stored of contents[store]?.values() ?? []) {
      const same = byName.get(stored.nameKey) ?? new Map<string, StoredCertificate>();
      if (!same.has(stored.sha256)) same.set(stored.sha256, stored);
      byName.set(stored.nameKey, same);
    }
  return {
    facts: more.facts ?? [],
    rootAutoUpdate: more.rootAutoUpdate ?? null,
    holders: (sha256) =>
      order.filter(
        (store) => contents[store]?.has(sha256) === true || (store === 'catalog' && catalogFingerprints.has(sha256)),
      ),
    named: (key) => [...(byName.get(key)?.values() ?? [])],
    certificate: (sha256) => {
      for (const store of order) {
        const stored = contents[store]?.get(sha256);
        if (stored !== undefined) return stored;
      }
      return null;
    },
    content: (store) => contents[store],
    distrusts: (sha1, der) => {
      const { distrusted, listed } = more;
      if (distrusted?.has(sha1) === true) return true;
      if (listed === undefined || listed.size === 0) return false;
      const bytes = der?.();
      return listed.has(sha1) || (bytes !== undefined && disallowedNames(bytes).some((name) => listed.has(name)));
    },
  };
}

/** One row for the stores of distrusted certificates, and one for the list that Windows fetches. */
function distrustFacts(stored: readonly string[] | null, listed: readonly string[] | null): readonly TrustStoreFacts[] {
  const row = (from: string, names: readonly string[] | null, error: string): TrustStoreFacts => ({
    name: 'distrusted',
    count: names?.length ?? null,
    from: `registry: ${from}`,
    error: names === null ? error : null,
  });
  return [
    row('SystemCertificates Disallowed', stored, 'reg.exe: not run'),
    row('AuthRoot AutoUpdate DisallowedCertEncodedCtl', listed, stored === null ? 'reg.exe: not run' : 'no list'),
  ];
}

/** Reads all stores. Throws UsageError for a bad `--ca-file`; an unreadable machine store is a fact. */
export async function loadTrustStores(options: TrustStoreOptions): Promise<TrustStores> {
  const { caFiles, anchors, env, platform, signal } = options;
  const exec = options.exec ?? systemPrograms(platform, env, { ...storeProgram, signal });
  const windows = platform === 'win32';
  const shared = publicStore();
  const [machine, extra, disallowed, list, ownRoots, rootAutoUpdate] = await Promise.all([
    machineStore(platform, env, exec, shared.known),
    extraStore(caFiles, env, shared.known),
    windows ? windowsDisallowed(exec) : null,
    windows ? readDisallowedList(exec) : null,
    windows ? windowsOwnRoots(exec) : null,
    windows ? windowsRootAutoUpdate(exec) : null,
  ]);
  const catalog = catalogStore(anchors);
  // An empty machine store is as good as an unreadable one: everything would look untrusted.
  const machineContent =
    machine.certificates === null || machine.certificates.length === 0 ? null : storeContent(machine.certificates);
  const facts: TrustStoreFacts[] = [
    shared.facts,
    {
      name: 'machine',
      count: machine.certificates === null ? null : (machineContent?.size ?? 0),
      from: machine.from,
      error: machine.error,
    },
    ...extra.facts,
  ];
  if (anchors.length > 0)
    facts.push({ name: 'catalog', count: catalog.fingerprints.size, from: 'catalog', error: null });
  if (ownRoots !== null && ownRoots > 0)
    facts.push({ name: 'account', count: ownRoots, from: 'registry: HKCU SystemCertificates Root', error: null });
  if (windows) facts.push(...distrustFacts(disallowed, list));
  return trustStores(
    { public: shared.content, machine: machineContent, extra: extra.content, catalog: catalog.content },
    catalog.fingerprints,
    { facts, rootAutoUpdate, distrusted: new Set(disallowed ?? []), listed: new Set(list ?? []) },
  );
}
