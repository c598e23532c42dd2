/** Tokens that let one machine in each. */
import type { Kysely, Selectable } from 'kysely';
import type { Tables } from './schema.ts';

export interface Token {
  readonly id: string;
  readonly secret: string;
  readonly until: number;
  readonly usedBy: string | null;
}

const tokenOf = ({ id, secret, until, used_by }: Selectable<Tables['tokens']>): Token => ({
  ...{ id, secret, until: Number(until), usedBy: used_by },
});

export interface TokenSteps {
  token(id: string): Promise<Token | null>;
  putToken(token: Token): Promise<void>;
  /** By name; `after`: those behind this one, for the next page. */
  tokens(choice: { readonly most: number; readonly after?: string }): Promise<readonly Token[]>;
  /** True for one alone, however many ask at the same time; false of one that has ended meanwhile. */
  useToken(id: string, fingerprint: string, now: number): Promise<boolean>;
  /** Ends one that let nobody in yet; false of any other. */
  endToken(id: string, now: number): Promise<boolean>;
}

export function tokenSteps(db: Kysely<Tables>): TokenSteps {
  /** What changes of one that still lets somebody in. */
  const change = async (id: string, now: number, how: { used_by: string } | { until: number }): Promise<boolean> => {
    const open = db.updateTable('tokens').set(how).where('id', '=', id).where('used_by', 'is', null);
    return (await open.where('until', '>', now).returning('id').executeTakeFirst()) !== undefined;
  };
  return {
    async token(id) {
      const row = await db.selectFrom('tokens').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : tokenOf(row);
    },
    async putToken({ id, secret, until, usedBy }) {
      await db.insertInto('tokens').values({ id, secret, until, used_by: usedBy }).execute();
    },
    async tokens({ most, after = '' }) {
      const rows = db.selectFrom('tokens').selectAll().where('id', '>', after).orderBy('id').limit(most);
      return (await rows.execute()).map(tokenOf);
    },
    useToken: (id, fingerprint, now) => change(id, now, { used_by: fingerprint }),
    endToken: (id, now) => change(id, now, { until: now }),
  };
}
