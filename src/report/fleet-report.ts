/** What is known of a fleet → the report that is written: codes become sentences, in one language. Pure. */
import { harmless } from '../harmless.ts';
import { causes } from '../model/causes.ts';
import type { FleetCause, FleetDiagnosis, FleetExplanation, FleetFact, FleetReport, Trait } from '../model/fleet.ts';
import type { CauseWords, FleetWords, Words } from '../words/contract.ts';
import { rootSentences } from './deciding.ts';

/** The words of a fleet's answer: those of every report, and its own. */
export interface FleetLanguage {
  readonly words: Words;
  readonly fleet: FleetWords;
}

/** An attribute by its name, with its value; of a label its own name. */
export function traitText({ fleet }: FleetLanguage, { attribute, value }: Trait): string {
  const name = attribute.startsWith('label:')
    ? attribute.slice('label:'.length)
    : Object.hasOwn(fleet.attributes, attribute)
      ? fleet.attributes[attribute as keyof FleetWords['attributes']]
      : attribute;
  return fleet.trait(harmless(name, 64), harmless(value));
}

/** Where an explanation is, in words. */
export function placeText(
  { scope, shared }: Pick<FleetExplanation, 'scope' | 'shared'>,
  language: FleetLanguage,
): string {
  const { fleet } = language;
  return scope === 'group' ? fleet.group(shared === null ? '' : traitText(language, shared)) : fleet.scopes[scope];
}

function sentenceOf(language: FleetLanguage, { code, args }: FleetFact): string {
  const { attribute = '', value = '', cause } = args as Partial<Trait> & { readonly cause?: FleetCause['cause'] };
  const make = language.fleet.facts[code] as (args: object) => string;
  return make({
    ...args,
    trait: traitText(language, { attribute, value }),
    title: cause === undefined ? '' : language.words.causes[cause].title,
  });
}

/** What goes no further than the machine is nobody's but its owner's, whoever the cause sends to elsewhere. */
function wordsFor({ cause, owner }: FleetCause, { words }: FleetLanguage): Pick<CauseWords, 'title' | 'remedies'> {
  if (owner !== 'machine' || causes[cause].owner !== 'firewall') return words.causes[cause];
  if (cause === 'tcp.refused') return words.telling['tcp.refused-here'];
  return { title: words.causes[cause].title, remedies: words.causes['local.blocked-by-host'].remedies };
}

function explanationOf(found: FleetCause, language: FleetLanguage): FleetExplanation {
  const { facts, seen, seenFacts, ...cause } = found;
  // A machine says it in its own language; whoever reads here has another one.
  const said =
    seenFacts === undefined
      ? seen
      : rootSentences(language.words, found.cause, { evidence: [], deciding: seenFacts }).deciding;
  const { title, remedies } = wordsFor(found, language);
  const isService = cause.scope === 'service';
  return {
    ...cause,
    title: isService && causes[cause.cause].owner !== 'service' ? language.fleet.serviceTitle : title,
    evidence: [...facts.map((fact) => sentenceOf(language, fact)), ...said.map((text) => harmless(text, 500))],
    remedies: isService ? language.fleet.serviceRemedies : remedies,
  };
}

/** The verdict in a line. Nothing is wrong only where each machine is known to be fine. */
export function headlineOf(
  { explanations, machines: { all, fine } }: Pick<FleetReport, 'explanations' | 'machines'>,
  { fleet }: Pick<FleetLanguage, 'fleet'>,
): string {
  const failing = new Set(explanations.flatMap((one) => one.machines)).size;
  if (explanations.length > 0) return fleet.headline(failing, all, explanations.length);
  return fine === all && all > 0 ? fleet.allFine(all) : fleet.someFine(fine, all);
}

export function assembleFleet(
  { causes, from, to, reports, machines, requests, endpoints }: FleetDiagnosis,
  language: FleetLanguage,
  version: string,
): FleetReport {
  return {
    schema: 1,
    tool: { name: 'wayclear', version },
    from,
    to,
    reports,
    machines,
    explanations: causes.map((cause) => explanationOf(cause, language)),
    requests,
    endpoints,
  };
}
