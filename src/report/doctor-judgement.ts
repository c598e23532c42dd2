/** What of this machine's settings stands in the way, before anything is probed. */
import type { CauseId } from '../model/causes.ts';
import type { Environment, ProxySourceFacts } from '../model/observations.ts';
import type { RootState, TrustStoreFacts } from '../model/trust.ts';
import type { DoctorCode } from '../words/contract.ts';
import { paint, type Style } from './table.ts';
import type { View } from './view.ts';

export interface DoctorFacts {
  readonly environment: Environment;
  readonly store: StoreFacts;
  /** Wall clock, ISO 8601 UTC. */
  readonly clock: string;
}

/** `open`: nobody can say without a packet. */
export type Mark = 'fine' | 'look' | 'wrong' | 'open';

export interface Finding {
  readonly mark: Exclude<Mark, 'fine'>;
  /** What is said of it, and which step is next. */
  readonly code: DoctorCode | CauseId;
  /** Names of what it is about, in the order of the rows; empty where the row is the only one. */
  readonly about: readonly string[];
}

const signs: Readonly<Record<Mark, readonly [string, Style]>> = {
  fine: ['✓', 'green'],
  look: ['!', 'yellow'],
  wrong: ['✗', 'red'],
  open: ['?', 'dim'],
};

export const signOf = (mark: Mark): { readonly text: string; readonly style: Style } => ({
  text: signs[mark][0],
  style: signs[mark][1],
});

export const paintedSign = (mark: Mark, view: View): string => paint(signs[mark][1], signs[mark][0], view);

type Judgement = Mark | readonly [Finding['mark'], Finding['code']];

export const markOf = (judgement: Judgement): Mark => (typeof judgement === 'string' ? judgement : judgement[0]);

export function judgeProxy({ routes }: Environment): Judgement {
  if (routes.length === 0) return 'open';
  return routes.some(({ undecided }) => undecided !== undefined) ? ['open', 'pac'] : 'fine';
}

export function judgeSource({ mistakes, notes }: ProxySourceFacts): Judgement {
  if (notes.includes('unread')) return 'open';
  return mistakes.length === 0 ? 'fine' : ['look', 'proxy-mistakes'];
}

export const judgeResolvers = ({ resolvers }: Environment): Judgement =>
  resolvers.length === 0 ? ['look', 'no-resolver'] : 'fine';

/** The service connection point works as Local System, which has settings of its own. */
export function judgeAccount({ windows }: Environment): Judgement {
  if (windows === undefined || windows.account === 'local-system') return 'fine';
  return windows.account === 'unknown' ? ['open', 'unknown-account'] : ['look', 'other-account'];
}

/** One family that leads outside is enough; where nobody knows of default routes, addresses are. */
export function judgeFamilies({ families }: Environment): Judgement {
  if (families.length === 0) return 'open';
  const addressed = families.filter(({ addresses }) => addresses.length > 0);
  if (addressed.length === 0) return ['wrong', 'no-address'];
  return addressed.every(({ defaultRoute }) => defaultRoute === false) ? ['look', 'no-default-route'] : 'fine';
}

/** Where what is recorded lies, and what opens it. */
export interface StoreFacts {
  /** Null: nothing says where. */
  readonly place: string | null;
  /** A file is there; null of a server, which nobody asked, and of no place. */
  readonly there: boolean | null;
  /** What opens files here; null where nothing does. Left out of a server. */
  readonly sqlite?: { readonly driver: string; readonly version: string } | null;
}

/** Up to 3.51.2 a reset of the write-ahead log can damage a file that two programs have open. */
const soundSqlite = [3, 51, 3] as const;

function isOldSqlite(version: string): boolean {
  const numbers = version.split('.').map(Number);
  const at = soundSqlite.findIndex((number, index) => numbers[index] !== number);
  return at >= 0 && (numbers[at] ?? 0) < (soundSqlite[at] ?? 0);
}

export function judgeHistory({ place, sqlite }: StoreFacts): Judgement {
  if (sqlite === undefined || place === null) return 'open';
  if (sqlite === null) return ['look', 'no-sqlite'];
  return isOldSqlite(sqlite.version) ? ['look', 'old-sqlite'] : 'fine';
}

/** An empty list of distrusted certificates is as it should be, and Windows fetches what its store lacks. */
export function judgeStore({ name, count, error }: TrustStoreFacts, environment: Environment): Judgement {
  const { rootAutoUpdate, windows } = environment;
  if (error !== null) return ['look', 'store-unread'];
  if (name === 'account' && windows?.account === 'unknown') return 'open';
  if (name === 'account') return windows?.account === 'local-system' ? 'fine' : ['look', 'own-roots'];
  if (name === 'machine' && count === 0 && rootAutoUpdate !== 'on') return ['wrong', 'store-empty'];
  return count === null ? 'open' : 'fine';
}

/** As the checks of a run judge a root that no chain was seen to need. */
export function judgeRoot({ role, state }: RootState, { rootAutoUpdate }: Environment): Judgement {
  if (state === 'unknown') return 'open';
  if (state === 'present') return 'fine';
  if (state === 'corrupt') return [role === 'retired' ? 'look' : 'wrong', 'local.root-corrupt'];
  if (role === 'retired') return 'fine';
  if (state === 'expired') return ['look', 'local.root-expired'];
  if (state === 'distrusted') return [role === 'required' ? 'wrong' : 'look', 'local.root-missing'];
  return role === 'required' && rootAutoUpdate !== 'on' ? ['look', 'local.root-missing'] : 'fine';
}

/** What needs a hand, the worst first; one finding for all rows with the same trouble. */
export function doctorFindings(
  { environment, store }: Pick<DoctorFacts, 'environment' | 'store'>,
  sourceName: (source: string) => string,
): readonly Finding[] {
  const judged: readonly (readonly [Judgement, string | null])[] = [
    [judgeProxy(environment), null],
    [judgeAccount(environment), null],
    ...(environment.proxySources ?? []).map((source) => [judgeSource(source), sourceName(source.source)] as const),
    [judgeResolvers(environment), null],
    [judgeFamilies(environment), null],
    ...environment.trustStores.map((store) => [judgeStore(store, environment), store.name] as const),
    ...environment.roots.map((root) => [judgeRoot(root, environment), root.name] as const),
    [judgeHistory(store), null],
  ];
  const findings = new Map<string, Finding & { readonly about: string[] }>();
  for (const [judgement, name] of judged) {
    if (typeof judgement === 'string') continue;
    const [mark, code] = judgement;
    const finding = findings.get(`${mark} ${code}`) ?? { mark, code, about: [] };
    findings.set(`${mark} ${code}`, finding);
    if (name !== null) finding.about.push(name);
  }
  const order: readonly Mark[] = ['wrong', 'look', 'open'];
  return [...findings.values()].sort((a, b) => order.indexOf(a.mark) - order.indexOf(b.mark));
}
