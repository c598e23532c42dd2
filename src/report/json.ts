import { escapedInJson } from '../harmless.ts';
import type { Report } from '../model/report.ts';

/**
 * JSON with the characters escaped that JSON itself lets through and a terminal or an editor obeys: DEL,
 * C1 controls, line separators, bidirectional and invisible marks. Inside strings only, as JSON has none
 * of them elsewhere.
 */
export function harmlessJson(value: unknown, indent: number): string {
  return escapedInJson(JSON.stringify(value, null, indent));
}

/** The whole report, pretty, with a newline at the end. */
export function renderJson(report: Report): string {
  return `${harmlessJson(report, 2)}\n`;
}
