/** Which facts of a root cause decide, and how each is said once for all hosts that it holds for. Knows no layout. */
import { harmless } from '../harmless.ts';
import type { CauseId } from '../model/causes.ts';
import type { DecidingFact, Diagnosis, Fact, RootCause, RootFacts } from '../model/diagnosis.ts';
import type { FactCode } from '../model/facts.ts';
import { rootWords, sentence, type Words } from '../words/contract.ts';

/** A cause is decided by so many sentences at most; the rest of the evidence is in its targets' findings. */
const most = 3;

/**
 * What tells a cause from its neighbours, the most telling first. A fact that is not here is the symptom itself: it comes
 * after these, and before {@link supporting}.
 */
const telling: readonly FactCode[] = [
  'certificate.inspection-unsupported',
  'certificate.pinned',
  'tried.pattern-refused',
  'tried.name-refused',
  'tried.pattern-allowed',
  'tried.small-hello',
  'tried.padded-hello',
  'tried.refusable-hello',
  'tried.neutral-name',
  'tried.no-name',
  'tried.neutral-address',
  'tried.documentation-address',
  'tried.random-name',
  'tried.control-name',
  'tried.sibling-name',
  'tried.other-resolver',
  'tried.dns-over-tcp',
  'tried.plain-http',
  'tried.made-up-host',
  'tried.wide-ciphers',
  'tried.other-address',
  'tried.whole',
  'tried.other-content',
  'share.failed',
  'naming.searched',
  'naming.suffix',
  'naming.rule',
  'naming.sources',
  'naming.too-late',
  'naming.over-tcp',
  'naming.turn',
  'family.only',
  'local.no-address',
  'local.no-default-route',
  'clock.offset',
  'dns.hosts-entry',
  'dns.none-resolve',
  'dns.nobody-answers',
  'dns.same-address',
  'dns.same-alias',
  'certificate.recurs',
  'certificate.recurs-in-domain',
  'certificate.private-root',
  'certificate.unknown-root',
  'certificate.vendor',
  'http.page',
  'http.same-page',
  'http.shared-page',
  'http.same-redirect',
  'proxy.other-works',
  'proxy.direct-works',
  'proxy.bypassed',
  'proxy.intended',
  'proxy.network-entry',
  'proxy.pac-answer',
  'proxy.auth',
  'proxy.offers',
  'proxy.own-machine',
  'proxy.refuses-tunnel',
  'ipv6.all-fail',
  'address.works',
  'experiment',
];

/** What only makes it surer: said where room is left. */
const supporting: readonly FactCode[] = [
  'tcp.others-connect',
  'tried.other-port',
  'tried.version',
  'tried.again',
  'certificate.inspection-works',
  'dns.others-resolve',
  'dns.no-soa',
  'http.header',
  'http.body',
  'proxy.header',
  'proxy.body',
  'proxy.source',
  'certificate.issuer',
  'proxy.granted',
  'tls.hello-size',
  'tried.representative',
  'certificate.no-scts',
  'proxy.auth-skipped',
];

const ranks: ReadonlyMap<string, number> = new Map(
  [...telling, null, ...supporting].flatMap((code, rank) => (code === null ? [] : [[code, rank] as const])),
);
const rankOf = (code: string): number => ranks.get(code) ?? telling.length;

/** Stands for the host while a sentence is made; no text from outside can hold it. */
const anyHost = '\u0001';

/** Measured amounts: facts that differ in them alone are one. */
const measured = ['ms', 'bytesRead'] as const;

interface Group {
  readonly fact: Fact;
  readonly hosts: Set<string>;
  /** Least and most of each measured amount. */
  readonly ranges: Map<string, readonly [number, number]>;
  /** Where it was said first: sentences keep the order of the reasoning. */
  readonly position: number;
}

/** What is the same for all hosts of which one thing is said; no byte and some bytes are two things. */
function keyOf({ code, args }: Fact): string {
  const { host: _, address: __, ms: ___, bytesRead, ...same } = args;
  return JSON.stringify([code, same, bytesRead === undefined ? null : bytesRead === 0]);
}

function add(groups: Map<string, Group>, fact: Fact, host: string, position: number): void {
  const key = keyOf(fact);
  const group = groups.get(key) ?? { fact, hosts: new Set<string>(), ranges: new Map(), position };
  groups.set(key, group);
  group.hosts.add(host);
  for (const name of measured) {
    const amount = fact.args[name];
    if (typeof amount !== 'number') continue;
    const [least, largest] = group.ranges.get(name) ?? [amount, amount];
    group.ranges.set(name, [Math.min(least, amount), Math.max(largest, amount)]);
  }
}

/** The fact with its amounts as ranges. */
function toldOf({ fact, hosts, ranges }: Group, of: number): DecidingFact {
  const spans = [...ranges].map(([name, [least, largest]]) => [
    name,
    least === largest ? least : `${least}–${largest}`,
  ]);
  return { code: fact.code, args: { ...fact.args, ...Object.fromEntries(spans) }, hosts: hosts.size, of };
}

/**
 * The two or three facts that decide a root cause, in the order of the reasoning: of each kind of fact the one that holds
 * for most hosts, once.
 */
function decidingFacts(root: RootCause, findings: FindingsOf): readonly DecidingFact[] {
  const groups = new Map<string, Group>();
  const hosts = new Set<string>();
  for (const id of root.targets) {
    const target = findings(id);
    if (target === null) continue;
    hosts.add(target.host);
    const finding = target.findings.find(({ cause, explainedBy }) => cause === root.cause && explainedBy === null);
    (finding?.evidence ?? []).forEach((fact, position) => {
      add(groups, fact, String(fact.args['host'] ?? target.host), position);
    });
  }
  for (const fact of root.evidence) {
    if (groups.size === 0 || fact.code === 'experiment') add(groups, fact, String(fact.args['host'] ?? ''), 0);
  }
  const best = new Map<string, Group>();
  for (const group of groups.values()) {
    const rival = best.get(group.fact.code);
    if (rival === undefined || rival.hosts.size < group.hosts.size) best.set(group.fact.code, group);
  }
  return [...best.values()]
    .sort((a, b) => rankOf(a.fact.code) - rankOf(b.fact.code) || b.hosts.size - a.hosts.size || a.position - b.position)
    .slice(0, most)
    .sort((a, b) => a.position - b.position)
    .map((group) => toldOf(group, hosts.size));
}

export const rootFacts = (root: RootCause, findings: FindingsOf): RootFacts => ({
  evidence: root.evidence.map(({ code }) => ({ code })),
  deciding: decidingFacts(root, findings),
});

/** The sentence without the host that it begins with. */
function bareSentence(words: Words, { code, args }: DecidingFact): string {
  const host = String(args['host'] ?? '');
  const open = { ...args };
  if (typeof args['host'] === 'string') open['host'] = anyHost;
  if (args['host'] !== undefined && 'address' in args && 'port' in args) open['address'] = anyHost;
  const made = sentence(words, { code, args: open });
  const bare = made.startsWith(anyHost) ? made.replace(/^\S(?::\d+)?[\s\u00a0]*[:\uff1a]\s*/u, '') : made;
  return bare.replaceAll(anyHost, host);
}

/** Where it doesn't hold for all hosts the sentence says for which, or for how many. */
function decidingSentence(words: Words, fact: DecidingFact): string {
  const said = bareSentence(words, fact);
  const { host } = fact.args;
  if (typeof host !== 'string' || fact.hosts >= fact.of) return said;
  return fact.hosts === 1
    ? `${host}${words.labels.punctuation.colon}${said}`
    : `${said} ${words.screen.ofHosts(fact.hosts, fact.of)}`;
}

/** What a language says of a root cause. */
export function rootSentences(
  words: Words,
  cause: CauseId,
  { evidence, deciding }: RootFacts,
): { readonly title: string; readonly remedies: readonly string[]; readonly deciding: readonly string[] } {
  const { title, remedies } = rootWords(words, { cause, evidence });
  return { title, remedies, deciding: deciding.map((fact) => harmless(decidingSentence(words, fact), 1000)) };
}

/** Host and findings of a target by its id; null if there is none. */
export type FindingsOf = (
  id: string,
) => { readonly host: string; readonly findings: Diagnosis['targets'][number]['findings'] } | null;
