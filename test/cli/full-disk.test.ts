import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt, program } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayclear-full-'));
beforeAll(ensureBuilt);
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether a user may mount file systems of his own here. */
function mayMount(): boolean {
  try {
    execFileSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'none', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const offline = ['--offline', '--format', 'json'] as const;

function shell(script: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', process.execPath, program, ...args], {
    ...{ cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } },
  });
  return { status, stdout, stderr };
}

describe.skipIf(!mayMount())('a file system of its own', () => {
  const inside = (prepare: string, output: string): ReturnType<typeof shell> => {
    const script = `
      mount -t tmpfs -o size=16k none "${folder}" && cd "${folder}" && printf old > old.json && ${prepare}
      "$@"; code=$?; cat old.json; ls -A; exit $code`;
    const quoted = script.replaceAll("'", "'\\''");
    return shell(`exec unshare -Urm sh -c '${quoted}' sh "$@"`, '--offline', '--format', `json=${output}`);
  };

  it('that is full keeps the old file, in one line and exit 2', () => {
    const { status, stdout, stderr } = inside('true', 'old.json');
    expect({ status, stdout }).toEqual({ status: 2, stdout: 'oldold.json\n' });
    expect(stderr).toMatch(
      /^wayclear: the json output for old\.json failed: ENOSPC: no space left on device, write\n[?] .*\n$/,
    );
  });

  it('that can only be read keeps the old file, in one line and exit 2', () => {
    const { status, stdout, stderr } = inside('mount -o remount,ro none . &&', 'old.json');
    expect({ status, stdout }).toEqual({ status: 2, stdout: 'oldold.json\n' });
    expect(stderr).toBe(
      'wayclear: can\'t write "old.json": the file system is read-only\nNothing was sent. Name a file in a folder that exists and is writable.\n',
    );
  });
});

describe.skipIf(process.platform !== 'linux')('a device that is full', () => {
  it('as a file is told in one line, with exit 2', () => {
    const { status, stdout, stderr } = shell('exec "$@"', '--offline', '--format', 'json=/dev/full');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^wayclear: the json output for \/dev\/full failed: ENOSPC: no space left on device, write\n[?] .*\n$/,
    );
  });

  it.each([[offline], [['list']], [['explain']]])(
    'as standard output of %j is told in one line, with exit 2',
    (args) => {
      const { status, stderr } = shell('exec "$@" > /dev/full', ...args);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^wayclear: the \w+ output failed: ENOSPC: no space left on device, write\n$/);
    },
  );
});

describe.skipIf(process.platform !== 'linux')('with few file descriptors', () => {
  it.each(Array.from({ length: 30 }, (_, index) => [16 + index]))('(%i) nothing ends in a stack', (count) => {
    const { status, stderr } = shell(`ulimit -n ${count} && exec "$@"`, ...offline);
    // With fewer the runtime itself does not start, or can't open the program.
    if (status === null || status > 128 || stderr.includes(`open '${program}'`)) return;
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(stderr.split('\n').length).toBeLessThanOrEqual(3);
    expect([0, 2, 3]).toContain(status);
  });
});
