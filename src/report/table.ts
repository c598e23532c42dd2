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

/** Spaces between two columns. */
const gap = 2;

/**
 * A table without frames: a rule below the titles, and as wide as its texts need, `view.width` at most. Whole columns keep
 * their width and the others are wrapped; a text of the first column that leaves the others too little stands on a line of
 * its own above its row. No text is ever cut. Ends with a newline.
 */
export function drawTable(columns: readonly Column[], rows: readonly (readonly Cell[])[], view: View): string {
  const texts = columns.map((column, index) => [column.title, ...rows.map((row) => row[index]?.text ?? '')]);
  // Where the library would count a text otherwise than a terminal does it would cut it.
  if (!texts.flat().every(fitsTable)) return drawList(columns, rows, view);
  return drawGrid(columns, rows, columnWidths(columns, texts, view.width), view);
}

const most = (texts: readonly string[], of: (text: string) => number): number =>
  texts.reduce((largest, text) => Math.max(largest, of(text)), 0);

function columnWidths(
  columns: readonly Column[],
  texts: readonly (readonly string[])[],
  width: number,
): readonly number[] {
  const natural = texts.map((column) => most(column, displayWidth));
  const least = texts.map((column, index) => {
    const whole = natural[index] ?? 0;
    if (columns[index]?.whole === true) return whole;
    return Math.min(whole, Math.max(narrowest, most(column, longestPiece)));
  });
  const room = width - (columns.length - 1) * gap;
  const widths = [...least];
  const used = (): number => widths.reduce((total, size) => total + size, 0);
  // What is too long for the first column then stands on a line of its own.
  const title = displayWidth(columns[0]?.title ?? '');
  if (used() > room) widths[0] = Math.min(widths[0] ?? 0, Math.max(title, (widths[0] ?? 0) - used() + room));
  for (let spare = Math.max(0, room - used()); ; ) {
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

/** Lines that are drawn at once: the library's time for a table grows with the square of its rows. */
const slice = 100;

/** The lines of a row, each a row of its own: the library's time for a cell grows with the square of its text. */
function linesOf(row: readonly Cell[], widths: readonly number[], view: View): readonly (readonly string[])[] {
  const cells = row.map(({ text, style }, index) =>
    wrap(text, widths[index] ?? narrowest).map((line) => paint(style, line, view)),
  );
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) => cells.map((lines) => lines[at] ?? ''));
}

const chars = {
  ...Object.fromEntries(
    ['top', 'bottom', 'left', 'right'].flatMap((side) =>
      ['', '-mid', '-left', '-right'].map((end) => [side + end, '']),
    ),
  ),
  mid: '',
  'mid-mid': '',
  'left-mid': '',
  'right-mid': '',
  middle: ' '.repeat(gap),
};

function drawGrid(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  widths: readonly number[],
  view: View,
): string {
  const lines: string[] = [];
  const draw = (head: readonly string[], part: readonly (readonly string[])[]): void => {
    if (head.length + part.length === 0) return;
    // The library colours heads and borders even into a pipe unless both styles are empty.
    const style = { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 };
    const table = new CliTable({ head: [...head], colWidths: [...widths], chars, style });
    table.push(...part.map((line) => [...line]));
    for (const line of table.toString().split('\n')) lines.push(line.trimEnd());
  };
  const isLong = ([first]: readonly Cell[]): boolean => longestPiece(first?.text ?? '') > (widths[0] ?? 0);
  let part: (readonly string[])[] = [];
  draw(
    columns.map((column) => paint('bold', column.title, view)),
    [],
  );
  lines.push('─'.repeat(widths.reduce((total, size) => total + size + gap, -gap)));
  for (const row of rows) {
    const long = isLong(row);
    if (part.length >= slice || (long && part.length > 0)) {
      draw([], part);
      part = [];
    }
    const [first, ...rest] = row;
    if (long && first !== undefined) lines.push(paint(first.style, first.text, view));
    part.push(...linesOf(long ? [{ text: '', style: null }, ...rest] : row, widths, view));
  }
  draw([], part);
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
