/** Tokens that let machines into a collector: made, listed, withdrawn. */
import { randomBytes } from 'node:crypto';
import { harmless } from '../../harmless.ts';
import type { CollectedToken } from '../../model/collected.ts';
import { harmlessJson } from '../../report/json.ts';
import { drawTable } from '../../report/table.ts';
import type { AuditEntry } from '../../store/collected.ts';
import type { Token } from '../../store/collected-tokens.ts';
import { pagedRows } from '../../store/pages.ts';
import type { Store } from '../../store/store.ts';
import { UsageError } from '../../usage-error.ts';
import { loadCollectWords } from '../../words/load-collect.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { accountOf } from '../machine.ts';
import { quoted } from '../values.ts';
import { auditRows, cell, onStore, rowsAtOnce } from './collect-admin.ts';

/** A token is good for that long. */
const tokenMs = 7 * 86_400_000;

const iso = (at: number): string => new Date(at).toISOString();

/** Makes a token that lets one machine in. */
export async function collectToken(context: Context): Promise<number> {
  const { io, options } = context;
  const outputs = await openOutputs(io, options);
  const words = await loadCollectWords(options.lang);
  const now = io.clock.wall();
  const [id, secret] = [randomBytes(6).toString('hex'), randomBytes(24).toString('base64url')];
  const until = now + tokenMs;
  await onStore(context, async (store) => {
    await store.putToken({ id, secret, until, usedBy: null });
    await store.addAudit({ at: now, what: 'token', fingerprint: '', detail: id, actor: harmless(accountOf(io), 255) });
  });
  const token = `wce-${id}.${secret}`;
  const at = iso(until);
  // The token alone is data: what prints it into a file has what --send-token-file takes.
  const written = await outputs.deliver((format) =>
    format === 'json' ? `${harmlessJson({ token, until: at }, 2)}\n` : `${token}\n`,
  );
  io.stderr.write(`wayclear: ${words.tokenUntil(at)} ${words.tokenOnce}\n`);
  return written ? 0 : 2;
}

/** The lines of the account that are about tokens, by the name of the token. */
type Lines = Readonly<Record<'token' | 'withdrawn' | 'enrolled', ReadonlyMap<string, AuditEntry>>>;

async function linesOf(store: Store): Promise<Lines> {
  const lines = { token: new Map(), withdrawn: new Map(), enrolled: new Map() };
  for await (const entry of auditRows(store)) {
    if (entry.what === 'token' || entry.what === 'withdrawn') lines[entry.what].set(entry.detail, entry);
    // By whom somebody was let in is the token, where it was one.
    if (entry.what === 'enrolled') lines.enrolled.set(entry.actor, entry);
  }
  return lines;
}

/** A token without what only its machine may know. */
function shownToken({ id, until, usedBy }: Token, lines: Lines, now: number): CollectedToken {
  const said = (what: keyof Lines): CollectedToken['made'] => {
    const line = lines[what].get(id);
    return line === undefined ? null : { at: iso(line.at), actor: line.actor };
  };
  const withdrawn = said('withdrawn');
  const use = lines.enrolled.get(id);
  const over = withdrawn === null ? 'ended' : 'withdrawn';
  return {
    token: id,
    state: usedBy !== null ? 'used' : until > now ? 'open' : over,
    made: said('token'),
    until: iso(until),
    withdrawn,
    used:
      usedBy === null
        ? null
        : { at: use === undefined ? null : iso(use.at), fingerprint: usedBy, name: use?.detail ?? '' },
  };
}

/** Lists the tokens, those made last first. */
export async function collectTokens(context: Context): Promise<number> {
  const { io, options } = context;
  const outputs = await openOutputs(io, options);
  const words = await loadCollectWords(options.lang);
  const tokens = await onStore(context, async (store) => {
    const all: CollectedToken[] = [];
    const lines = await linesOf(store);
    const rows = pagedRows<Token>(rowsAtOnce, (last) =>
      store.tokens({ most: rowsAtOnce, ...(last === undefined ? {} : { after: last.id }) }),
    );
    for await (const token of rows) all.push(shownToken(token, lines, io.clock.wall()));
    const madeAt = ({ made }: CollectedToken): string => made?.at ?? '';
    return all.sort((a, b) => (madeAt(a) < madeAt(b) ? 1 : madeAt(a) > madeAt(b) ? -1 : 0));
  });
  const written = await outputs.deliver((format, view) => {
    if (format === 'json') return `${harmlessJson(tokens, 2)}\n`;
    if (tokens.length === 0) return `${words.noTokens}\n`;
    const rows = tokens.map(({ token, state, made, until, used }) =>
      [
        ...[made?.at ?? '', token, words.tokenStates[state], made?.actor ?? '', until],
        used === null ? '' : `${used.name} (${used.fingerprint})`,
      ].map(cell),
    );
    const { token, state, made, actor, until, used } = words.columns;
    const columns = [made, token, state, actor, until, used].map((title, index) => ({ title, whole: index < 3 }));
    return drawTable(columns, rows, view);
  });
  return written ? 0 : 2;
}

/** Ends a token that let nobody in yet. */
export async function collectWithdraw(context: Context): Promise<number> {
  const { io, options, words: given } = context;
  const words = await loadCollectWords(options.lang);
  const outputs = await openOutputs(io, options);
  // As it is listed, or as it begins in the file.
  const token = /^(?:wce-)?([0-9a-f]{12})$/.exec((given[0] ?? '').trim())?.[1];
  if (token === undefined) throw new UsageError('collect.token-name', { text: quoted(given[0] ?? '') });
  const [state, known] = await onStore(context, (store) =>
    store.transaction(async (steps) => {
      const now = io.clock.wall();
      // What has ended needs nobody's hand.
      if (!(await steps.endToken(token, now))) return ['ended', await steps.token(token)] as const;
      const actor = harmless(accountOf(io), 255);
      await steps.addAudit({ at: now, what: 'withdrawn', fingerprint: '', detail: token, actor });
      return ['withdrawn', await steps.token(token)] as const;
    }),
  );
  if (known === null) throw new UsageError('collect.token-unknown', { token });
  if (known.usedBy !== null) throw new UsageError('collect.token-used', { token, fingerprint: known.usedBy });
  const written = await outputs.deliver((format) =>
    format === 'json' ? `${harmlessJson({ token, state }, 2)}\n` : `${words.withdrawn(token)}\n`,
  );
  return written ? 0 : 2;
}
