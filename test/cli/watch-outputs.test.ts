import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../real/parts.ts';
import { wayclear } from './in-process.ts';

const folder = temporaryFolder();
afterAll(() => folder.close());
const at = (name: string): string => join(folder.path, name);

it.each([
  ['--cmtrace-log in a folder that is not there', ['--cmtrace-log', at('none/x.log')], '--cmtrace-log: '],
  ['--cmtrace-log that is a folder', ['--cmtrace-log', folder.path], '--cmtrace-log: '],
  ['--format to a folder that is not there', ['--format', `json=${at('none/x.json')}`], 'x.json'],
])(
  'a look whose output fails is recorded, what can be written is, and the scheduler gets 2: %s',
  async (name, args, told) => {
    const store = at(`${name.replaceAll(/\W/g, '-')}.db`);
    const other = at(`${name.replaceAll(/\W/g, '-')}.log`);
    // The deadline of this process has begun long ago.
    const run = ['watch', '127.0.0.1:1', '--once', '--proxy', 'direct', '--deadline', '1h', '--store', store];
    const more = args[0] === '--format' ? ['--cmtrace-log', other] : ['--format', `cmtrace=${other}`];
    const { code, stderr } = await wayclear([...run, ...args, ...more]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(told) });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(other)).toBe(true);
    expect(readFileSync(other, 'utf8')).toContain('127.0.0.1:1 [critical]: unreachable');
    const history = await wayclear(['history', '--json', '--store', store]);
    expect(history.stdout).toContain('ad-hoc');
    expect((await wayclear([...run, ...more])).code).toBe(0);
  },
  120_000,
);
