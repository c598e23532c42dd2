import { expect, it } from 'vitest';
import { drawTable } from '../../src/report/table.ts';

it('a long table is drawn as one', () => {
  const columns = [
    { title: 'Host', whole: true },
    { title: 'Why', whole: false },
  ];
  const rows = Array.from({ length: 350 }, (_, index) => [
    { text: `h${String(index).padStart(3, '0')}.example.com`, style: null },
    { text: index % 3 === 0 ? 'a few words, more than go on one line' : '', style: null },
  ]);
  const view = { lang: 'en', width: 44, colour: false, verbose: false } as const;
  const lines = drawTable(columns, rows, view).split('\n');
  expect(lines.filter((line) => /[┌├└]/.test(line))).toHaveLength(3);
  expect(lines.filter((line) => line.includes('.example.com')).map((line) => line.slice(2, 18))).toEqual(
    rows.map(([host]) => host?.text),
  );
  expect(new Set(lines.slice(0, -1).map((line) => line.length))).toEqual(new Set([44]));
  expect(drawTable(columns, [], view).split('\n')).toHaveLength(4);
});
