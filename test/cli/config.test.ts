import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { checkStranger, hostParameters, readConfigs } from '../../src/cli/config.ts';
import { createEnding } from '../../src/cli/ending.ts';
import { type CommandName, type Flag, flags, flagsOf } from '../../src/cli/flags.ts';
import type { Io } from '../../src/cli/io.ts';
import type { Layer, Written } from '../../src/cli/layers.ts';
import { type Options, resolveOptions } from '../../src/cli/options.ts';
import { systemClock } from '../../src/clock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayclear-config-'));
  mkdirSync(join(folder, 'cwd'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, values: object): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify(values));
}

interface Read {
  readonly layers: readonly Layer[];
  readonly stderr: string;
}

async function read(named: string | null, change: Partial<Io> = {}): Promise<Read> {
  let stderr = '';
  const io = {
    env: { HOME: folder },
    cwd: join(folder, 'cwd'),
    platform: 'linux',
    ending: createEnding(systemClock),
    stderr: { isTTY: false, columns: null, write: (text: string) => (stderr += text) },
    readStdin: async () => '{"timeout": "1s", "proxy": "direct"}',
    ...change,
  } as unknown as Io;
  const layers = await readConfigs(io, named, 'en');
  return { layers, stderr };
}

const values = ({ layers }: Read): readonly unknown[] => layers.map((layer) => layer.values);

describe('configuration files', () => {
  it('count in the order: the one that is named alone, else the own one before that of the folder', async () => {
    put('named.json', { timeout: '1s' });
    put('.config/wayclear/config.json', { timeout: '2s', proxy: 'direct' });
    put('cwd/wayclear.config.json', { timeout: '3s' });
    expect(values(await read('../named.json'))).toEqual([{ timeout: '1s' }]);
    expect(values(await read('-'))).toEqual([{ timeout: '1s', proxy: 'direct' }]);
    expect(values(await read(null))).toEqual([{ timeout: '2s', proxy: 'direct' }, { timeout: '3s' }]);
  });

  it.each([
    ['in XDG_CONFIG_HOME', 'linux', { XDG_CONFIG_HOME: 'xdg', HOME: 'none' }, 'xdg'],
    ['in the home folder', 'darwin', { HOME: 'home' }, 'home/.config'],
    ['in APPDATA', 'win32', { APPDATA: 'data', HOME: 'none' }, 'data'],
  ])('of a person are looked for %s', async (_, platform, env, place) => {
    put(`${place}/wayclear/config.json`, { proxy: 'direct' });
    const absolute = Object.fromEntries(Object.entries(env).map(([name, path]) => [name, join(folder, path)]));
    expect(values(await read(null, { platform, env: absolute }))).toEqual([{ proxy: 'direct' }]);
  });

  it('of a person are nowhere without an absolute folder', async () => {
    put('cwd/.config/wayclear/config.json', { proxy: 'direct' });
    expect(values(await read(null, { env: { HOME: '.' } }))).toEqual([]);
  });

  it('that lie in the folder are told, and those that were named are not', async () => {
    put('cwd/wayclear.config.json', { what: ['tenant-attach'], timeout: '3s' });
    expect((await read(null)).stderr).toBe('wayclear: wayclear.config.json in this folder sets what, timeout\n');
    const named = await read('wayclear.config.json');
    expect([values(named), named.stderr]).toEqual([[{ what: ['tenant-attach'], timeout: '3s' }], '']);
  });

  it('that lie in the folder are refused with what only a person may say', async () => {
    put('cwd/wayclear.config.json', { proxy: 'http://evil.example' });
    await expect(read(null)).rejects.toThrow(
      'wayclear.config.json: "proxy" is not taken from a file that merely lies in this folder',
    );
    expect(values(await read('wayclear.config.json'))).toEqual([{ proxy: 'http://evil.example' }]);
  });
});

describe('a stranger', () => {
  it('may set no parameter that is all of a host in the catalog', async () => {
    const { features } = await loadCatalog();
    const whole = features.flatMap(({ endpoints }) =>
      endpoints.flatMap(({ pattern }) => /^\{(\w+)\}$/.exec(pattern)?.[1] ?? []),
    );
    expect([...new Set(whole)].toSorted()).toEqual(hostParameters.toSorted());
  });

  const refused = (key: string, value: Written): boolean => {
    try {
      checkStranger({ values: { [key]: value } });
      return false;
    } catch {
      return true;
    }
  };

  it('may not name a proxy, an account, a file, an address or a trust', () => {
    const keys = flags
      .filter(({ name, kind }) => refused(name, kind === 'switch' ? true : ['x']))
      .map(({ name }) => name);
    expect(keys).toEqual([
      ...[
        'catalog',
        'targets',
        'from',
        'proxy',
        'no-proxy',
        'proxy-auth',
        'proxy-user',
        'proxy-password-file',
        'proxy-ca',
      ],
      ...['on', 'remote-program', 'attended'],
      ...['dns-server', 'ca-file', 'user-agent'],
      ...['out', 'redact', 'trust', 'accept-catalog', 'extract', 'max-age', 'state'],
      ...[
        'store',
        'machine',
        'at',
        'every',
        'once',
        'confirm',
        'maintenance',
        'keep',
        'keep-size',
        'catalog-url',
        'notify',
        'cmtrace-log',
        'password-file',
        'trusted-header',
        'print',
      ],
      ...['send', 'send-detail', 'send-token-file', 'listen', 'limit', 'per', 'accept-new', 'insecure-http'],
      ...[
        'tls-cert',
        'tls-key',
        'read-token-file',
        'silent-after',
        'alertmanager',
        'alertmanager-password-file',
        'check',
      ],
      ...['output', 'ignore-missing', 'label', 'config'],
    ]);
  });

  it.each<[string, Written, boolean]>([
    ['format', 'json', false],
    ['format', ['table', 'json=/etc/passwd'], true],
    ['what', ['tenant-attach'], false],
    ['what', ['evil.example'], true],
    ['what', ['https://evil.example/'], true],
    ['what', 'localhost', true],
    ['set', ['cmgName=contoso', 'tenantId=00000000-0000-4000-8000-000000000000'], false],
    ['set', ['cmgName=169.254.169.254'], true],
    ['set', ['cmgName=contoso', 'parentSoftwareUpdatePoint=127.0.0.1'], true],
    ['set', ['cmgName=2130706433'], true],
    ['set', ['cmgName=0x7f000001'], true],
    ['set', ['cmgName=localhost'], true],
    ['set', ['cmgName=sql.evil.example'], true],
    ['set', ['siteDatabaseServer=router'], true],
    ['set', ['cmgName=contoso', ' updatesHost =router'], true],
    ['set', ['cmgName=evil.example/?'], true],
    ['set', ['cmgName=[::1]'], true],
  ])('says %s: %j, refused: %s', (key, value, expected) => {
    expect(refused(key, value)).toBe(expected);
  });
});

const layer = (source: 'flag' | 'config', said: Readonly<Record<string, Written>>): Layer => ({
  source,
  values: said,
  where: (name) => name,
});

function resolved(
  command: CommandName,
  said: Readonly<Record<string, Written>>,
  configs: readonly Readonly<Record<string, Written>>[],
  env: Readonly<Record<string, string>> = {},
): Options {
  return resolveOptions({
    ...{
      command,
      what: [],
      flags: layer('flag', said),
      configs: configs.map((config) => layer('config', config)),
      env,
    },
    ...{ formats: ['table', 'json', 'ndjson'], languages: ['en', 'fr', 'ja', 'nl'] },
  });
}

/** Two values of a flag, the first of them not its default. */
const samples: Readonly<Record<string, readonly [string, string]>> = {
  set: ['a=1', 'b=2'],
  label: ['site=a', 'site=b'],
  'send-detail': ['summary', 'full'],
  proxy: ['http://a.example:1', 'http://b.example:2'],
  on: ['ssh://a.example', 'ssh://b.example:2222'],
  'dns-server': ['192.0.2.1', '192.0.2.2'],
  timeout: ['1s', '2s'],
  deadline: ['3s', '4s'],
  concurrency: ['5', '6'],
  repeat: ['7', '8'],
  format: ['json', 'ndjson'],
  lang: ['fr', 'nl'],
  'tls-hello': ['large', 'classic'],
  output: ['a.json', 'b.txt'],
  'exit-codes': ['nagios', 'wayclear'],
};

function sampleOf({ name, kind, choices, default: usual }: Flag): readonly [Written, Written] {
  if (kind === 'switch') return [true, false];
  const [first = 'a', second = 'b'] = samples[name] ?? choices?.filter((choice) => choice !== usual) ?? [];
  return kind === 'list' ? [[first], [second]] : [first, second];
}

describe('precedence', () => {
  // A mode follows a rule of its own; how options are read no file says.
  const rows = flagsOf('check').filter(({ name }) => !['config', 'mode', 'attended'].includes(name));
  const plain = ({ used: _, ...options }: Options): unknown => JSON.parse(JSON.stringify(options));

  it.each(rows.map((row) => [row.name, row] as const))(
    'of --%s: flag, first file, second file, default',
    (name, row) => {
      const [first, second] = sampleOf(row);
      // Alone it is refused.
      const there = name === 'remote-program' ? { on: 'ssh://a.example' } : {};
      const by = (...[flag, ...files]: readonly (Written | null)[]): unknown =>
        plain(
          resolved(
            'check',
            { ...there, ...(flag === null || flag === undefined ? {} : { [name]: flag }) },
            files.map((file) => (file === null ? {} : { [name]: file })),
          ),
        );
      const differing = (one: unknown, other: unknown): void => expect(one).not.toEqual(other);
      differing(by(second), by(first));
      // A proxy's `source` tells a flag from a file.
      if (name !== 'proxy') {
        expect(by(first, second, second)).toEqual(by(first));
        expect(by(null, first, second)).toEqual(by(first));
        expect(by(null, null, second)).toEqual(by(second));
      }
      expect(by(null, first, second)).toEqual(by(null, first));
      differing(by(null, first), by(null));
    },
  );

  it.each<[string, readonly [string | null, string | null, string | null, string | null], string | null]>([
    ['the flag', ['offline', 'online', 'online', 'online'], 'mode'],
    ['the environment', ['online', 'offline', 'online', 'online'], 'WAYCLEAR_MODE'],
    ['the own file', ['online', null, 'offline', 'online'], 'mode'],
    ['the file of the folder', ['online', null, 'online', 'offline'], 'mode'],
    ['nobody', ['online', 'online', 'online', 'online'], null],
    ['nobody, who says nothing', [null, null, null, null], null],
  ])('of --mode: offline by %s holds, whatever the others say', (_, [flag, variable, ...files], by) => {
    const said = (mode: string | null): Readonly<Record<string, Written>> => (mode === null ? {} : { mode });
    const env = variable === null ? {} : { WAYCLEAR_MODE: variable };
    expect(resolved('check', said(flag), files.map(said), env).offlineBy).toBe(by);
  });

  it('of --mode: naming another file does not lift what the own file says', async () => {
    put('.config/wayclear/config.json', { mode: 'offline', timeout: '2s' });
    put('named.json', { mode: 'online' });
    expect(values(await read('../named.json'))).toEqual([{ mode: 'online' }, { mode: 'offline' }]);
  });

  it('of --mode: a word that is none is refused, wherever it stands', () => {
    expect(() => resolved('check', { mode: 'offline' }, [{ mode: 'of' }])).not.toThrow();
    expect(() => resolved('check', {}, [{ mode: 'online' }, { mode: 'of' }])).toThrow(/unknown value "of"/);
    expect(() => resolved('check', {}, [], { WAYCLEAR_MODE: 'yes' })).toThrow(/WAYCLEAR_MODE/);
  });

  const environment = [
    [
      'proxy',
      { proxy: 'http://file.example:1' },
      { HTTPS_PROXY: 'http://env.example:1' },
      { proxy: { source: 'default' } },
    ],
    ['no-proxy', { 'no-proxy': 'a.example' }, { NO_PROXY: 'b.example' }, { proxy: { noProxy: null } }],
    ['proxy-user', { 'proxy-user': 'file' }, { HTTPS_PROXY: 'http://env:x@env.example:1' }, { proxy: { user: null } }],
    ['no-color', { 'no-color': false }, { NO_COLOR: '1' }, { colour: false }],
  ] as const;
  it.each(environment)('of %s: the environment beats a file', (_, file, env, expected) => {
    expect(resolved('check', {}, [file], env)).toMatchObject(expected);
    expect(resolved('check', {}, [file])).not.toMatchObject(expected);
  });
  it.each(environment.slice(0, 3))('of %s: a flag beats the environment', (_, flag, env, expected) => {
    expect(resolved('check', flag, [], env)).not.toMatchObject(expected);
  });

  const both = [4, 6];
  it.each<[string, Readonly<Record<string, Written>>, readonly Readonly<Record<string, Written>>[], object]>([
    ['the flag', { ipv6: true }, [{ ipv4: true }], { families: [6] }],
    ['the first file', {}, [{ ipv4: true }, { ipv6: true }], { families: [4] }],
    ['neither of two flags', { ipv4: true, ipv6: true }, [{ ipv4: true }], { families: both }],
    ['the file, where the flag takes nothing', { ipv6: false }, [{ ipv4: true }], { families: [4] }],
    ['nobody', { ipv4: false }, [{ ipv4: true }], { families: both }],
  ])('of --ipv4 and --ipv6: %s holds', (_, said, files, expected) => {
    expect(resolved('check', said, files)).toMatchObject(expected);
  });

  it.each<[string, Readonly<Record<string, Written>>, readonly Readonly<Record<string, Written>>[], readonly string[]]>(
    [
      ['a flag beats the json of a file', { format: ['ndjson'] }, [{ json: true }], ['ndjson=-']],
      ['a flag with a file as well', { format: ['ndjson=x'] }, [{ json: true }], ['ndjson=x']],
      ['the first file beats the json of the second', {}, [{ format: 'ndjson' }, { json: true }], ['ndjson=-']],
      ['--json beats the format of a file', { json: true }, [{ format: ['ndjson', 'table=x'] }], ['table=x', 'json=-']],
    ],
  )('of --format and --json: %s', (_, said, files, expected) => {
    const { formats } = resolved('check', said, files);
    expect(formats.map(({ name, file }) => `${name}=${file ?? '-'}`)).toEqual(expected);
  });

  it.each<[CommandName, Readonly<Record<string, Written>>]>([
    ['list', { format: 'ndjson', json: true, output: 'report.ndjson' }],
    ['incidents', { format: 'ndjson', output: 'report.ndjson' }],
    ['doctor', { json: true }],
  ])('what a file says of the output is for reports: not for %s', (command, said) => {
    const { formats } = resolved(command, {}, [said]);
    expect(formats).toEqual([{ name: 'table', file: null }]);
  });

  it('of what to check: the first file that says it', () => {
    expect(resolved('check', {}, [{}, { what: ['a'] }, { what: 'b' }]).what).toEqual(['a']);
    expect(resolved('list', {}, [{ what: 'a' }]).what).toEqual([]);
  });
});
