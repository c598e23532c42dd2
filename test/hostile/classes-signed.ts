/** Documents of signed lines, as they are carried and sent. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { requestBounds, resultBounds } from '../../src/carry/lines.ts';
import { heldAgainst } from '../../src/carry/rejudge.ts';
import { type CarryRequest, linesOfRequest, planOfRequest, requestOf } from '../../src/carry/request.ts';
import { linesOfResult, resultOf } from '../../src/carry/result.ts';
import { shownHead, shownLines } from '../../src/carry/show.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { CarryRequestHead, CarryResultHead } from '../../src/model/message.ts';
import { messageHead } from '../../src/model/message.ts';
import type { Observations } from '../../src/model/observations.ts';
import { headOf } from '../../src/signed/head.ts';
import { createKey } from '../../src/signed/keys.ts';
import { readSignedLines, signLines } from '../../src/signed/signed-lines.ts';
import { trustStores } from '../../src/trust/stores/stores.ts';
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

const recorded = brotliDecompressSync(
  readFileSync(join(import.meta.dirname, '..', 'golden', 'replay', 'lab.ndjson.br')),
)
  .toString()
  .trim()
  .split('\n')
  .filter((_, index) => index % 40 === 0)
  .map((line) => (JSON.parse(line) as { readonly observations: Observations }).observations);
const requestHead = head as CarryRequestHead;
const resultHead: CarryResultHead = {
  ...{ wayclear: '0.1.0', schema: 1, kind: 'carry-result', key: key.key, at: '2026-11-30T06:00:00Z' },
  ...{ request: 'c'.repeat(64), nonce: 'a'.repeat(32) },
};
const requests = recorded.map(
  ({ plan: { targets, ...plan } }): Buffer =>
    Buffer.from(
      signLines(
        linesOfRequest(requestHead, { ...plan, targets: targets.map(({ route: _, ...rest }) => rest) }, []),
        key,
      ).text,
    ),
);

/** A document of a trusted machine, one of whose lines makes no sense. */
function signedMutant(random: Random, samples: readonly Buffer[]): Buffer {
  const sample = samples[random.below(samples.length)] ?? Buffer.alloc(0);
  const values = sample
    .toString()
    .trim()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const at = random.below(values.length);
  const changed = JSON.parse(jsonMutant(random, [Buffer.from(JSON.stringify(values[at]))]).toString()) as unknown;
  values[at] =
    typeof changed === 'object' && changed !== null && !Array.isArray(changed) ? { ...changed } : { changed };
  return Buffer.from(signLines(values, key).text);
}

/** What is shown of a document holds nothing that a terminal obeys. */
function show(input: Buffer): void {
  const document = readSignedLines(input, resultBounds);
  const view = { lang: 'en', width: 80, colour: false, verbose: false } as const;
  const shown = { bytes: input, document, signer: 'unknown' } as const;
  const text = [shownHead(shown, view), ...shownLines(shown, view)].join('');
  if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202e]/.test(text)) throw new Error('control characters');
}

const carriedRequests: FuzzClass = {
  name: 'carry-requests',
  rounds: 300,
  mostMs: 2000,
  samples: requests,
  make: signedMutant,
  feed: (input) => {
    show(input);
    const request = requestOf(readSignedLines(input, requestBounds));
    if ('place' in request) return null;
    return planOfRequest(request, { limits: { timeoutMs: 1, deadlineMs: 1, concurrency: 1 }, dnsServers: [] }).targets
      .length;
  },
};

const noStores = trustStores({ public: null, machine: null, extra: null, catalog: null });
const here = { trustStores: [], roots: [], rootAutoUpdate: null };

const carriedResults: FuzzClass = {
  name: 'carry-results',
  rounds: 200,
  mostMs: 3000,
  samples: recorded.map((observations) =>
    Buffer.from(
      signLines(linesOfResult(resultHead, observations, null, { features: [], catalogs: [], lists: [] }), key).text,
    ),
  ),
  make: signedMutant,
  feed: (input, random) => {
    const request = requestOf(
      readSignedLines(requests[random.below(requests.length)] ?? Buffer.alloc(0), requestBounds),
    );
    const result = resultOf(readSignedLines(input, resultBounds), request as CarryRequest);
    if ('place' in result) return null;
    return diagnose(heldAgainst(result.observations, noStores, here), (error) => {
      throw error;
    }).summary;
  },
};

export const signedClasses: readonly FuzzClass[] = [signedLines, carriedRequests, carriedResults];
