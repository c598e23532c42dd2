import type { Owner } from '../model/causes.ts';
import type { FleetFactArgs, FleetScope } from '../model/fleet.ts';

/** What the answer about many machines says, besides causes and remedies. */
export interface FleetWords {
  /** The verdict in a line: of all machines so many have findings, explained by so many. */
  headline(failing: number, all: number, explanations: number): string;
  allFine(all: number): string;
  /** From when to when, and how many reports. */
  span(from: string, to: string, reports: number): string;
  /** What counts otherwise than it looks: copies, reports without a name, machines that did not test everything. */
  twice(count: number): string;
  nameless(count: number): string;
  incomplete(count: number): string;
  /** Fields of an explanation: one short word each. */
  readonly fields: Readonly<
    Record<
      'where' | 'machines' | 'endpoints' | 'since' | 'alike' | 'evidence' | 'remedies' | 'alternatives' | 'ask',
      string
    >
  >;
  /** Where it is; of a group its trait is said instead. */
  readonly scopes: Readonly<Record<Exclude<FleetScope, 'group'>, string>>;
  /** Everybody that shares it: `site Berlin`. */
  group(trait: string): string;
  since(at: string, fineUntil: string | null): string;
  /** Names of attributes; a label keeps its own. */
  readonly attributes: Readonly<
    Record<'subnet' | 'egress' | 'proxy' | 'resolver' | 'issuer' | 'os' | 'os-version' | 'version' | 'account', string>
  >;
  /** A trait with its value, for the middle of a sentence. */
  trait(attribute: string, value: string): string;
  /** Who has to act, for a list. */
  readonly owners: Readonly<Record<Owner, string>>;
  /** What to ask of an owner: the numbers of explanations. */
  request(owner: string, numbers: string): string;
  readonly headings: Readonly<Record<'explanations' | 'requests' | 'endpoints', string>>;
  readonly columns: Readonly<Record<'endpoint' | 'failing' | 'where' | 'since' | 'explanation', string>>;
  /** So many of those that tested it. */
  failing(count: number, tested: number): string;
  /** Endpoints that everybody reaches. */
  reached(count: number): string;
  /** What to do where the service is at fault: nobody on this side has anything to open. */
  readonly serviceRemedies: readonly string[];
  readonly facts: {
    readonly [C in keyof FleetFactArgs]: (
      args: FleetFactArgs[C] & { readonly trait: string; readonly title: string },
    ) => string;
  };
}
