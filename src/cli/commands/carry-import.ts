import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BroughtFeature, broughtFeatures } from '../../carry/catalogs.ts';
import { claimImport, importedAt, keepFile, keptRequest, trustKey } from '../../carry/kept.ts';
import { requestBounds, resultBounds } from '../../carry/lines.ts';
import { restored } from '../../carry/redact.ts';
import { heldAgainst } from '../../carry/rejudge.ts';
import { requestOf } from '../../carry/request.ts';
import { type CarryResult, resultHead, resultOf } from '../../carry/result.ts';
import { shownHead } from '../../carry/show.ts';
import { importProblem } from '../../carry/verdict.ts';
import { loadCatalog } from '../../catalog/load.ts';
import { makeFolder } from '../../make-folder.ts';
import type { CarryResultHead } from '../../model/message.ts';
import type { Observations } from '../../model/observations.ts';
import { assembleReport } from '../../report/assemble.ts';
import type { PublicKey } from '../../signed/keys.ts';
import { readSignedLines } from '../../signed/signed-lines.ts';
import { catalogFolder } from '../../state-folder.ts';
import { UsageError } from '../../usage-error.ts';
import { wordsOf } from '../../words/load.ts';
import { type Found, isFault, readCarried, refused, stateNeeded } from '../carry-files.ts';
import { type Trusted, trustedHere, whoseKey } from '../carry-trust.ts';
import { conclude, judged } from '../conclude.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { isGone, ownHolder } from '../holder.ts';
import type { Io } from '../io.ts';
import { anonymousObservations } from '../machine.ts';
import type { Options } from '../options.ts';
import { machineOf } from '../prepare.ts';
import { deliverReport } from '../reports.ts';
import { machineName, openStoreFor } from '../store-door.ts';

/** Checks a result, judges it against the trust stores of this machine, and reports as `check` does. */
export async function carryImport({ io, words, options }: Context): Promise<number> {
  const [name = '-'] = words;
  const state = stateNeeded(io, options);
  const found = await readCarried(io, 'carry import', name, resultBounds);
  const trusted = trustedHere(io, state);
  const taken = takenResult(io, options, state, { found, trusted });
  const outputs = await openOutputs(io, options);
  const store = options.store === null ? null : await openStoreFor(io, options.store, true);
  const importer = { holder: ownHolder(), isGone };
  const claim = claimImport(state, found.document.sha256, new Date(io.clock.wall()).toISOString(), importer);
  if (claim === null) {
    outputs.discard();
    await store?.close();
    throw refused({ code: 'imported-before', at: importedAt(state, found.document.sha256, { isGone }) ?? '' });
  }
  let written = false;
  try {
    const { result, signer } = taken;
    // What can't be read here is no reason to leave what would mend it.
    const held = await loadCatalog([], { updates: catalogFolder(state) }).catch(() => loadCatalog([]));
    const brought = broughtFeatures(result, held.features);
    const observations = await judgedHere(io, options, result.observations);
    const parts = await judged(io, options, observations, { machine: result.machine });
    tellImport(io, options, found, result.head);
    takeBrought(io, options, state, { trusted, signer }, brought);
    if (options.carry.extract !== null) extract(io, options, options.carry.extract, result, brought);
    const report = assembleReport(parts);
    await store?.record(report, 'carried', machineName(report));
    written = await deliverReport(outputs, parts);
    return await conclude(io, options, parts, written);
  } finally {
    outputs.discard();
    await store?.close();
    if (written) claim.done();
    else claim.release();
  }
}

interface Taken {
  readonly result: CarryResult;
  readonly signer: PublicKey;
}

/** What is wrong with a result is told, after what it says of itself. */
function takenResult(
  io: Io,
  options: Options,
  state: string,
  { found, trusted }: { readonly found: Found; readonly trusted: Trusted },
): Taken {
  const { document } = found;
  const { signer } = document;
  const refuse = (problem: Parameters<typeof refused>[0]): never => {
    const { lang } = options;
    const view = { lang, width: io.stderr.columns ?? 100, colour: false, verbose: false };
    io.stderr.write(shownHead({ ...found, signer: whoseKey(trusted, signer) }, view));
    throw refused(problem);
  };
  const head = document.problem === null ? resultHead(document) : null;
  const kept = head === null ? null : keptRequest(state, head.nonce);
  const asked = kept === null ? null : readSignedLines(Buffer.from(kept.text), requestBounds);
  const request = asked === null ? null : requestOf(asked);
  const isReadable = request !== null && !isFault(request);
  const problem = importProblem(document, head, {
    request: asked === null || !isReadable ? null : { sha256: asked.sha256, at: request.head.at },
    trusted: [...(trusted.own === null ? [] : [trusted.own]), ...trusted.named],
    named: options.carry.trust,
    importedAt: importedAt(state, document.sha256, { isGone }),
    nowMs: io.clock.wall(),
    mostDays: options.carry.mostDays,
  });
  if (problem !== null || kept === null || signer === null || !isReadable)
    return refuse(problem ?? { code: 'no-result' });
  const result = resultOf(document, request);
  if (isFault(result)) return refuse({ code: 'line', ...result });
  return { signer, result: { ...result, observations: restored(result.observations, kept.names) } };
}

/** The observations as this machine's stores have them. */
async function judgedHere(io: Io, options: Options, observations: Observations): Promise<Observations> {
  const machine = await machineOf(io, options, { routes: [] }, observations.plan.anchors);
  machine.close();
  const [stores, environment] = await Promise.all([machine.stores, machine.environment]);
  const held = heldAgainst(observations, stores, environment);
  return options.anonymous ? anonymousObservations(held) : held;
}

const tell = (io: Io, line: string): void => io.stderr.write(`wayclear: ${line}\n`);

/** For the log book: what was taken, and what it answers. */
function tellImport(io: Io, { lang }: Options, { document }: Found, head: CarryResultHead): void {
  const { carry } = wordsOf(lang);
  tell(io, carry.imported(document.sha256, document.signer?.fingerprint ?? ''));
  tell(io, carry.answers(head.request));
}

/** Keeps the key that --trust names, be it of the result or of a catalog in it; takes what trusted keys signed. */
function takeBrought(
  io: Io,
  options: Options,
  state: string,
  { trusted, signer }: { readonly trusted: Trusted; readonly signer: PublicKey },
  brought: readonly BroughtFeature[],
): void {
  const signers = [signer, ...brought.flatMap((one) => one.signer ?? [])];
  const fresh = signers.find((one) => one.fingerprint === options.carry.trust && whoseKey(trusted, one) === 'unknown');
  if (fresh !== undefined) keepTrust(io, options, state, fresh);
  const known = [trusted.own, ...trusted.named, signer, fresh];
  takeCatalog(io, options, state, brought, ({ key }) => known.some((one) => one?.key === key));
}

function keepTrust(io: Io, { lang }: Options, state: string, signer: PublicKey): void {
  trustKey(state, signer, new Date(io.clock.wall()).toISOString());
  tell(io, wordsOf(lang).carry.trustedNow(signer.fingerprint));
}

/** With the fingerprint of whoever signed it, which one may trust. */
const shown = ({ feature, signer }: BroughtFeature): string =>
  signer === null ? feature : `${feature} (${signer.fingerprint})`;

const named = (features: readonly BroughtFeature[], name: (feature: BroughtFeature) => string): string =>
  features.map(name).join(', ');

/** A signature says who wrote a catalog, and not that it is the last one: an older one is taken by hand alone. */
function takeCatalog(
  io: Io,
  { lang, carry: { acceptCatalog } }: Options,
  state: string,
  brought: readonly BroughtFeature[],
  isTrusted: (key: PublicKey) => boolean,
): void {
  const { carry } = wordsOf(lang);
  const isSigned = ({ signer }: BroughtFeature): boolean => signer !== null && isTrusted(signer);
  const taken = brought.filter((one) => acceptCatalog || (isSigned(one) && !one.isOlder));
  const old = brought.filter((one) => !acceptCatalog && isSigned(one) && one.isOlder);
  const left = brought.filter((one) => !taken.includes(one) && !old.includes(one));
  for (const { feature, file } of taken)
    keepFile(catalogFolder(state), `${feature}.json`, `${JSON.stringify(file, null, 2)}\n`);
  const feature = (one: BroughtFeature): string => one.feature;
  if (taken.length > 0) tell(io, carry.catalogKept(named(taken, feature)));
  if (old.length > 0) tell(io, carry.catalogOld(named(old, feature)));
  if (left.length > 0) tell(io, carry.catalogLeft(named(left, shown)));
}

/** What came along, as files: certificates of issuers, revocation lists, features of catalogs. */
function extract(
  io: Io,
  { lang }: Options,
  folder: string,
  result: CarryResult,
  brought: readonly BroughtFeature[],
): void {
  const issuers = Object.values(result.observations.certificates).flatMap(({ isCa, der, sha256 }) =>
    isCa && der !== null ? [[`issuer-${sha256.slice(0, 16)}.cer`, Buffer.from(der, 'base64')] as const] : [],
  );
  const lists = result.lists.map(({ der }, index) => [`list-${index + 1}.crl`, Buffer.from(der, 'base64')] as const);
  const catalogs = brought.map(
    ({ feature, file }) => [`${feature}.json`, `${JSON.stringify(file, null, 2)}\n`] as const,
  );
  const files = [...issuers, ...lists, ...catalogs];
  const place = resolve(io.cwd, folder);
  try {
    makeFolder(place);
    for (const [file, content] of files) writeFileSync(join(place, file), content);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError('carry.unwritable', { folder: place, why });
  }
  tell(io, wordsOf(lang).carry.extracted(files.length, folder));
}
