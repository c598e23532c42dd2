import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Language, languages } from '../../src/words/language.ts';
import { loadWords } from '../../src/words/load.ts';
import { loadCollectWords } from '../../src/words/load-collect.ts';
import { loadFleetWords } from '../../src/words/load-fleet.ts';
import { noticesOf } from '../../src/words/notices.ts';
import { bare, english } from './english.ts';
import { type Choices, fullValues, rendered } from './samples.ts';

/** What is no free text in arguments, and what a sample can't be told from a method of a text. */
const choices: Choices = {
  ...{
    experiment: ['again', 'small-hello'],
    result: ['answers', 'refuses', 'same'],
    echo: ['altered', 'other', 'same'],
  },
  ...{ at: ['2026-01-31', ''], search: ['corp.example'] },
  'labels.incomplete.2': ['deadline', 'interrupted', 'resources'],
  'labels.confident.0': ['high', 'medium', 'low'],
  'screen.untestedBecause.0': ['deadline', 'interrupted', 'offline'],
  'shapes.least.0': ['text', 'list', 'number', 'urls', 'sets'],
  'shapes.most.0': ['text', 'list', 'number', 'urls', 'sets'],
  'fleet.trait.0': ['proxy', 'site'],
};

/** The same in both languages: a word that both have, or a name. */
const alike: Readonly<Record<Language, readonly string[]>> = {
  en: [],
  fr: [
    ...['Importance', 'Port', 'port', 'Verdict', 'verdict', 'Cause', 'Causes', 'causes', 'absent', 'Id', 'Document'],
    ...['Documents', 'Machine', 'Machines', 'machine', 'Destination', 'Proxy', 'proxy', 'ClientHello', 'WinHTTP'],
    ...['Test Anything Protocol', 'Defender for Endpoint', 'site', 'Signature', 'min'],
  ],
  ja: ['ClientHello', 'WinHTTP', 'Test Anything Protocol', 'Defender for Endpoint', 'proxy', 'site'],
  nl: [
    ...[
      'Detail',
      'Details',
      'In detail',
      'Host',
      'host',
      'hosts',
      'hosts in',
      'host in',
      'in',
      'site',
      'Runtime',
      'Platform',
      'Proxy',
    ],
    ...['proxy', 'ClientHello', 'WinHTTP', 'Wildcards', 'machine', 'Machine', 'Machines', 'route', 'Route', 'Id'],
    ...[
      'Account',
      'account',
      'open',
      'Open',
      'min',
      'Document',
      'product',
      'subnet',
      'status',
      'Test Anything Protocol',
    ],
    'Defender for Endpoint',
  ],
};

const wordsIn = (text: string): string => (bare(text).match(/[\p{L}]{2,}/gu) ?? []).join(' ');

type Sentences = ReadonlyMap<string, readonly string[]>;
const sentences = new Map<Language, Sentences>();
const of = (lang: Language): Sentences => sentences.get(lang) ?? new Map();

const allWords = async (lang: Language): Promise<object> => ({
  ...(await loadWords(lang)),
  fleet: await loadFleetWords(lang),
  collect: await loadCollectWords(lang),
  notices: noticesOf(lang),
});

beforeAll(async () => {
  for (const lang of languages) sentences.set(lang, rendered(await allWords(lang), choices));
});

/** Sentences that something is wrong with, one of each place. */
const wrong = (
  lang: Language,
  isWrong: (text: string, place: string) => boolean,
  among: Sentences = of(lang),
): readonly string[] =>
  [...among].flatMap(([place, texts]) => {
    const text = texts.find((candidate) => isWrong(candidate, place));
    return text === undefined ? [] : [`${place}: ${text}`];
  });

describe.each(languages)('every sentence in %s', (lang) => {
  it('can be rendered', () => {
    expect(of(lang).size).toBeGreaterThan(1400);
    expect([...of(lang)].filter(([, texts]) => texts.length === 0).map(([place]) => place)).toEqual([]);
  });

  it('is whole: no argument is lost in it', () => {
    expect(wrong(lang, (text) => /undefined|NaN|\$\{|\[object/.test(text))).toEqual([]);
  });
});

describe.each(languages.filter((lang) => lang !== 'en'))('every sentence in %s', (lang) => {
  it('differs from the English one, but for the few that are alike', () => {
    const isEnglish = (text: string, place: string): boolean =>
      wordsIn(text) !== '' && !alike[lang].includes(wordsIn(text)) && of('en').get(place)?.includes(text) === true;
    expect(wrong(lang, isEnglish)).toEqual([]);
  });

  it('has no English words in it', () => {
    expect(wrong(lang, (text) => english.test(bare(text)))).toEqual([]);
  });
});

describe('French sentences', () => {
  it('put a space that does not break before : ; ? ! and inside «»', async () => {
    const full = rendered(await allWords('fr'), choices, '', fullValues);
    // What is typed or read elsewhere is written as there.
    const written = (text: string): string =>
      text.replace(/(?<=en-tête de réponse )[^:]*: ?/, '').replace(/"[^"]*"|\{ .* \}|\bm365:|^Date:/g, 'X');
    const open = / [:;?!»]|« |«[^\u00a0]|[^\u00a0]»|[\p{L}\p{N})›][:;?!](?:\s|$)/u;
    expect(wrong('fr', (text) => open.test(written(text)), full)).toEqual([]);
  });
});

describe('words that nothing says', () => {
  const source = join(import.meta.dirname, '..', '..', 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'));
  const read = (isWanted: (file: string) => boolean): string =>
    files
      .filter(isWanted)
      .map((file) => readFileSync(join(source, file), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, ''))
      .join('\n');
  const program = read((file) => !file.startsWith('words/'));
  const words = read((file) => file.startsWith('words/'));
  const ground = read((file) => /^words\/[^/]+$/.test(file));
  const names = new Set(program.match(/[\w$]+/g));

  /** Named as a whole, or made of a prefix and a name: `target.${problem}`. */
  function isCodeUsed(code: string): boolean {
    const [prefix, name] = [code.slice(0, code.indexOf('.')), code.slice(code.indexOf('.') + 1)];
    return program.includes(`'${code}'`) || (program.includes(`\`${prefix}.\${`) && program.includes(`'${name}'`));
  }

  function isUsed(place: string): boolean {
    const [group = '', ...rest] = place.split('.');
    if (group === 'refusals') return isCodeUsed(rest.join('.'));
    // Features are named by the catalog, and facts have a test of their own.
    if (group === 'features' || group === 'facts') return true;
    if (group === 'experiments') return program.includes(`'${rest.join('.')}'`);
    const name = rest.findLast((part) => !/^\d+$/.test(part)) ?? group;
    return (
      names.has(name) || program.includes(`'${name}'`) || words.includes(`.${name}`) || ground.includes(`'${name}'`)
    );
  }

  it('are none', () => {
    const unused = [...of('nl').keys()].filter((place) => !isUsed(place));
    expect(unused).toEqual([]);
  });
});
