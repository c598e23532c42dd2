import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { commandNames, flags } from '../../src/cli/flags.ts';
import { wordsOf } from '../../src/words/load.ts';

describe('the command line', () => {
  const read: readonly (readonly [string, string, readonly string[], Readonly<Record<string, unknown>>])[] = [
    ['', 'check', [], {}],
    ['tenant-attach', 'check', ['tenant-attach'], {}],
    ['check tenant-attach', 'check', ['tenant-attach'], {}],
    ['https://example.com/ example.com:8443', 'check', ['https://example.com/', 'example.com:8443'], {}],
    ['--quiet check x', 'check', ['x'], { quiet: true }],
    ['--timeout 5s x', 'check', ['x'], { timeout: '5s' }],
    ['--timeout=5s --timeout 5s -q --quiet', 'check', [], { timeout: '5s', quiet: true }],
    ['--only a --only=b', 'check', [], { only: ['a', 'b'] }],
    [
      '--no-proxy a,b --no-color --no-bundled --no-experiments',
      'check',
      [],
      {
        'no-proxy': 'a,b',
        'no-color': true,
        'no-bundled': true,
        'no-experiments': true,
      },
    ],
    ['--set a.b=c --set tenantId=007', 'check', [], { set: ['a.b=c', 'tenantId=007'] }],
    ['--targets - x', 'check', ['x'], { targets: '-' }],
    ['--format json=- --format table=out.txt', 'check', [], { format: ['json=-', 'table=out.txt'] }],
    ['--concurrency 007', 'check', [], { concurrency: '007' }],
    ['--ipv4=false', 'check', [], { ipv4: false }],
    ['-- --x', 'check', ['--x'], {}],
    ['list tenant-attach', 'list', ['tenant-attach'], {}],
    ['diff a b', 'diff', ['a', 'b'], {}],
    ['diagnose -', 'diagnose', ['-'], {}],
  ];
  it.each(read)('%s is read as %s %j %j', async (line, command, words, written) => {
    const args = line === '' ? [] : line.split(' ');
    expect(await parseArguments(args, 'en')).toEqual({ kind: 'run', command, words, flags: written });
  });

  const refused: readonly (readonly [string, string])[] = [
    ['--constructor', 'unknown option --constructor'],
    ['--__proto__ x', 'unknown option --__proto__'],
    ['--set.a=b', 'unknown option --set.a'],
    ['--no-timeout', 'unknown option --no-timeout; did you mean --timeout?'],
    ['--Timeout 5s', 'unknown option --Timeout; did you mean --timeout?'],
    ['-xyz', 'unknown option -xyz'],
    ['--only --quiet', '--only needs a value'],
    ['--on ssh://a --on ssh://b', '--on is given twice, and says two things'],
    ['--timeout=5s --timeout 6s', '--timeout is given twice, and says two things'],
    ['-o a.json --output=b.json', '--output is given twice, and says two things'],
    ['--ipv4=maybe', '--ipv4 takes no value'],
    ['explain --timeout 5s', '--timeout is no option of explain'],
    ['diff a', 'diff: <new> is missing'],
    ['doctor x', 'doctor: unexpected "x"'],
  ];
  it.each(refused)('%s is refused: %s', async (line, message) => {
    await expect(parseArguments(line.split(' '), 'en')).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message }),
    );
  });

  const single = flags.filter(({ kind }) => kind === 'value');
  it.each(single)('of two values of --$name none is taken in silence, or shown', async ({ name, commands }) => {
    const needs: Readonly<Record<string, string>> = { 'carry import': ' x', 'carry connect': ' x', diff: ' x y' };
    const [command = 'check'] = commands;
    const line = `${command}${needs[command] ?? ''} --${name} s3cr3t --${name}=other`;
    const error: unknown = await parseArguments(line.split(' '), 'en').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'UsageError', message: `--${name} is given twice, and says two things` });
    expect(JSON.stringify(error)).not.toContain('s3cr3t');
  });

  it('every flag has a sentence, a command that knows it, and a name of its own', () => {
    expect(new Set(flags.map((flag) => flag.name)).size).toBe(flags.length);
    for (const flag of flags) {
      expect(wordsOf('en').help.options[flag.name], flag.name).toMatch(/^[A-Z].*\.$/s);
      expect(flag.commands.length, flag.name).toBeGreaterThan(0);
      expect(flag.commands.every((command) => commandNames.includes(command))).toBe(true);
    }
  });
});
