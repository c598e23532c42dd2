import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { forgetOlder, keepRequest, sha256Of } from '../../carry/kept.ts';
import { redacted, textsOf } from '../../carry/redact.ts';
import { linesOfRequest } from '../../carry/request.ts';
import { factLines } from '../../carry/show.ts';
import { catalogFileOf, isFetched, loadCatalog } from '../../catalog/load.ts';
import { harmless } from '../../harmless.ts';
import type { CarryRequestHead } from '../../model/message.ts';
import type { UnroutedPlan } from '../../model/plan.ts';
import { verdictMarks } from '../../report/verdict-line.ts';
import type { View } from '../../report/view.ts';
import { machineKey } from '../../signed/machine-key.ts';
import { signLines } from '../../signed/signed-lines.ts';
import { hostAndPort } from '../../text-bounds.ts';
import { UsageError } from '../../usage-error.ts';
import { version } from '../../version.ts';
import { wordsOf } from '../../words/load.ts';
import { stateNeeded } from '../carry-files.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { longestDays } from '../flags.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options.ts';
import { openOutput } from '../output.ts';
import { machineOf, targetsOf, updatesOf } from '../prepare.ts';
import { routeSettings } from '../route-settings.ts';
import { quoted } from '../values.ts';

const dayMs = 86_400_000;

/** Writes what `check` would ask into a document for a connected machine. No packet leaves. */
export async function carryPrepare({ io, options }: Context): Promise<number> {
  const { out } = options.carry;
  if (out === null) throw new UsageError('carry.out', { command: 'carry prepare' });
  const fetched = options.catalogs.find(isFetched);
  if (fetched !== undefined) throw new UsageError('carry.fetched', { source: quoted(fetched).slice(1, -1) });
  const state = stateNeeded(io, options);
  const settings = await routeSettings(io, options, false);
  const planned = await targetsOf(io, options, settings);
  const machine = await machineOf(io, options, { routes: [] }, planned.anchors);
  machine.close();
  const outputs = await openOutputs(io, options);
  const file = await openOutput(out, io.cwd, io.ending.work);
  io.ending.addTidying(() => file.discard());
  try {
    const { key } = await machineKey(state, io);
    const nonce = randomBytes(16).toString('hex');
    const roots = [...((await machine.stores).content('machine')?.keys() ?? [])].sort();
    const said: CarryRequestHead = {
      ...{ wayclear: version, schema: 1, kind: 'carry-request', key: key.key },
      at: new Date(io.clock.wall()).toISOString(),
      nonce,
      machine: options.anonymous ? null : machineName(),
      redacted: options.carry.redact,
      parameters: options.parameters,
      catalog: await catalogFacts(io, options),
    };
    const search = machine.names.naming?.resolvConf?.search ?? [];
    const { head, plan, names } = await leavingOf(io, options, { head: said, plan: planned }, search);
    const { text, sha256 } = signLines(linesOfRequest(head, plan, roots), key);
    keepRequest(state, nonce, { text, names });
    // Older than anything that may still come back.
    forgetOlder(state, io.clock.wall() - 2 * longestDays * dayMs);
    await file.write(text);
    file.commit();
    const facts = { out, sha256, fingerprint: key.fingerprint, plan, names: Object.keys(names).length };
    const written = await outputs.deliver((format, view) => (format === 'json' ? jsonOf(facts) : tableOf(facts, view)));
    return written ? 0 : 2;
  } finally {
    file.discard();
  }
}

const machineName = (): string => harmless(hostname(), 255);

/** What leaves, with names of the inside or without. */
async function leavingOf(
  { env }: Io,
  { carry }: Options,
  leaving: Parameters<typeof redacted>[0],
  search: readonly string[],
): Promise<ReturnType<typeof redacted>> {
  if (!carry.redact) return { ...leaving, names: {} };
  const machine = machineName();
  const domains = [...search, env['USERDNSDOMAIN'] ?? '', machine.split('.').slice(1).join('.')];
  const inside = { machine, domains: domains.filter((domain) => domain !== '') };
  const { features } = await loadCatalog();
  return redacted(leaving, inside, textsOf(features.map(catalogFileOf)), randomBytes(32).toString('hex'));
}

async function catalogFacts(io: Io, options: Options): Promise<CarryRequestHead['catalog']> {
  const { features } = await loadCatalog([], { bundled: options.bundled, updates: updatesOf(io, options) });
  return {
    version: options.bundled ? version : null,
    sha256: sha256Of(JSON.stringify(features.map(catalogFileOf))),
    sources: options.catalogs.map((source) => basename(source)),
  };
}

interface Facts {
  readonly out: string;
  readonly sha256: string;
  readonly fingerprint: string;
  readonly plan: UnroutedPlan;
  /** Replaced ones. */
  readonly names: number;
}

/** Where the connected side has to get through, each place once. */
function placesOf({ targets }: UnroutedPlan): readonly { readonly host: string; readonly port: number }[] {
  const places = new Map(
    targets.flatMap(({ host, port, untested }) =>
      untested === null ? [[`${host} ${port}`, { host, port }] as const] : [],
    ),
  );
  return [...places.values()].sort((a, b) => a.port - b.port || (a.host < b.host ? -1 : 1));
}

function jsonOf({ out, sha256, fingerprint, plan, names }: Facts): string {
  const probes = plan.targets.filter(({ untested }) => untested === null).length;
  const untested = plan.targets.length - probes;
  return `${JSON.stringify({ file: out, sha256, fingerprint, probes, untested, redacted: names, reach: placesOf(plan) }, null, 2)}\n`;
}

function tableOf({ out, sha256, fingerprint, plan, names }: Facts, { lang, width }: View): string {
  const words = wordsOf(lang);
  const { carry, screen } = words;
  const probes = plan.targets.filter(({ untested }) => untested === null).length;
  const untested = plan.targets.length - probes;
  const places = placesOf(plan).map(({ host, port }) => hostAndPort(host, port));
  const rows = [
    ['file', out],
    ['sha256', sha256],
    ['fingerprint', fingerprint],
    ...(names === 0 ? [] : [['redacted', String(names)] as const]),
    ...(untested === 0 ? [] : [['untested', String(untested)] as const]),
    ...(probes === 0 ? [] : [['reach', [...places, carry.certificateAddresses].join(screen.comma)] as const]),
    ['next', carry.connectThere(basename(out))],
  ] as const;
  const mark = probes === 0 ? verdictMarks.untested : verdictMarks.reachable;
  return `${mark} ${carry.requestWritten(probes)}\n${factLines(rows, words, width).join('\n')}\n`;
}
