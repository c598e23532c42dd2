import { harmless } from '../harmless.ts';
import type { Environment } from '../model/observations.ts';
import { wordsOf } from '../words/load.ts';
import { judgeAccount, type Mark, markOf } from './doctor-judgement.ts';
import { drawTable, paint } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

type Field = readonly [Mark, string, string];

/** What of Windows alone stands among the settings: account, name resolution, the role's logs. Empty elsewhere. */
export function windowsFields(environment: Environment, view: View): readonly Field[] {
  const { windows, naming, resolvers } = environment;
  const words = wordsOf(view.lang).doctor.windows;
  const { suffixes = [], rules = [], adapters = [] } = naming?.windows ?? {};
  // Adapters that are not connected keep what they once had; nobody asks there.
  const live = adapters.filter(({ servers }) =>
    servers.some((server) => resolvers.some((resolver) => resolver.replaceAll(/[[\]]/g, '').startsWith(`${server}:`))),
  );
  const ofNames: readonly Field[] = [
    ...(suffixes.length === 0 ? [] : [['fine', words.suffixes, suffixes.join(', ')] as const]),
    ...rules.map(
      ({ names, servers, from }) =>
        ['fine', words.rules, `${names.join(', ')} → ${servers.join(', ') || '—'} (${words.sources[from]})`] as const,
    ),
    ...live.map(
      ({ servers, from }) => ['fine', words.servers, `${servers.join(', ')} (${words.sources[from]})`] as const,
    ),
  ];
  if (windows === undefined) return ofNames;
  const { folder, from, files } = windows.roleLogs;
  const named = files.map(({ name, there }) => (there ? name : `${name} (${words.notThere})`));
  return [
    [markOf(judgeAccount(environment)), words.account, words.accounts[windows.account]],
    ...ofNames,
    ['fine', words.logs, `${harmless(folder)} (${words.logsFrom[from]}): ${named.join(', ')}`],
  ];
}

/** What asks Windows and how far that is proven: nobody should take for tested what never ran there. */
export function windowsPartsText({ windows }: Environment, view: View): readonly string[] {
  if (windows === undefined) return [];
  const words = wordsOf(view.lang).doctor.windows;
  const columns = [
    { title: '', whole: true },
    { title: words.part, whole: false },
    { title: words.proof, whole: false },
  ];
  const rows = windows.parts.map(({ id, proof }) => [
    { text: '?', style: 'dim' as const },
    { text: words.parts[id], style: null },
    { text: words.proofs[proof], style: null },
  ]);
  const heading = hang('', words.proven, view.width).map((line) => paint('bold', line, view));
  return [`${heading.join('\n')}\n${drawTable(columns, rows, view)}`];
}
