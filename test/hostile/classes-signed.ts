/** Documents of signed lines, as they are carried and sent. */
import { messageHead } from '../../src/model/message.ts';
import { headOf } from '../../src/signed/head.ts';
import { createKey } from '../../src/signed/keys.ts';
import { readSignedLines, signLines } from '../../src/signed/signed-lines.ts';
import type { FuzzClass } from './attack.ts';
import { jsonMutant, mutant } from './mutate.ts';
import type { Random } from './random.ts';

const key = createKey();
const head = {
  ...{ wayclear: '0.1.0', schema: 1, kind: 'carry-request', key: key.key, at: '2026-11-30T06:00:00Z' },
  ...{ nonce: 'a'.repeat(32), machine: 'probe', redacted: false, parameters: { tenantId: 'x' } },
  catalog: { version: '0.1.0', sha256: 'b'.repeat(64), sources: [] },
};
const lines = [head, { target: { id: 'a/b', host: 'host.example', ports: [1, 2] } }, { more: [[[null]]] }];
const bounds = { mostBytes: 65_536, mostLines: 50, longestLine: 8192, deepest: 8 };

/** A document, broken; or what somebody who has a key signed, whose first line makes no sense. */
function document(random: Random, samples: readonly Buffer[]): Buffer {
  if (random.below(2) === 0) return mutant(random, samples);
  const first = JSON.parse(jsonMutant(random, [Buffer.from(JSON.stringify(head))]).toString()) as unknown;
  const isObject = typeof first === 'object' && first !== null && !Array.isArray(first);
  return Buffer.from(signLines([isObject ? { ...first } : { first }, ...lines.slice(1)], key).text);
}

const signedLines: FuzzClass = {
  name: 'signed-lines',
  rounds: 600,
  samples: [signLines(lines, key).text, signLines(lines, key).text.replaceAll('\n', '\r\n')].map((text) =>
    Buffer.from(text),
  ),
  make: document,
  feed: (input) => {
    const read = readSignedLines(input, bounds);
    const known = headOf(read, messageHead);
    const whole = input.toString().replaceAll('\r\n', '\n').trimEnd();
    const isMade = lines.slice(1).every((line) => whole.includes(JSON.stringify(line)));
    // Nobody but this class has the key: what is taken is what it signed.
    if (read.problem === null && !isMade) throw new Error('taken, and not what was signed');
    return read.problem === null ? [known?.kind ?? null, read.values.length] : null;
  },
};

export const signedClasses: readonly FuzzClass[] = [signedLines];
