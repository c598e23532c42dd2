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
  expect(lines.filter((line) => /^─+$/.test(line))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('.example.com')).map((line) => line.slice(0, 16))).toEqual(
    rows.map(([host]) => host?.text),
  );
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(44);
  expect(drawTable(columns, [], view).trimEnd().split('\n')).toHaveLength(2);
});

it('a host that is too long for its column stands whole on a line of its own, above its row', () => {
  const columns = [
    { title: 'Host', whole: true },
    { title: 'Port', whole: true },
    { title: 'Why', whole: false },
  ];
  const long = `${'a'.repeat(30)}.download.example.com`;
  const row = (host: string) => [host, '443', 'no answer came'].map((text) => ({ text, style: null }));
  const view = { lang: 'en', width: 40, colour: false, verbose: false } as const;
  const lines = drawTable(columns, [row('a.example.com'), row(long), row('b.example.com')], view).split('\n');
  expect(lines).toContain(long);
  expect(lines[lines.indexOf(long) + 1]).toMatch(/^ +443 {3}no answer came$/);
});
