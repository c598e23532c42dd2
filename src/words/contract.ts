/** What every language says: the shapes that its files fill, and the doors by which others read them. */
import type { Importance, Severity } from '../model/catalog.ts';
import type { CauseId } from '../model/causes.ts';
import type { Check, Confidence, Fact, RootCause, Status, Verdict, WildcardProof } from '../model/diagnosis.ts';
import type { AdvisedExperiment } from '../model/experiments.ts';
import type { FactArgs, FactCode, ProxyFactArgs, SharedAttribute, TellingFact } from '../model/facts.ts';
import type { StageName } from '../model/observations.ts';
import type { LeftOut, RouteSource, UntestedReason } from '../model/plan.ts';
import type { RootState } from '../model/trust.ts';
import type { CarryWords } from './carry-words.ts';
import type { DiffWords } from './diff-words.ts';
import type { DoctorWords } from './doctor-words.ts';
import type { FormatWords } from './format-words.ts';
import type { HelpWords } from './help-words.ts';
import type { ImportanceReasons } from './importance-words.ts';
import type { Language } from './language.ts';
import type { ListWords } from './list-words.ts';
import type { PageWords } from './page-words.ts';
import type { RefusalWords } from './refusals.ts';
import type { RequestWords } from './request-words.ts';
import type { RuleWords } from './rule-words.ts';
import type { FeatureTitles, ScreenWords } from './screen-words.ts';
import type { ShapeWords } from './shape-words.ts';
import type { TopicWords } from './topic-words.ts';
import type { WatchWords } from './watch-words.ts';

/** Sentences of the facts whose code begins with a word. */
export type FactWords<Prefix extends string> = Pick<Words['facts'], Extract<FactCode, `${Prefix}.${string}`>>;

/** Status codes of the documented table: each fails a target although an answer came. */
export type UnexpectedStatus = 407 | 408 | 426 | 451 | 502 | 511 | 598 | 599;

export interface CauseWords {
  /** A few words, no full stop. */
  readonly title: string;
  /** What it means, in a sentence or two. */
  readonly meaning: string;
  /** What the verdict rests on. */
  readonly evidence: string;
  /** Concrete asks: who must change what. At least one. */
  readonly remedies: readonly string[];
}

/** What a root cause is called, and calls for, where a fact of its evidence says more than the cause. */
export type TellingWords = Readonly<Record<TellingFact, Pick<CauseWords, 'title' | 'remedies'>>>;

/** Words of the causes whose ids begin with a word. */
export type CauseWordsOf<Prefix extends string> = Readonly<Record<Extract<CauseId, `${Prefix}.${string}`>, CauseWords>>;

/** Sentences of what is said of a proxy. */
export type ProxyFactWords = { readonly [C in keyof ProxyFactArgs]: (args: ProxyFactArgs[C]) => string };

/** Headings, columns and fields: a word or two each. */
export type Label =
  | 'rootCauses'
  | 'evidence'
  | 'remedies'
  | 'alternatives'
  | 'affected'
  | 'shared'
  | 'importance'
  | 'checks'
  | 'detail'
  | 'host'
  | 'port'
  | 'verdict'
  | 'possibleCause'
  | 'status'
  | 'explainedBy'
  | 'meaning'
  | 'restsOn'
  | 'experiment'
  | 'explains'
  | 'cause'
  | 'title'
  | 'target'
  | 'before'
  | 'after'
  | 'runtime'
  | 'platform'
  | 'resolvers'
  | 'trustStores'
  | 'families'
  | 'clock'
  | 'proxy'
  | 'limits'
  | 'certificateAddresses'
  | 'hello'
  | 'rootUpdate'
  | 'documented'
  | 'document'
  | 'store'
  | 'certificates'
  | 'readFrom'
  | 'root'
  | 'state'
  | 'validUntil'
  | 'untested'
  | 'details'
  | 'chains'
  | 'roots'
  | 'none'
  | 'unknown';

/** What the reports say besides causes, facts and remedies, in one language. */
export interface Labels {
  readonly punctuation: {
    /** Between a field and its value. */
    readonly colon: string;
    /** Between two sentences of which the first has no full stop yet. */
    readonly stop: string;
    /** Between two whole sentences. */
    readonly gap: string;
  };
  readonly text: Readonly<Record<Label, string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly severities: Readonly<Record<Severity | Status['severity'], string>>;
  readonly confidences: Readonly<Record<Confidence, string>>;
  readonly importances: Readonly<Record<Importance, string>>;
  readonly checkVerdicts: Readonly<Record<Check['verdict'], string>>;
  readonly stages: Readonly<Record<StageName, string>>;
  readonly stageStates: Readonly<Record<'passed' | 'failed' | 'skipped', string>>;
  readonly rootStates: Readonly<Record<RootState['state'], string>>;
  readonly routeSources: Readonly<Record<RouteSource, string>>;
  readonly rootUpdate: Readonly<Record<'on' | 'off', string>>;
  readonly nothingTested: string;
  /** All was tested; what tells causes apart was not. */
  readonly interruptedLate: string;
  readonly unanchored: string;
  readonly defaultRun: string;
  /** Of an endpoint that is off unless asked for. */
  readonly legacy: string;
  /** What is asked because certificates name it. */
  readonly certificateAddresses: string;
  readonly machineResolvers: string;
  readonly clockUnchecked: string;
  /** `12 ms`, `3.4 s`, `2 min`, `2 min 5 s`. */
  duration(ms: number): string;
  /** The counts and the time of the first line. */
  summary(counts: Readonly<Record<Verdict, number>>, durationMs: number): string;
  /** First of all in a run that ended early: how many of the testable were tested, and what ended it. */
  incomplete(tested: number, testable: number, because: 'deadline' | 'interrupted' | 'resources'): string;
  /** Endpoints of the run's features that it leaves out, by reason. */
  leftOut(counts: Readonly<Record<LeftOut['because'], number>>): string;
  /** «and n more». */
  more(count: number): string;
  targets(count: number): string;
  /** The counts of a feature without trouble. */
  fine(reachable: number, untested: number): string;
  /** Below a table: the targets that it leaves out. */
  besides(rest: string): string;
  /** Wildcards of the whole run. */
  witnesses(patterns: number, reached: number, tried: number): string;
  confident(confidence: Confidence): string;
  anchored(subject: string, stores: string, validUntil: string): string;
  planned(targets: number, probes: number, untested: number): string;
  limits(timeout: string, deadline: string, concurrency: number): string;
  catalog(features: number, endpoints: number): string;
  serverName(name: string): string;
  readonly noServerName: string;
  defaultRoute(has: boolean | null): string;
  readFailed(error: string): string;
  /** The demo's last line: how many of its servers were explained as they were built. */
  demo(right: number, all: number): string;
  /** Places of the output that held a secret of this run. */
  secretsCut(places: number): string;
  readonly shortPassword: string;
}

/** What the view of proxy settings says besides values. */
export interface ProxyLabels {
  readonly heading: string;
  readonly source: string;
  readonly decides: string;
  readonly says: string;
  readonly yes: string;
  readonly no: string;
  readonly nothing: string;
  readonly direct: string;
  readonly pacFile: string;
  readonly discovery: string;
  readonly mistakes: string;
  /** Names of sources; one that is not here keeps its own. */
  readonly sources: Readonly<Record<string, string>>;
  /** Notes of sources; one that is not here keeps its code. */
  readonly notes: Readonly<Record<string, string>>;
  readonly byPac: (url: string) => string;
  /** Of a plan: a remote PAC file, or discovery's, which nobody fetches for it. */
  readonly atRunTime: (url: string) => string;
  /** Of a plan: a local PAC file was asked about each probe. */
  readonly evaluated: (url: string) => string;
  /** Of a plan: names that scripts wanted addresses of, and the number of those that are not written out. */
  readonly unresolved: (names: string, more: number) => string;
}

/** All that is said in one language. */
export interface Words {
  readonly lang: Language;
  readonly causes: Readonly<Record<CauseId, CauseWords>>;
  readonly telling: TellingWords;
  readonly facts: { readonly [C in FactCode]: (args: FactArgs[C]) => string };
  readonly labels: Labels;
  readonly screen: ScreenWords;
  readonly diff: DiffWords;
  readonly carry: CarryWords;
  readonly list: ListWords;
  readonly features: FeatureTitles;
  readonly importance: ImportanceReasons;
  readonly proxyLabels: ProxyLabels;
  readonly help: HelpWords;
  readonly doctor: DoctorWords;
  readonly topics: TopicWords;
  readonly request: RequestWords;
  readonly formats: FormatWords;
  readonly shapes: ShapeWords;
  readonly refusals: RefusalWords;
  readonly rules: RuleWords;
  readonly watch: WatchWords;
  readonly page: PageWords;
  readonly experiments: Readonly<Record<AdvisedExperiment, string>>;
  readonly statusCodes: Readonly<Record<UnexpectedStatus, { readonly meaning: string; readonly indicates: string }>>;
  readonly attributes: Readonly<Record<SharedAttribute, string>>;
  readonly untested: {
    readonly [C in UntestedReason['code']]: (reason: Extract<UntestedReason, { readonly code: C }>) => {
      readonly reason: string;
      /** What would make it testable. */
      readonly remedy: string;
    };
  };
  readonly messages: Readonly<Record<Status['messageId'], string>> & { readonly 11488: (feature: string) => string };
  /** «n of m witnesses reached; the pattern itself can't be proven», or what an experiment showed of the proxy's policy. */
  readonly witnesses: (
    pattern: string,
    reached: number,
    tried: number,
    policy: WildcardProof['policy'] | null,
  ) => string;
}

/** Title and remedies of a root cause: those of the first fact that has its own, else the cause's. */
export function rootWords(
  words: Words,
  { cause, evidence }: Pick<RootCause, 'cause' | 'evidence'>,
): Pick<CauseWords, 'title' | 'remedies'> {
  const telling = evidence.find(({ code }) => Object.hasOwn(words.telling, code))?.code;
  return telling === undefined ? words.causes[cause] : words.telling[telling as TellingFact];
}

/** The sentence of a fact. A code of another version keeps its code and arguments instead. */
export function sentence(words: Words, fact: Fact): string {
  const make = Object.hasOwn(words.facts, fact.code)
    ? (words.facts as unknown as Readonly<Record<string, (args: Fact['args']) => string>>)[fact.code]
    : undefined;
  return make === undefined ? `${fact.code} ${JSON.stringify(fact.args)}` : make(fact.args);
}

/** Why a target is untested, and what would make it testable. */
export function untestedWords(
  words: Words,
  reason: UntestedReason,
): { readonly reason: string; readonly remedy: string } {
  const make = words.untested[reason.code] as (
    reason: UntestedReason,
  ) => ReturnType<Words['untested'][UntestedReason['code']]>;
  return make(reason);
}

/** What a cause's shared attribute is called; an attribute of another version stays as it is. */
export function attributeWords(words: Words, attribute: string): string {
  return Object.hasOwn(words.attributes, attribute) ? words.attributes[attribute as SharedAttribute] : attribute;
}
