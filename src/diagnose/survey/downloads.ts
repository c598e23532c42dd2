/** How much of a download came, by what its own answer says. */
import type { HttpValue, Observation } from '../../model/observations.ts';
import { headerOf } from './http-answer.ts';

/** Bytes that the answer itself announces: of the range (RFC 9110 section 14.4) or of the whole; null where it doesn't. */
export function announced(value: HttpValue): number | null {
  const range = /^bytes (\d{1,15})-(\d{1,15})\//.exec(headerOf(value, 'content-range') ?? '');
  if (value.status === 206 && range !== null) return Number(range[2]) - Number(range[1]) + 1;
  const length = headerOf(value, 'content-length');
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

/** The body ended, or stood still, before its own framing said it would. */
export function isCutShort(value: HttpValue): boolean {
  const { bodyEnd, content } = value;
  if (content === undefined || (bodyEnd !== 'broken' && bodyEnd !== 'stalled')) return false;
  const expected = announced(value);
  return expected === null || content.bytes < expected;
}

/** Whether an answer of this probe was cut short. */
export const cutShort = ({ attempts }: Observation): boolean =>
  attempts.some(({ http }) => http.status === 'passed' && isCutShort(http.value));
