import type { Paper } from './paper.ts';
import { paint } from './table.ts';
import { displayWidth, hang } from './wrap.ts';

/** A field of a block: a word in the margin, and items beside it. */
export interface Field {
  readonly name: keyof Paper['words']['screen']['fields'];
  readonly items: readonly string[];
}

/** Fields below each other, their items hanging behind the longest name of the language; no item, no field. */
export function fieldLines({ words, view }: Paper, fields: readonly Field[]): readonly string[] {
  const names = Object.values(words.screen.fields);
  const margin = names.reduce((most, name) => Math.max(most, displayWidth(name)), 0) + 4;
  return fields.flatMap(({ name, items }) =>
    items.flatMap((item, index) => {
      const title = index === 0 ? words.screen.fields[name] : '';
      const bullet = items.length > 1 ? '- ' : '';
      const first = `  ${title}${' '.repeat(margin - 2 - displayWidth(title))}${bullet}`;
      return hang(first, item, view.width).map((line, at) =>
        at === 0 && title !== '' ? line.replace(title, paint('dim', title, view)) : line,
      );
    }),
  );
}
