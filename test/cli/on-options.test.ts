import { describe, expect, it } from 'vitest';
import { flagsOf } from '../../src/cli/flags.ts';
import { onDeadlineMs, travels } from '../../src/cli/on-options.ts';
import { wayclear } from './in-process.ts';

describe('of the options with --on', () => {
  it('stay here: those that say what is written and where, and those that reach the other machine', () => {
    const staying = flagsOf('check')
      .map(({ name }) => name)
      .filter((name) => !travels(name));
    expect(staying).toEqual([
      ...[
        'on',
        'remote-program',
        'attended',
        'mode',
        'state',
        'store',
        'send',
        'send-detail',
        'send-token-file',
        'format',
        'output',
        'json',
        'exit-codes',
        'quiet',
        'verbose',
      ],
      ...['label', 'no-color', 'config'],
    ]);
    expect(travels('what')).toBe(true);
  });

  it('the deadline is that of the run over there; here ssh gets its time besides', () => {
    const place = { user: null, host: 'scp01', port: null };
    const times = { deadlineMs: 60_000, timeoutMs: 10_000 };
    expect(onDeadlineMs({ ...times, on: null })).toBe(60_000);
    expect(onDeadlineMs({ ...times, on: { place, flags: {}, config: {} } })).toBe(75_000);
  });

  it.each([
    [['--on', 'ssh://-oProxyCommand=x'], 'is not ssh://[user@]host[:port]'],
    [['--on', 'scp01'], 'is not ssh://[user@]host[:port]'],
    [['--on', 'ssh://scp01', '--send', 'https://collect.example'], '--on and --send exclude each other'],
    [['--on', 'ssh://scp01', '--remote-program', 'a b'], 'is no path of letters, digits'],
    [['--remote-program', '/opt/wayclear'], 'and no --on says on which'],
    [['--on', 'ssh://scp01', '--ca-file', '/nowhere/ca.pem'], 'no such file'],
    [['--on', 'ssh://scp01', '--catalog', '/nowhere/list.json'], 'no such file'],
    [['--attended'], '--attended needs --config -'],
    [['--attended', '--config', '-'], '--attended needs --config -'],
    [['--attended', '--config', '-', '--format', 'json'], '--attended needs --config -'],
    [['--attended', '--config', '-', '--format', 'ndjson', '--format', 'json=x.json'], '--attended needs --config -'],
  ])('%j are a mistake that is told before anything starts', async (args, told) => {
    // No ssh would be found on this path.
    const { code, stdout, stderr } = await wayclear(['check', ...args], { env: { PATH: '/nowhere' }, stdin: '{}' });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(told);
  });

  it('is refused on a machine that sends no packet, though the run over there would send none either', async () => {
    const { code, stderr } = await wayclear(['check', '--on', 'ssh://scp01', '--offline'], {
      env: { WAYCLEAR_MODE: 'offline' },
    });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('WAYCLEAR_MODE is offline') });
  });

  it('is told where there is no ssh', async () => {
    const { code, stderr } = await wayclear(['check', '--on', 'ssh://scp01', 'a.example'], {
      env: { PATH: '/nowhere' },
    });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('--on needs the program ssh') });
  });
});

describe('attended by another wayclear, a run', () => {
  const attended = async (told: object, env: Readonly<Record<string, string>> = {}) => {
    const args = ['check', '--attended', '--config', '-', '--format', 'ndjson'];
    const { code, stdout, stderr } = await wayclear(args, { env, stdin: `${JSON.stringify(told)}\n` });
    const records = stdout
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]));
    return { code, records, stderr };
  };

  it('leaves the judgement to whoever reads', async () => {
    const { code, records } = await attended({ flags: { what: ['http://127.0.0.1:1/'], proxy: 'direct' }, config: {} });
    expect(records.map(({ type }) => type)).toEqual(['run', 'measured', 'observations', 'summary']);
    expect(code).toBe(1);
  });

  it('takes what was a flag there for a flag, before the environment, and what stood in a file for a file, after it', async () => {
    const env = { HTTP_PROXY: 'http://127.0.0.1:1' };
    const routeOf = async (told: object): Promise<unknown> => {
      const { records } = await attended(
        { flags: { what: ['http://a.invalid/'], 'no-experiments': true }, ...told },
        env,
      );
      return records.find(({ type }) => type === 'measured')?.['route'];
    };
    const flags = { what: ['http://a.invalid/'], 'no-experiments': true, proxy: 'direct' };
    expect(await routeOf({ flags })).toBe('direct');
    expect(await routeOf({ config: { proxy: 'direct' } })).toBe('proxy:127.0.0.1:1');
  });

  it.each([
    ['no JSON', 'x'],
    ['a list', []],
    ['an unknown member', { flags: {}, config: {}, more: {} }],
    ['an unknown option', { flags: { colour: 'red' } }],
    ['--attended once more', { flags: { attended: true } }],
    ['a configuration file', { flags: { config: 'x.json' } }],
    ['a list for an object', { flags: [] }],
  ])('is refused with %s', async (_, told) => {
    expect(await attended(told as object)).toMatchObject({ code: 2, records: [] });
  });
});
