import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addToLog } from '../../src/cli/role-log.ts';
import { temporaryFolder } from '../real/parts.ts';

const folder = temporaryFolder();
afterAll(() => folder.close());

describe("the log in the role's own format", () => {
  it('grows to its size, and begins anew beside the one before', () => {
    const file = join(folder.path, 'EndpointConnectivityCheckWorker.log');
    addToLog(file, 'one\n', 10);
    addToLog(file, 'two\n', 10);
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
    expect(existsSync(join(folder.path, 'EndpointConnectivityCheckWorker.lo_'))).toBe(false);
    addToLog(file, 'three\n', 10);
    expect(readFileSync(file, 'utf8')).toBe('three\n');
    expect(readFileSync(join(folder.path, 'EndpointConnectivityCheckWorker.lo_'), 'utf8')).toBe('one\ntwo\n');
  });

  it('says in one line that it can not be written', () => {
    expect(() => addToLog(folder.path, 'x')).toThrow(/^--cmtrace-log: /);
  });

  it.skipIf(process.platform === 'win32')('waits for nobody who might read a pipe', () => {
    const pipe = join(folder.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(() => addToLog(pipe, 'x')).toThrow(/^--cmtrace-log: /);
  });
});
