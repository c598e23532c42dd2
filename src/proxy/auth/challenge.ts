/** One challenge of a `Proxy-Authenticate` field (RFC 9110 section 11.6.1): a scheme with a token or with parameters. */
export interface Challenge {
  /** Lower case. */
  readonly scheme: string;
  /** What follows the scheme of NTLM and Negotiate, base64; null if nothing does. */
  readonly token: string | null;
  /** Names in lower case, the first of a name counts, quoting undone. */
  readonly parameters: ReadonlyMap<string, string>;
}

const bounds = { characters: 16_384, challenges: 32, parameters: 32, words: 256 } as const;

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const white = /[ \t]*/y;
const separator = /[ \t,]*/y;
const schemeStart = new RegExp(`(${token})(?=[ \\t,]|$)`, 'y');
const parameter = new RegExp(`(${token})[ \\t]*=[ \\t]*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))(?=[ \\t]*(?:,|$))`, 'y');
/** Also what some proxies send instead of a token: a value with characters that no token has, without quotes. */
const looseParameter = new RegExp(`(${token})[ \\t]*=[ \\t]*([^",\\s][^,]*)`, 'y');
const token68 = /([A-Za-z0-9._~+/-]+=*)(?=[ \t]*(?:,|$))/y;

function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/**
 * The challenges in the values of a repeated header, in their order. Several may share a value: a word that is no
 * `name=value` starts the next one. What can't be read is skipped to the next comma; never throws.
 */
export function parseChallenges(values: readonly string[]): readonly Challenge[] {
  return values.slice(0, bounds.challenges).flatMap(parseValue).slice(0, bounds.challenges);
}

function parseValue(value: string): readonly Challenge[] {
  const text = value.slice(0, bounds.characters);
  const challenges: { scheme: string; token: string | null; parameters: Map<string, string> }[] = [];
  let index = 0;
  for (let words = 0; index < text.length && words < bounds.words; words += 1) {
    index += at(separator, text, index)?.[0].length ?? 0;
    if (index >= text.length) break;
    const current = challenges.at(-1);
    const named = at(parameter, text, index) ?? at(looseParameter, text, index);
    if (named !== null && current !== undefined) {
      addParameter(current.parameters, named);
      index += named[0].length;
      continue;
    }
    const start = at(schemeStart, text, index);
    if (start === null) {
      const comma = text.indexOf(',', index);
      index = comma < 0 ? text.length : comma + 1;
      continue;
    }
    index += start[0].length;
    index += at(white, text, index)?.[0].length ?? 0;
    const next = { scheme: (start[1] ?? '').toLowerCase(), token: null as string | null, parameters: new Map() };
    challenges.push(next);
    const first = at(parameter, text, index) ?? at(looseParameter, text, index);
    const bare = at(token68, text, index);
    // `abc==` reads as a parameter whose value is `=`, too: what ends like base64 is a token.
    if (bare !== null && (first === null || /=$/.test(bare[0]))) {
      next.token = bare[0];
      index += bare[0].length;
    }
  }
  return challenges;
}

function addParameter(parameters: Map<string, string>, match: RegExpExecArray): void {
  const name = (match[1] ?? '').toLowerCase();
  const raw = match[2] === undefined ? match[3] : match[2].replace(/\\(.)/g, '$1');
  const text = (match.length === 3 ? match[2]?.trimEnd() : raw) ?? '';
  // A control character can't come from a well-formed header, and must never get into one of ours.
  if (
    parameters.size < bounds.parameters &&
    !parameters.has(name) &&
    !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text)
  ) {
    parameters.set(name, text);
  }
}
