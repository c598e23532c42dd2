import { styleText } from 'node:util';
import CliTable from 'cli-table3';
import { labelsOf } from '../words/load.ts';
import type { View } from './view.ts';
import { displayWidth, fitsTable, hang, longestPiece, wrap } from './wrap.ts';

export type Style = 'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold';

export interface Cell {
  readonly text: string;
  readonly style: Style | null;
}

export interface Column {
  readonly title: string;
  /** Never broken over lines: host names, ports, ids. */
  readonly whole: boolean;
}

/** Colour only where the view wants it; the terminal is never asked. */
export function paint(style: Style | null, text: string, view: View): string {
  return view.colour && style !== null && text !== '' ? styleText(style, text, { validateStream: false }) : text;
}

/** A breakable column narrower than this (or than its longest word) is no longer read with pleasure. */
const narrowest = 14;

/**
 * A table of at most `view.width` columns. Whole columns keep their width and the others are wrapped;
 * where that leaves too little, or the library would count a text otherwise than a terminal does, each row
 * becomes a few lines instead. No text is ever cut.
 * Ends with a newline.
 */
export function drawTable(columns: readonly Column[], rows: readonly (readonly Cell[])[], view: View): string {
  const widths = columnWidths(columns, rows, view.width);
  return widths === null ? drawList(columns, rows, view) : drawGrid(columns, rows, widths, view);
}

const most = (texts: readonly string[], of: (text: string) => number): number =>
  texts.reduce((largest, text) => Math.max(largest, of(text)), 0);

function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
): readonly number[] | null {
  const texts = columns.map((column, index) => [column.title, ...rows.map((row) => row[index]?.text ?? '')]);
  if (!texts.flat().every(fitsTable)) return null;
  const natural = texts.map((column) => most(column, displayWidth));
  const least = texts.map((column, index) => {
    const whole = natural[index] ?? 0;
    if (columns[index]?.whole === true) return whole;
    return Math.min(whole, Math.max(narrowest, most(column, longestPiece)));
  });
  // A border before each column and one after the last, a space on both sides of each text.
  let spare = width - (columns.length * 3 + 1) - least.reduce((sum, size) => sum + size, 0);
  if (spare < 0) return null;
  const widths = [...least];
  for (;;) {
    const hungry = widths.flatMap((size, index) => (size < (natural[index] ?? 0) ? [index] : []));
    if (spare === 0 || hungry.length === 0) return widths;
    const share = Math.max(1, Math.floor(spare / hungry.length));
    for (const index of hungry) {
      const more = Math.min(share, spare, (natural[index] ?? 0) - (widths[index] ?? 0));
      widths[index] = (widths[index] ?? 0) + more;
      spare -= more;
    }
  }
}

/** Rows that are drawn at once: the library's time for a table grows with the square of its rows. */
const slice = 100;

function drawGrid(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  widths: readonly number[],
  view: View,
): string {
  const head = columns.map((column) => paint('bold', column.title, view));
  const lines: string[] = [];
  for (let from = 0; from === 0 || from < rows.length; from += slice) {
    // The library colours heads and borders even into a pipe unless both styles are empty.
    const table = new CliTable({
      head: from === 0 ? head : [],
      colWidths: widths.map((size) => size + 2),
      style: { head: [], border: [], compact: true },
    });
    for (const row of rows.slice(from, from + slice)) {
      table.push(
        row.map((cell, index) =>
          wrap(cell.text, widths[index] ?? narrowest)
            .map((line) => paint(cell.style, line, view))
            .join('\n'),
        ),
      );
    }
    const drawn = table.toString().split('\n');
    // The border below what was drawn so far gives way to the rows of the next part, without its border above.
    if (from > 0) lines.pop();
    for (const line of from === 0 ? drawn : drawn.slice(1)) lines.push(line);
  }
  return `${lines.join('\n')}\n`;
}

/** The whole columns of a row on one line, the others below it, indented. */
function drawList(columns: readonly Column[], rows: readonly (readonly Cell[])[], view: View): string {
  const { colon } = labelsOf(view.lang).punctuation;
  const lines = rows.flatMap((row) => {
    const filled = row.flatMap((cell, index) => (cell.text === '' ? [] : [{ cell, column: columns[index] }]));
    const whole = filled.filter(({ column }) => column?.whole === true);
    return [
      ...hang('', whole.map(({ cell }) => cell.text.replaceAll(' ', '\u00a0')).join('  '), view.width).map((line) =>
        line.replaceAll('\u00a0', ' '),
      ),
      ...filled
        .filter(({ column }) => column?.whole !== true)
        .flatMap(({ cell, column }) => hang(`  ${column?.title}${colon}`, cell.text, view.width)),
    ];
  });
  return lines.map((line) => `${line}\n`).join('');
}
