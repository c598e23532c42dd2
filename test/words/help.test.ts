import { describe, expect, it } from 'vitest';
import { commandNames, flags } from '../../src/cli/flags.ts';
import { formatsOf } from '../../src/cli/formats.ts';
import { helpText } from '../../src/cli/help-text.ts';
import { topicText } from '../../src/cli/help-topics.ts';
import { topicNames, usages } from '../../src/cli/usage.ts';
import { reporterNames } from '../../src/report/registry.ts';
import { displayWidth } from '../../src/report/wrap.ts';
import type { HelpWords } from '../../src/words/contract.ts';
import { languages } from '../../src/words/language.ts';
import { loadWords } from '../../src/words/load.ts';

/** What a reader types, in the order of the alphabet. */
const typed = (text: string): readonly string[] =>
  [
    ...new Set(
      text.match(
        /--[a-z-]+|\b[A-Z]+_[A-Z_]+\b|\b(?:407|11412|500ms|CONNECT|CIDR|m365|socks5h)\b|\bwayclear\.[a-z.]+/g,
      ) ?? [],
    ),
  ].sort();

function sentencesOf({ options, commands }: HelpWords): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ...Object.entries(options),
    ...Object.entries(commands).flatMap(([name, { describe: says, words, examples }]) => [
      [`${name}:`, says],
      ...Object.entries<string>(words).map(([word, text]) => [`${name} ${word}`, text]),
      ...examples.map((text, index) => [`${name} ${index}`, text]),
    ]),
  ]) as Readonly<Record<string, string>>;
}

const en = (await loadWords('en')).help;

describe.each(languages)('the help in %s', async (lang) => {
  const words = (await loadWords(lang)).help;

  it('has a sentence for each option, command, argument and example, and no other', () => {
    expect(Object.keys(words.options).sort()).toEqual([...flags.map(({ name }) => name), 'help', 'version'].sort());
    expect(Object.keys(words.commands).sort()).toEqual([...commandNames].sort());
    for (const name of commandNames) {
      expect(words.commands[name].examples, name).toHaveLength(usages[name].examples.length);
      const named = usages[name].usage.match(/(?<=[<[])\w+/g) ?? [];
      expect(Object.keys(words.commands[name].words), name).toEqual(named);
    }
    expect(Object.keys(sentencesOf(words))).toEqual(Object.keys(sentencesOf(en)));
  });

  it('keeps what a reader types, in whole sentences', () => {
    for (const [name, text] of Object.entries(sentencesOf(words))) {
      expect(text, name).toMatch(/[.。]$/);
      expect(typed(text), name).toEqual(typed(sentencesOf(en)[name] ?? ''));
    }
    expect(typed(words.epilogue([]))).toEqual(typed(en.epilogue([])));
  });

  it.each([null, ...commandNames])('of %s shows every sentence in lines of at most 80 columns', async (command) => {
    const text = await helpText(command, formatsOf, words);
    for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
    expect(text).not.toMatch(/[\ue000-\uf8ff]|undefined/);
    const shown = text.replace(/\s+/g, '');
    for (const { name } of flags.filter((flag) => flag.commands.includes(command ?? 'check'))) {
      expect(shown, name).toContain(words.options[name].replace(/\s+/g, ''));
    }
    for (const sentence of Object.values<string>(command === null ? {} : words.commands[command].words)) {
      expect(shown).toContain(sentence.replace(/\s+/g, ''));
    }
  });

  it.each(topicNames)('keeps what a reader types in the topic %s, in lines of at most 80 columns', async (name) => {
    const { topics } = await loadWords(lang);
    const text = topicText(name, topics);
    for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
    const english = topicText(name, (await loadWords('en')).topics);
    expect(typed(text)).toEqual(typed(english));
    if (lang !== 'en') expect(text.split('\n')[0]).not.toBe(english.split('\n')[0]);
    expect(Object.keys(topics.purposes).sort()).toEqual([...reporterNames].sort());
  });
});
