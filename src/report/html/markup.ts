import { entryOf } from '../../entry.ts';
import { harmless } from '../../harmless.ts';

/** Text that is markup already; nothing but {@link html} makes it. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Piece = string | number | Markup | readonly Piece[];

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text from outside as it may stand in an element or between the quotes of an attribute. */
export const escaped = (text: string): string =>
  harmless(text, 2000).replace(/[&<>"']/g, (sign) => entryOf(names, sign) ?? '');

function written(piece: Piece): string {
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'string') return escaped(piece);
  return typeof piece === 'number' ? String(piece) : piece.map(written).join('');
}

/** Markup as it stands in the source, with values in it that are escaped unless they are markup themselves. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(
    texts.map((text, index) => text + (index < pieces.length ? written(pieces[index] ?? '') : '')).join(''),
  );
}

export const nothing = new Markup('');
