import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowListNames } from '../../src/allowlist/registry.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { commandNames } from '../../src/cli/flags.ts';
import { topicNames } from '../../src/cli/usage.ts';
import { reporterNames } from '../../src/report/registry.ts';
import { languages } from '../../src/words/language.ts';
import { recorded } from '../report/recorded.ts';
import { bare, english } from '../words/english.ts';
import { wayclear } from './in-process.ts';

/** Somebody reads one language alone: whatever the program is asked, and however wrongly, no English sentence comes out. */
const folder = mkdtempSync(join(tmpdir(), 'wayclear-words-'));
/** The catalog names documents as their publisher does. */
let documents: readonly string[] = [];

beforeAll(async () => {
  const file = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  for (const [name, make] of Object.entries(recorded)) file(`${name}.json`, JSON.stringify(make('en')));
  file('broken.json', '{"schema": 1');
  file('other.json', '{"schema": "one"}');
  file('list.txt', 'no host at all\nwww.example.com\ntenant-attach\n');
  file('empty.pem', '');
  const { features } = await loadCatalog();
  const sources = features.flatMap(({ endpoints }) =>
    endpoints.flatMap(({ source, moreSources }) => [...(source === null ? [] : [source]), ...moreSources]),
  );
  documents = [...new Set(sources.map(({ document }) => document))].sort((a, b) => b.length - a.length);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What other programs read by names that are the same in all languages. */
const forPrograms = ['json', 'ndjson', 'csv', 'pac', 'azure-firewall', 'summary', 'prometheus'];
const forPeople = (names: readonly string[]): readonly string[] => names.filter((name) => !forPrograms.includes(name));
const runs = Object.keys(recorded).filter((name) => name !== 'hostile');

const good: readonly (readonly string[])[] = [
  ...forPeople(reporterNames).map((format) => ['diagnose', 'half-blocked.json', '--format', format]),
  ...runs.flatMap((name) => [['diagnose', `${name}.json`, '--verbose']]),
  ...forPeople(allowListNames).map((format) => ['allowlist', '--format', format]),
  ['allowlist', '--from', 'half-blocked.json'],
  ['diff', 'healthy.json', 'half-blocked.json'],
  ['diff', 'half-blocked.json', 'incomplete.json'],
  ['diagnose', 'half-blocked.json', 'inspection.json'],
  ...[['list'], ['list', 'tenant-attach'], ['plan'], ['doctor'], ['check', '--offline'], ['explain']],
  ...['tls.inspection', 'proxy.auth-required', '407', '11412', '11488', 'tls', 'cloud-services'].map((word) => [
    'explain',
    word,
  ]),
  ...[['--help']],
  ...topicNames.map((name) => ['help', name]),
  ...['zsh', 'fish'].map((shell) => ['completion', shell]),
];

const bad: readonly (readonly string[])[] = [
  ...[['--tiemout'], ['lits'], ['tenant-atach'], ['list', 'nothing'], ['explain', 'nothing'], ['help', 'nothing']],
  ...commandNames.map((name) => [...name.split(' '), '--nonsense']),
  ...[
    ['diff', 'healthy.json'],
    ['diff', 'a', 'b', 'c'],
    ['schema', 'x'],
    ['completion', 'x'],
    ['list', '--timeout', '1s'],
  ],
  ...['broken.json', 'other.json', 'nowhere.json', '.'].flatMap((name) => [
    ['diagnose', name],
    ['--catalog', name],
    ['--config', name],
    ['--targets', name],
    ['--ca-file', name, '--offline'],
    ['--proxy', 'http://p.example', '--proxy-ca', name],
    ['carry', 'show', name],
    ['carry', 'import', name],
  ]),
  ...[
    ['--targets', 'list.txt'],
    ['--ca-file', 'empty.pem', '--offline'],
    ['--only', 'nothing'],
    ['--set', 'a=b'],
  ],
  ...['user:p@x', 'ftp://x', '[::1', 'a.example:99999', 'tcp://a.example:1/x', '10.0.0.0/99', '*x..*'].map((word) => [
    word,
  ]),
  ...['drect', 'pac+ftp://x', 'http://a b', 'http://x:0', 'gopher://x', 'http=a;https=b'].map((url) => [
    '--proxy',
    url,
  ]),
  ...[
    ['--timeout', '10'],
    ['--timeout', '9h'],
    ['--concurrency', 'x'],
    ['--cloud', 'mars'],
    ['--role', 'cook'],
  ],
  ...[
    ['--format', 'x'],
    ['--format', 'json', '--format', 'html'],
    ['--format', 'html='],
    ['-o', 'a.xyz'],
    ['-o', '.'],
  ],
  ...[
    ['--set', 'nope'],
    ['--lang', 'xx'],
    ['--dns-server', 'a.example'],
  ],
  ...[['--catalog', 'm365:mars'], ['--catalog', 'm365:worldwide', '--offline'], ['--label', 'x'], ['--offline=so']],
];

const styled = /<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g;

/** Without markup, titles of documents, ids, and names of arguments. */
function free(text: string): string {
  const ours = documents.reduce(
    (rest, title) => rest.replaceAll(title, ''),
    text.replaceAll(folder, '').replace(styled, ''),
  );
  return bare(
    ours
      .replace(/<[^>]*>|\[[\w. -]+\]|\bwhat\b|^ +(?:from|to)(?= )|^not ok\b/gm, ' ')
      .replace(/\b[a-z0-9]+(?:-[a-z0-9]+)+\b|(?<=-l )\w+/g, ''),
  );
}

describe.each(languages.filter((lang) => lang !== 'en'))('somebody who reads only %s', (lang) => {
  const told = async (
    args: readonly string[],
  ): Promise<{ readonly code: number; readonly english: readonly string[] }> => {
    const named = args.map((word) => (/^[\w-]+\.(?:json|txt|pem|xyz)$|^\.$/.test(word) ? join(folder, word) : word));
    const { code, stdout, stderr } = await wayclear(named, { cwd: folder, env: { LC_ALL: lang }, columns: 400 });
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => english.test(free(line)));
    return { code, english: lines };
  };

  it.each(good.map((args) => args.join(' ')))('finds no English in the answer to: %s', async (words) => {
    const { code, english: found } = await told(words.split(' '));
    expect(found).toEqual([]);
    expect(code).not.toBe(2);
  });

  it.each(bad.map((args) => args.join(' ')))('finds no English in the refusal of: %s', async (words) => {
    const { code, english: found } = await told(words.split(' '));
    expect(found).toEqual([]);
    expect(code).toBe(2);
  });
});
