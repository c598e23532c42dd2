import type { Report } from '../model/report.ts';

/**
 * JSON with the characters escaped that JSON itself lets through and a terminal or an editor obeys: DEL,
 * C1 controls, line separators, bidirectional and invisible marks. Inside strings only, as JSON has none
 * of them elsewhere.
 */
export function harmlessJson(value: unknown, indent: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The whole report, pretty, with a newline at the end. */
export function renderJson(report: Report): string {
  return `${harmlessJson(report, 2)}\n`;
}
