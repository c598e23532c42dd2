import { describe, expect, it } from 'vitest';
import { parsePlace, parseProgram, placeText, serving, sshArguments } from '../../src/remote/place.ts';
import { UsageError } from '../../src/usage-error.ts';

describe('another machine', () => {
  it.each([
    ['ssh://scp01', { user: null, host: 'scp01', port: null }],
    ['ssh://scp01/', { user: null, host: 'scp01', port: null }],
    ['SSH://admin@scp01.corp.example:2222', { user: 'admin', host: 'scp01.corp.example', port: 2222 }],
    ['ssh://a@192.0.2.7', { user: 'a', host: '192.0.2.7', port: null }],
    ['ssh://a@[2001:db8::7]:22', { user: 'a', host: '2001:db8::7', port: 22 }],
    ['ssh://CORP\\svc@scp01', { user: 'CORP\\svc', host: 'scp01', port: null }],
    ['ssh://svc%40corp.example@scp01', { user: 'svc@corp.example', host: 'scp01', port: null }],
  ])('is named by %s', (text, place) => {
    expect(parsePlace('--on', text)).toEqual(place);
    expect(parsePlace('--on', placeText(place))).toEqual(place);
  });

  it.each([
    ...['', 'scp01', 'http://scp01', 'ssh://', 'ssh:scp01', 'ssh://scp01/path', 'ssh://scp01?x', 'ssh://scp01#x'],
    ...[
      'ssh://scp01:0',
      'ssh://scp01:65536',
      'ssh://scp01:x',
      'ssh://[scp01]',
      'ssh://[2001:db8::7',
      'ssh://2001:db8::7',
    ],
    // What ssh or a shell would read as more than a name.
    ...['ssh://-oProxyCommand=x', 'ssh://a@-oProxyCommand=x', 'ssh://-lroot@scp01', 'ssh://%2doProxyCommand@scp01'],
    ...[
      'ssh://a b',
      'ssh://$(id)',
      'ssh://a;b',
      'ssh://`id`',
      'ssh://a%0ab@scp01',
      'ssh://%68@x%20y',
      'ssh://a|b@scp01',
    ],
    ...[
      'ssh://%r@scp01',
      'ssh://%h',
      'ssh://a\\@scp01',
      "ssh://a'b@scp01",
      'ssh://[fe80::1%eth0]',
      'ssh://@scp01',
      'ssh://%@scp01',
    ],
  ])('is not named by %j', (text) => {
    expect(() => parsePlace('--on', text)).toThrow(UsageError);
  });

  it('takes no password, and does not repeat it', () => {
    const message = ((): string => {
      try {
        parsePlace('--on', 'ssh://admin:s3cr3t@scp01');
        return '';
      } catch (error) {
        return `${(error as UsageError).message} ${(error as UsageError).hint}`;
      }
    })();
    expect(message).toContain('is not ssh://[user@]host[:port]');
    expect(message).not.toContain('s3cr3t');
  });

  it('is reached by an ssh that asks nothing, where a name can be no option', () => {
    const place = { user: 'admin', host: 'scp01', port: 2222 };
    expect(sshArguments(place, 1500, serving('/opt/wayclear'))).toEqual([
      ...['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=2', '-p', '2222', '-l', 'admin', '--', 'scp01'],
      '/opt/wayclear check --attended --config - --format ndjson',
    ]);
    expect(sshArguments({ user: null, host: 'scp01', port: null }, 100, 'x')).toEqual([
      ...['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=1', '--', 'scp01', 'x'],
    ]);
  });

  it.each([
    'wayclear',
    '/opt/wayclear/wayclear',
    'C:\\wayclear\\wayclear.exe',
    'C:/PROGRA~1/wayclear.exe',
    '~/bin/way_clear-1.0+x',
  ])('has the program %s', (text) => expect(parseProgram('--remote-program', text)).toBe(text));

  it.each([
    '',
    '-x',
    'a b',
    'a;b',
    'a&b',
    '$(x)',
    '`x`',
    'a|b',
    'a"b',
    "a'b",
    'a\nb',
    '%PATH%',
    'a>b',
    '@x',
    '(x)',
    'é',
    'a'.repeat(501),
  ])('has no program %j', (text) => expect(() => parseProgram('--remote-program', text)).toThrow(UsageError));
});
