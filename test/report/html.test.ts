import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import type { View } from '../../src/report/view.ts';
import { languages } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';
import { hostile } from './fixtures.ts';
import { recorded, tenThousand } from './recorded.ts';

const view: View = { lang: 'en', width: 100, colour: false, verbose: false };

/** Element, class and id of each tag that opens, indented; runs of the same are counted. */
function structure(page: string): string {
  const bare = page.replace(/<style>.*?<\/style>/s, '<style>').replace(/<script>.*?<\/script>/s, '<script>');
  const lines: string[] = [];
  let depth = 0;
  for (const [tag, end, name, attributes = ''] of bare.matchAll(/<(\/?)([a-z0-9]+)((?:\s[^<>]*)?)>/g)) {
    if (end === '/') depth -= 1;
    else {
      const key = [...attributes.matchAll(/(?:class|id|role)="([^"]*)"/g)].map(([, value]) => value).join('.');
      lines.push(`${' '.repeat(depth)}${name}${key === '' ? '' : ` ${key}`}`);
      const empty = /^(meta|input|rect|style|script)$/.test(name ?? '') || tag.endsWith('/>');
      if (!empty) depth += 1;
    }
  }
  expect(depth).toBe(0);
  const counted: string[] = [];
  for (const line of new Set(lines)) counted.push(`${line} ×${lines.filter((other) => other === line).length}`);
  return `${counted.join('\n')}\n`;
}

describe('the page', () => {
  it.each(['inspection', 'half-blocked', 'incomplete'] as const)('of %s has its parts', async (name) => {
    const text = structure(renderHtml(recorded[name](), view));
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, '..', 'golden', `html.${name}.txt`));
  });

  it.each(Object.keys(recorded))('of %s names nothing that a browser would load, and lets nothing else run', (name) => {
    const page = renderHtml(recorded[name as keyof typeof recorded](), view);
    expect(page).not.toMatch(/<[^>]+\s(?:src|srcset|action|style|on\w+|xlink:href)\s*=/i);
    expect([...page.matchAll(/\shref="([^"]*)"/g)].filter(([, to]) => !to?.startsWith('#'))).toEqual([]);
    expect(page).not.toMatch(/@import|url\(|<(?:link|img|iframe|object|embed|base)\b/i);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^' ]+'; script-src 'sha256-[^' ]+'; base-uri 'none'; form-action 'none'$/,
    );
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<style/g)).toHaveLength(1);
  });

  it('leaves markup, control and bidirectional characters of hostile names harmless', () => {
    for (const report of [hostile(), recorded.hostile()]) {
      const page = renderHtml(report, view);
      expect(page.match(/<script/g)).toHaveLength(1);
      expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(structure(page)).not.toMatch(/^ *(img|iframe|a javascript)/m);
    }
  });

  it.each(languages)('is written in %s', (lang) => {
    const page = renderHtml(recorded.inspection(lang), { ...view, lang });
    const { page: words, labels } = wordsOf(lang);
    expect(page).toContain(`<html lang="${lang}">`);
    for (const text of [words.verdict(6, 16, 2), words.matrix, labels.text.chains, words.trustedBy])
      expect(page).toContain(text.replace(/'/g, '&#39;'));
  });

  it('says first what cannot be used, or that all can', () => {
    const first = (report: Report): string => /<h1>(.*?)<\/h1>/.exec(renderHtml(report, view))?.[1] ?? '';
    expect(first(recorded.healthy())).toMatch(/^All \d+ tested endpoints can be used$/);
    expect(first(recorded['half-blocked']())).toMatch(/^\d+ of \d+ tested endpoints have trouble: 1 cause$/);
    const early = /^\d+ of \d+ tested, the deadline ended the run\. \S/;
    expect(first(recorded.incomplete())).toMatch(early);
    expect(/<title>(.*?)<\/title>/.exec(renderHtml(recorded.incomplete(), view))?.[1]).toMatch(early);
  });

  it('has every endpoint, those with trouble first, and stays under 15 MB with ten thousand', () => {
    const report = tenThousand();
    const page = renderHtml(report, view);
    expect(Buffer.byteLength(page)).toBeLessThan(15_000_000);
    const verdicts = [...page.matchAll(/^<li class="(\w+)" data-f/gm)].map(([, verdict]) => verdict);
    expect(verdicts).toHaveLength(report.targets.length);
    const order = ['unreachable', 'degraded', 'untested', 'reachable'];
    expect(verdicts).toEqual([...verdicts].sort((a = '', b = '') => order.indexOf(a) - order.indexOf(b)));
  });
});
