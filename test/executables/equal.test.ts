import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { lacking } from '../real/parts.ts';
import { squidPrograms } from '../real/squid.ts';
import { sshPrograms } from '../real/ssh.ts';
import { distribution, type Ended, executable, type Program } from './programs.ts';
import { type Json, judgement, withoutKeys, withoutTimes } from './reports.ts';
import { deedOf, kept, measured, type Row, told } from './rows.ts';
import { type Story, stories, type Teller, type Told } from './stories.ts';
import { outputs, startWorld, type World } from './world.ts';

const lacks = inject('lacks');
const reason = lacks.linux ?? lacking({ ...squidPrograms, ...sshPrograms });

/** For one row: on a machine with much else to do, Wine and qemu take their time. */
const patience = 120_000;

interface Done extends Omit<Ended, 'stderr'> {
  readonly stderr: string;
  /** Contents by name. */
  readonly files: Readonly<Record<string, string>>;
}

let world: World;
let reference: Program;
/** What `node dist/cli.js` did, by the row: several programs are compared with it. */
const done = new Map<Row, Promise<Done>>();

/** A folder for what a program makes, and how its texts read without the names of folders. */
function desk(program: Program) {
  const folder = mkdtempSync(join(world.folder, 'made-'));
  const file = (name: string): string => program.path(join(world.folder, name));
  const given = { world, file, made: (name: string) => program.path(join(folder, name)) };
  const named = [folder, world.folder].flatMap((one, at) =>
    [program.path(one), one].map((path) => [path, at] as const),
  );
  const plain = (text: string): string =>
    named
      .reduce((all, [path, at]) => all.replaceAll(path, at === 0 ? 'FOLDER' : 'WORLD'), text)
      .replaceAll('file:///Z:WORLD', 'file://WORLD');
  return { folder, given, plain };
}

async function perform(program: Program, row: Row): Promise<Done> {
  const { folder, given, plain } = desk(program);
  const options = { cwd: world.folder, ...(row.hosts === true ? { hosts: world.hosts } : {}) };
  for (const one of row.first?.(given) ?? []) await program.run(one, options);
  const { code, stdout, stderr } = await program.run(row.args(given), options);
  const files = Object.fromEntries(outputs(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  return { code, stdout: plain(stdout), stderr: plain(stderr), files };
}

async function play(program: Program, story: Story): Promise<Told> {
  const { folder, given, plain } = desk(program);
  const deeds = new Set<string | null>();
  const teller: Teller = {
    ...given,
    run(args, options) {
      deeds.add(deedOf(args));
      return program.run(args, { cwd: world.folder, ...options });
    },
    async begin(args, until) {
      deeds.add(deedOf(args));
      const begun = program.begin(args, { cwd: world.folder });
      for (let tries = 0; !begun.told().includes(until); tries += 1) {
        if (tries > 600) throw new Error(`${args.join(' ')}: ${(await begun.end()).stderr}`);
        await new Promise((next) => setTimeout(next, 100));
      }
      return begun;
    },
    here: (name) => join(folder, name),
    settle: () => world.ssh.install('wayclear', `exec ${program.command.join(' ')} "$@"`),
  };
  const came = await story.play(teller);
  expect([...deeds].sort()).toEqual([...story.deeds].sort());
  const ended = came.ended.map(({ code, stdout, stderr }) => ({ code, stdout: plain(stdout), stderr: plain(stderr) }));
  return { ...came, ended, ...(came.texts === undefined ? {} : { texts: came.texts.map(plain) }) };
}

/** Without times, keys, ports, and sizes that hang on those or on the disk. */
const steady = (value: unknown): string =>
  withoutKeys(JSON.stringify(withoutTimes(value as Json), null, 1))
    .replace(/\bMCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=/g, 'KEY')
    .replace(/(?<=skewMs\\*": )-?[0-9]+/g, '0')
    .replace(/\b[0-9]+ (?:MiB|bytes)/g, 'SIZE')
    // Columns are as wide as the times in them were.
    .replace(/ {2,}/g, '  ')
    .replace(/─+/g, '─');

function expected(row: Row): Promise<Done> {
  const known = done.get(row) ?? perform(reference, row);
  done.set(row, known);
  return known;
}

const played = new Map<Story, Promise<Told>>();
function expectedOf(story: Story): Promise<Told> {
  const known = played.get(story) ?? play(reference, story);
  played.set(story, known);
  return known;
}

const reportOf = (one: Done, name = 'report.json'): Parameters<typeof judgement>[0] => {
  const text = one.files[name];
  if (text === undefined) throw new Error(`no ${name}: ${one.stderr}`);
  return JSON.parse(text);
};

/** What a store holds, but for when it was seen, the numbers drawn for it and the domain of an account on Windows. */
const keptOf = (one: Done): string =>
  withoutKeys(JSON.stringify(withoutTimes(reportOf(one, 'kept.json')), null, 1)).replace(
    /(?<="account": ")[^"\\]*\\\\/g,
    '',
  );

const checksExit = (row: Row, ended: Ended): void => {
  if (row.code !== undefined) expect(ended.code, ended.stderr).toBe(row.code);
};

beforeAll(async () => {
  if (reason !== null) return;
  world = await startWorld();
  reference = distribution();
  const [servers] = measured;
  if (servers === undefined) throw new Error('no row');
  const { files, stderr } = await expected(servers);
  const saved = join(world.folder, 'saved.json');
  expect(files['report.json'], stderr).toBeDefined();

  writeFileSync(saved, files['report.json'] ?? '');
  const request = join(world.folder, 'request.txt');
  const state = join(world.folder, 'state');
  const prepared = await reference.run(['carry', 'prepare', 'tenant-attach', '--out', request, '--state', state], {
    cwd: world.folder,
  });
  expect(prepared.code, prepared.stderr).toBe(0);
}, 120_000);

afterAll(async () => world?.close());

describe.skipIf(reason !== null)('the Linux executable does what node dist/cli.js does', () => {
  it.each(told)(
    '$name',
    async (row) => {
      const [own, other] = [await perform(executable('wayclear-linux-x64'), row), await expected(row)];
      checksExit(row, own);
      expect(own).toEqual(other);
    },
    patience,
  );

  it.each(measured)(
    '$name',
    async (row) => {
      const [own, other] = [await perform(executable('wayclear-linux-x64'), row), await expected(row)];
      checksExit(row, own);
      expect(own.code).toBe(other.code);
      expect(withoutTimes(reportOf(own))).toEqual(withoutTimes(reportOf(other)));
    },
    patience,
  );

  it.each(kept)(
    '$name',
    async (row) => {
      const [own, other] = [await perform(executable('wayclear-linux-x64'), row), await expected(row)];
      checksExit(row, own);
      expect(keptOf(own)).toEqual(keptOf(other));
    },
    patience,
  );

  it.each(stories)(
    '$name',
    async (story) => {
      const [own, other] = [await play(executable('wayclear-linux-x64'), story), await expectedOf(story)];
      expect(steady(own)).toEqual(steady(other));
    },
    patience,
  );
});

/** What was told, but for the proxy settings of the machine in a plan: those are each system's own. */
function ofAnySystem({ stdout, ...rest }: Done) {
  const told: Json = stdout.includes('"proxySources"') ? { ...JSON.parse(stdout), proxySources: [] } : stdout;
  return { ...rest, stderr: '', told };
}

describe.skipIf(reason !== null || lacks.windows !== null)('the Windows executable, under Wine', () => {
  it.each(told)(
    '$name',
    async (row) => {
      const [own, other] = [await perform(executable('wayclear-win-x64.exe'), row), await expected(row)];
      checksExit(row, own);
      expect(ofAnySystem(own)).toEqual(ofAnySystem(other));
    },
    patience,
  );

  it.each(measured)(
    '$name',
    async (row) => {
      const [own, other] = [await perform(executable('wayclear-win-x64.exe'), row), await expected(row)];
      checksExit(row, own);
      expect(own.code).toBe(other.code);
      expect(judgement(reportOf(own))).toEqual(judgement(reportOf(other)));
    },
    patience,
  );

  it.each(kept)(
    '$name',
    async (row) => {
      const [own, other] = [await perform(executable('wayclear-win-x64.exe'), row), await expected(row)];
      checksExit(row, own);
      expect(keptOf(own)).toEqual(keptOf(other));
    },
    patience,
  );

  it.each(stories.filter(({ beyondWine }) => beyondWine === null))(
    '$name',
    async (story) => {
      const [own, other] = [await play(executable('wayclear-win-x64.exe'), story), await expectedOf(story)];
      const found = ({ ended, reports, data }: Told) => ({
        ...{ codes: ended.map(({ code }) => code), reports: reports.map(judgement) },
        data: steady(data),
      });
      expect(found(own), own.ended.map(({ stderr }) => stderr).join('')).toEqual(found(other));
    },
    patience,
  );

  // What it does by ssh is shown by the others: Wine has none.
  it(
    'says that there is no ssh',
    async () => {
      const args = ['check', world.healthy, '--on', 'ssh://127.0.0.1:1'];
      const { code, stderr } = await executable('wayclear-win-x64.exe').run(args);
      expect({ code, stderr }).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('--on needs the program ssh'),
      });
    },
    patience,
  );
});

describe.skipIf(reason !== null || lacks.arm64 !== null)('the executable for ARM, under qemu', () => {
  const arm = (): Program => executable('wayclear-linux-arm64');
  const short = told.filter(({ name }) => ['the version', 'explain in ja', 'list'].includes(name));
  it.each(short)(
    '$name',
    async (row) => {
      expect(await perform(arm(), row)).toEqual(await expected(row));
    },
    patience,
  );

  // Not the one that asks the system for a name: a program under qemu can start no other of its kind.
  it.each(measured.filter(({ hosts, name }) => hosts !== true && name !== '600 targets'))(
    '$name',
    async (row) => {
      const [own, other] = [await perform(arm(), row), await expected(row)];
      expect(own.code, own.stderr).toBe(other.code);
      expect(judgement(reportOf(own))).toEqual(judgement(reportOf(other)));
    },
    patience,
  );
});
