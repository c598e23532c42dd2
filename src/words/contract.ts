import type { CauseId } from '../model/causes.ts';
import type { Fact, Status, WildcardProof } from '../model/diagnosis.ts';
import type { AdvisedExperiment } from '../model/experiments.ts';
import type { FactArgs, FactCode, SharedAttribute } from '../model/facts.ts';
import type { UntestedReason } from '../model/plan.ts';
import type { Language } from './language.ts';

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

/** Facts, causes and remedies in one language; what else the reports say is in labels.ts. */
export interface Words {
  readonly lang: Language;
  readonly causes: Readonly<Record<CauseId, CauseWords>>;
  readonly facts: { readonly [C in FactCode]: (args: FactArgs[C]) => string };
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
