/** What every language says: the shapes that its files fill, and the doors by which others read them. */

import { entryOf } from '../entry.ts';
import type { CauseId } from '../model/causes.ts';
import type { Fact, Status, WildcardProof } from '../model/diagnosis.ts';
import type { AdvisedExperiment } from '../model/experiments.ts';
import type { FactArgs, FactCode, ProxyFactArgs, SharedAttribute, TellingFact } from '../model/facts.ts';
import type { PlannedFeature, UntestedReason } from '../model/plan.ts';
import type { carry } from './en/carry.ts';
import type { collect } from './en/collect.ts';
import type { diff } from './en/diff.ts';
import type { doctor } from './en/doctor.ts';
import type { fleet } from './en/fleet.ts';
import type { formats } from './en/formats.ts';
import type { help } from './en/help.ts';
import type { labels } from './en/labels.ts';
import type { list } from './en/list.ts';
import type { notices } from './en/notices.ts';
import type { page } from './en/page.ts';
import type { proxyLabels } from './en/proxy-labels.ts';
import type { request } from './en/request.ts';
import type { rules } from './en/rules.ts';
import type { screen } from './en/screen.ts';
import type { serve } from './en/serve.ts';
import type { topics } from './en/topics.ts';
import type { watch } from './en/watch.ts';
import type { Language } from './language.ts';
import type { RefusalWords } from './refusals.ts';
import type { Same } from './said.ts';
import type { ShapeWords } from './shape-words.ts';

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

/**
 * What the English words declare, and every language follows: members, and what each sentence takes. The English files say
 * what a word is for.
 */
export type CarryWords = Same<typeof carry>;
export type CollectWords = Same<typeof collect>;
export type DiffWords = Same<typeof diff>;
export type DoctorWords = Same<typeof doctor>;
export type FleetWords = Same<typeof fleet>;
export type FormatWords = Same<typeof formats>;
export type HelpWords = Same<typeof help>;
export type Labels = Same<typeof labels>;
export type ListWords = Same<typeof list>;
export type NoticeWords = Same<typeof notices>;
export type PageWords = Same<typeof page>;
export type ProxyLabels = Same<typeof proxyLabels>;
export type RequestWords = Same<typeof request>;
export type RuleWords = Same<typeof rules>;
export type ScreenWords = Same<typeof screen>;
export type ServeWords = Same<typeof serve>;
export type TopicWords = Same<typeof topics>;
export type WatchWords = Same<typeof watch>;

/** Findings of `doctor` that are no causes of a run. */
export type DoctorCode = keyof DoctorWords['findings'];
/** What may become of a target or a cause between two reports. */
export type Change = keyof DiffWords['changes'];
export type CarryLine = keyof CarryWords['lines'];
/** A kind of what a root cause calls for. */
export type RequestKind = keyof RequestWords['asks'];
/** Options by their long names, and the two that every command takes. */
export type OptionName = keyof HelpWords['options'];
export type OptionGroup = Exclude<keyof HelpWords['headings'], 'commands' | 'words' | 'examples'>;

/** Texts by what the bundled catalog says in English; what a catalog of somebody's own says stays as it is. */
export type OfCatalog = Readonly<Record<string, string>>;

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
  readonly features: OfCatalog;
  readonly importance: OfCatalog;
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

/** What features are called, by the titles that a plan has for their ids; no feature is what a person typed. */
export function featureTitles(
  { screen, features }: Words,
  planned: readonly PlannedFeature[] = [],
): (id: string) => string {
  const titles = new Map(planned.map(({ feature, title }) => [feature, title]));
  return (id) => {
    const title = titles.get(id) ?? id;
    return id === 'ad-hoc' ? screen.typed : (entryOf(features, title) ?? title);
  };
}

/** Title and remedies of a root cause: those of the first fact that has its own, else the cause's. */
export function rootWords(
  words: Words,
  { cause, evidence }: { readonly cause: CauseId; readonly evidence: readonly Pick<Fact, 'code'>[] },
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
