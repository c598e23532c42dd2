/** What is wrong with a file that was read by its shape. Codes and values; the words make sentences of them. */

/** What a place should hold, where a name says it all. */
export type PlainExpected =
  | 'text'
  | 'number'
  | 'wholeNumber'
  | 'boolean'
  | 'null'
  | 'list'
  | 'anyObject'
  | 'other' // what has no name of its own
  | 'instant'
  // Of a catalog.
  | 'featureId'
  | 'freeFeatureId'
  | 'endpoints'
  | 'endpointId'
  | 'hostPattern'
  | 'ports'
  | 'port'
  | 'portOnce'
  | 'webAddress'
  | 'names'
  | 'name'
  | 'clouds'
  | 'url'
  | 'urlCredentials'
  | 'urlHost'
  | 'urlPort'
  | 'urlPath'
  | 'urlLength'
  | 'headerName'
  | 'expression'
  | 'linearExpression'
  | 'httpStatus'
  | 'byteRange'
  | 'hexBytes'
  | 'sha256'
  | 'byteCount'
  | 'hashedByteCount'
  | 'noContent'
  | 'anchor'
  | 'fingerprint'
  | 'certificate'
  | 'title'
  | 'date'
  // Of an answer of the Microsoft 365 service.
  | 'featureOrSets'
  | 'endpointSet'
  | 'setNumber'
  | 'serviceArea'
  | 'hostNames'
  | 'category'
  | 'hostOrWildcard'
  | 'portList'
  | 'portNumbers'
  // Of a configuration.
  | 'assignment'
  // Of the ways of notices.
  | 'webhookUrl'
  | 'mailServer'
  | 'syslogServer'
  | 'mailAddress'
  | 'oneWay';

/** What a place should hold. */
export type Expected =
  | { readonly is: PlainExpected }
  /** An object with these members; with `any`, one of them is enough. */
  | { readonly is: 'object'; readonly keys: readonly string[]; readonly any: boolean }
  /** One of these values, as JSON; `near`: the one that was most likely meant. */
  | { readonly is: 'choice'; readonly of: readonly string[]; readonly near: string | null }
  /** An object without this member; `near`: the member that was most likely meant. */
  | {
      readonly is: 'memberOf';
      readonly keys: readonly string[];
      readonly any: boolean;
      readonly key: string;
      readonly near: string | null;
    }
  /** Each key once. */
  | { readonly is: 'once'; readonly key: string }
  /** A key that no object may have. */
  | { readonly is: 'forbidden'; readonly key: string }
  /** Characters of a text, entries of a list, or a number. */
  | { readonly is: 'least' | 'most'; readonly of: 'text' | 'list' | 'number' | 'urls' | 'sets'; readonly count: number }
  /** As the command line takes it, such as `10s`; `most` is written like that. */
  | { readonly is: 'duration'; readonly most: string }
  /** A whole number, or a text that is one. */
  | { readonly is: 'count'; readonly least: number; readonly most: number }
  | { readonly is: 'nesting'; readonly most: number }
  /** Not what the entry at `other` (a JSON pointer) has under the same key. */
  | { readonly is: 'unique'; readonly key: string; readonly other: string }
  | { readonly is: 'anchorName'; readonly near: string | null }
  | { readonly is: 'hostOf'; readonly pattern: string }
  | { readonly is: 'fingerprintOf'; readonly sha256: string };

/** What stands there: JSON of a simple value, or what kind of thing. */
export type Got =
  | { readonly is: 'nothing' | 'emptyList' | 'list' | 'object' }
  | { readonly is: 'value'; readonly json: string };

export interface Fault {
  /** JSON pointer (RFC 6901), empty for the whole. */
  readonly pointer: string;
  readonly expected: Expected;
  readonly got: Got;
}

/** A bound for how many faults are told of one file. */
export const mostFaults = 20;
