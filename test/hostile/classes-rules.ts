/** Rules for firewalls and proxies out of a saved report that somebody has changed: a rule is a name, or it is none. */
import { Script } from 'node:vm';
import { allowListNames, loadAllowListFormat } from '../../src/allowlist/registry.ts';
import { failedSet } from '../../src/allowlist/rules.ts';
import { readReport } from '../../src/cli/saved-report.ts';
import { UsageError } from '../../src/usage-error.ts';
import { wordsOf } from '../../src/words/load.ts';
import type { FuzzClass } from './attack.ts';
import { savedReports } from './classes-json.ts';
import { jsonMutant } from './mutate.ts';

/** What a line of each format may look like, whatever the report holds. */
const lines: Readonly<Record<string, RegExp>> = {
  edl: /^(?:#.*|[\w*.-]+|)$/,
  squid:
    /^(?:#.*|acl wayclear_\d+ port \d+|acl wayclear_\d+_\w+ [a-z_ -]+ [\w.*+^$\\[\]:/-]+|http_access allow wayclear_\d+ wayclear_\d+_\w+|)$/,
};

async function rulesOf(input: Buffer): Promise<unknown> {
  const io = { readStdin: async () => input.toString() } as unknown as Parameters<typeof readReport>[0];
  const list = failedSet(await readReport(io, 'allowlist', '-'), '0');
  for (const format of allowListNames) {
    const text = (await loadAllowListFormat(format))(list, {
      words: wordsOf('en'),
      lang: 'en',
      proxy: 'PROXY p.example:1',
    });
    if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/.test(text.replaceAll('\r\n', '\n')))
      throw new Error(`${format}: control characters`);
    const line = text.split('\n').find((each) => lines[format] !== undefined && !lines[format].test(each));
    if (line !== undefined) throw new Error(`${format}: a line of its own: ${line.slice(0, 120)}`);
    if (format === 'csv' && /(?:^|,)"?[=+@\t-]/m.test(text)) throw new Error('csv: a formula');
    if (format === 'markdown' && /(?<!\\)<(?!br>)[a-z!/]/i.test(text.replace(/`[^`]*`/g, '')))
      throw new Error('markdown: markup');
    if (format === 'azure-firewall') JSON.parse(text);
    if (format === 'pac') new Script(text);
  }
  return list.rules.length;
}

const rules: FuzzClass = {
  name: 'allow-lists',
  rounds: 200,
  refuses: true,
  mostMs: 2000,
  make: jsonMutant,
  samples: savedReports().filter((text) => text.length < 60_000),
  feed: async (input) => {
    try {
      return await rulesOf(input);
    } catch (error) {
      if (error instanceof UsageError) return null;
      throw error;
    }
  },
};

export const ruleClasses: readonly FuzzClass[] = [rules];
