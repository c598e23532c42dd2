/** Answers of JSON. */
import { harmlessJson } from '../report/json.ts';
import type { Answer } from '../serve/server.ts';

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  ...{ status, headers, type: 'application/json' },
  body: `${harmlessJson(value, 0)}\n`,
});

export const refusal = (status: number, error: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  json(status, { wayclear: 1, error }, headers);

/** Who waits to be let in, or for its turn, comes again after that. */
export const waitingSeconds = 60;
export const tooOften = { 'retry-after': String(waitingSeconds) };
