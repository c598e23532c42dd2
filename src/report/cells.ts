/** How text from outside stands in a cell: of Markdown, and of CSV; and in a message of SARIF. */
import { harmless } from '../harmless.ts';

/** Markdown's own characters lose their meaning, and so do markup and addresses that would become links. */
export const plain = (text: string): string =>
  harmless(text, 2_000)
    .replace(/[\\`*_[\]<>|#~&@]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(www)\./gi, '$1\\.');

/** What stands in brackets could be a link: such text holds them, and what escapes them, escaped (SARIF 2.1.0 section 3.11.6). */
export const unlinked = (text: string): string => text.replace(/[\\[\]]/g, '\\$&');

/** A code span in a table cell; what could end the span or the cell is escaped outside of one instead. */
export const code = (text: string): string =>
  /^[^`|\\]+$/.test(text) ? `\`${harmless(text, 300)}\`` : plain(text.slice(0, 300));

/** RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe before it; a number is none. */
export function cell(text: string | number): string {
  if (typeof text === 'number') return String(text);
  const shown = harmless(text, 4_000);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${shown}` : shown;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Rows of CSV, the head first, each ended as RFC 4180 has it. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
