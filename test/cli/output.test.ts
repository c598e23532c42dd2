import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOutputs } from '../../src/cli/deliver.ts';
import { createEnding } from '../../src/cli/ending.ts';
import type { Io } from '../../src/cli/io.ts';
import { type OutputFile, openOutput } from '../../src/cli/output.ts';
import { startProgress } from '../../src/cli/progress.ts';
import { systemClock } from '../../src/clock.ts';
import { createCredentialGuard } from '../../src/proxy/lockout.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { target } from '../report/fixtures.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayclear-out-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Caught {
  readonly io: Io;
  readonly stdout: string[];
  readonly stderr: string[];
}

function caught(more: { readonly tty?: boolean; readonly env?: Readonly<Record<string, string>> } = {}): Caught {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const terminal = { isTTY: more.tty === true, columns: more.tty === true ? 20 : null };
  let now = 0;
  const io: Io = {
    args: [],
    env: more.env ?? {},
    cwd: folder,
    platform: 'linux',
    clock: { now: () => (now += 1000), wall: () => 0 },
    stdout: {
      ...terminal,
      write: async (text) => {
        stdout.push(text);
      },
    },
    stderr: {
      ...terminal,
      write: (text) => {
        stderr.push(text);
      },
    },
    secrets: createSecrets(),
    guard: createCredentialGuard(),
    readStdin: async () => '',
    ending: createEnding(systemClock),
  };
  return { io, stdout, stderr };
}

const open = (path: string): Promise<OutputFile> => openOutput(path, folder, createEnding(systemClock).work);

async function written(path: string, text: string): Promise<void> {
  const output = await open(path);
  await output.write(text);
  output.commit();
}

describe('an output file', () => {
  it('keeps the old content until the new one is whole', async () => {
    writeFileSync(join(folder, 'a.json'), 'old');
    const output = await open('a.json');
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('old');
    output.write('n');
    output.write('ew');
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('old');
    output.commit();
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('that is discarded leaves nothing behind, once or twice', async () => {
    const output = await open('a.json');
    output.discard();
    output.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps the mode of the file that it replaces', async () => {
    writeFileSync(join(folder, 'a.json'), 'old');
    chmodSync(join(folder, 'a.json'), 0o664);
    await written('a.json', 'new');
    expect(statSync(join(folder, 'a.json')).mode & 0o777).toBe(0o664);
  });

  it('behind a symbolic link is replaced, the link is not', async () => {
    mkdirSync(join(folder, 'there'));
    writeFileSync(join(folder, 'there', 'a.json'), 'old');
    symlinkSync(join('there', 'a.json'), join(folder, 'link'));
    await written('link', 'new');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'there', 'a.json'), 'utf8')).toBe('new');
  });

  it('can be a device, which is written directly', async () => {
    await written('/dev/null', 'text');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it.each([
    ['in a folder that does not exist', 'no/a.json', 'no such file or folder'],
    ['below a file', 'file/a.json', 'a part of the path is no folder'],
    ['that is a folder', '.', 'it is a folder'],
    ['with a name that is too long', 'x'.repeat(300), 'the name is too long'],
  ])('%s is refused', async (_, path, why) => {
    writeFileSync(join(folder, 'file'), '');
    await expect(open(path)).rejects.toThrow(why);
  });
});

const options = { lang: 'en', verbose: false, quiet: false, colour: null } as const;

describe.skipIf(process.platform === 'win32')('an output', () => {
  it('with a name as long as names may be is written', async () => {
    await written('x'.repeat(255), 'new');
    expect(readdirSync(folder)).toEqual(['x'.repeat(255)]);
  });

  it('behind a link to nothing is refused, and the link is left', async () => {
    symlinkSync('nothing', join(folder, 'link'));
    await expect(open('link')).rejects.toThrow('can\'t write "link": it is a link to a file that is not there');
    expect(readdirSync(folder)).toEqual(['link']);
  });

  it('to a pipe waits for its reader, and is as long as it is', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const text = 'é'.repeat(200_000);
    const reader = spawn('sh', ['-c', 'sleep 0.2; cat pipe'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    reader.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise((resolve) => reader.on('close', resolve));
    await written('pipe', text);
    await ended;
    expect(Buffer.concat(chunks).toString('utf8')).toBe(text);
  });

  it('to a pipe that nobody reads ends with the work', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const ending = createEnding(systemClock);
    const opening = openOutput('pipe', folder, ending.work);
    ending.interrupt();
    await expect(opening).rejects.toThrow('can\'t write "pipe": nobody reads this pipe');
  });
});

describe('several outputs', () => {
  it.skipIf(process.platform === 'win32').each([
    ['a dot', 'a.json', './a.json'],
    ['a link', 'a.json', 'link'],
    ['a link to its folder', 'b.json', 'here/b.json'],
    ['another name of the file', 'a.json', 'hard'],
  ])('for one file spelt with %s are refused', async (_, one, other) => {
    writeFileSync(join(folder, 'a.json'), 'old');
    symlinkSync('a.json', join(folder, 'link'));
    symlinkSync('.', join(folder, 'here'));
    linkSync(join(folder, 'a.json'), join(folder, 'hard'));
    const formats = [one, other].map((file) => ({ name: 'json', file }));
    const before = readdirSync(folder);
    await expect(openOutputs(caught().io, { ...options, formats })).rejects.toThrow(/two formats for the file/);
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('old');
  });

  it('are all written even if one reporter throws, and that is told', async () => {
    const { io, stdout, stderr } = caught();
    const formats = [
      { name: 'json', file: 'a.json' },
      { name: 'table', file: null },
    ];
    const written = await (await openOutputs(io, { ...options, formats })).deliver((format) => {
      if (format === 'json') throw new TypeError('broken reporter');
      return 'table\n';
    });
    expect(written).toBe(false);
    expect(stdout).toEqual(['table\n']);
    expect(stderr.join('')).toMatch(/^wayclear: the json output for a\.json failed: TypeError: broken reporter/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leave no temporary file if one of them can not be opened', async () => {
    const { io } = caught();
    const formats = [
      { name: 'json', file: 'a.json' },
      { name: 'table', file: 'no/b.txt' },
    ];
    await expect(openOutputs(io, { ...options, formats })).rejects.toThrow('no such file or folder');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('get colour and width by where they go', async () => {
    const seen: unknown[] = [];
    const formats = [
      { name: 'table', file: 'a.txt' },
      { name: 'json', file: null },
    ];
    await (await openOutputs(caught({ tty: true }).io, { ...options, formats })).deliver((_, view) => {
      seen.push([view.colour, view.width]);
      return '';
    });
    expect(seen).toEqual([
      [false, 100],
      [true, 20],
    ]);
  });
});

describe('the progress line', () => {
  it('is rewritten in place, cut to the width and erased', () => {
    const { io, stderr } = caught({ tty: true });
    const progress = startProgress(io, { quiet: false, lang: 'en' });
    progress.onTarget?.(target('a/b', 'a-very-long-host-name.example.com'), [], 1, 3);
    progress.end();
    expect(stderr).toEqual(['\r\u001b[2Kmeasuring 1/3  2.0 ', '\r\u001b[2K']);
  });

  it('shows a hostile host as text', () => {
    const { io, stderr } = caught({ tty: true });
    const wide = { ...io, stderr: { ...io.stderr, columns: 60 } };
    startProgress(wide, { quiet: false, lang: 'en' }).onTarget?.(target('a/b', '\u001b[2J'), [], 1, 1);
    expect(stderr.join('')).toBe('\r\u001b[2Kmeasuring 1/1  1.0 s  \ufffd[2J');
  });

  it.each([
    ['in a pipe', { tty: false }, false],
    ['when quiet', { tty: true }, true],
    ['in CI', { tty: true, env: { CI: 'true' } }, false],
    ['on a dumb terminal', { tty: true, env: { TERM: 'dumb' } }, false],
  ])('is not there %s', (_, more, quiet) => {
    const { io, stderr } = caught(more);
    const progress = startProgress(io, { quiet, lang: 'en' });
    progress.onTarget?.(target('a/b', 'host'), [], 1, 1);
    progress.end();
    expect(stderr).toEqual([]);
  });
});
