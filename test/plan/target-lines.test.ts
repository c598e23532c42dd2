import { describe, expect, it } from 'vitest';
import { readTargetLines } from '../../src/plan/target-lines.ts';
import { UsageError } from '../../src/usage-error.ts';

const named = (...lines: readonly string[]): readonly string[] =>
  readTargetLines(lines, ['updates']).map(({ id, probes, protocol }) =>
    probes.length > 0 ? id : `${id} ${protocol === 'udp' ? 'udp' : 'untested'}`,
  );

function refused(...lines: readonly string[]): UsageError {
  try {
    readTargetLines(lines, ['updates']);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a list of targets', () => {
  it.each([
    [['login.example.com'], ['login.example.com:443']],
    [['login.example.com # sign-in'], ['login.example.com:443']],
    [['# all of it', 'https://a.example/p#part'], ['https://a.example/p']],
    [['*.manage.example.com'], ['*.manage.example.com:443 untested']],
    [
      ['.manage.example.com', 'https://*.cdn.example/*'],
      ['*.manage.example.com:443 untested', '*.cdn.example:443 untested'],
    ],
    [
      ['http://*.cdn.example', '*.x.example:8443'],
      ['*.cdn.example:80 untested', '*.x.example:8443 untested'],
    ],
    [
      ['10.0.0.0/8', '2001:db8::/32'],
      ['10.0.0.0/8 untested', '2001:db8::/32 untested'],
    ],
    [['10.1.2.3/32'], ['10.1.2.3:443']],
    [['"print.example.com", 443, TCP,9982'], ['print.example.com:443']],
    [['a.example,8443'], ['a.example:8443']],
    [['a.example;8443,9443'], ['a.example:8443', 'a.example:9443']],
    [['a.example\t443,80'], ['a.example:443', 'a.example:80']],
    [['a.example:8443,80'], ['a.example:8443', 'a.example:80']],
    [
      ['host;port', 'a.example;8443,9443'],
      ['a.example:8443', 'a.example:9443'],
    ],
    [['10.0.0.0/8:8443'], ['10.0.0.0/8:8443 untested']],
    [['10.1.2.3/32:8443'], ['10.1.2.3:8443']],
    [
      ['a.example 8443', 'b.example\t80'],
      ['a.example:8443', 'b.example:80'],
    ],
    [['a.example;443;TCP;Sign-in'], ['a.example:443']],
    [['a.example,"80, 443"'], ['a.example:80', 'a.example:443']],
    [['a.example, 443/tcp'], ['a.example:443']],
    [['time.example,123,UDP'], ['time.example:123 udp']],
    [['proxy01,3128'], ['proxy01:3128']],
    [['Sign-in,login.example.com,443'], ['login.example.com:443']],
    [['a.example, b.example'], ['a.example:443', 'b.example:443']],
    [['https://a.example/x,y;z'], ['https://a.example/x,y;z']],
    [['https://a.example/,443,tcp'], ['https://a.example/']],
    [['10.0.0.0/8,25'], ['10.0.0.0/8:25 untested']],
    [
      ['host,port', 'a.example,80', ',', 'b.example,'],
      ['a.example:80', 'b.example:443'],
    ],
    [
      ['Name;FQDN;Port;Protocol', 'Sign in;login.example;443;TCP', '"a;b";*.x.example;80;TCP'],
      ['login.example:443', '*.x.example:80 untested'],
    ],
    [['"URL","Ports"', '"https://a.example/p","443"'], ['https://a.example/p']],
    [['host', 'a.example'], ['a.example:443']],
    [
      ['Address,Port', '"a.example b.example",443'],
      ['a.example:443', 'b.example:443'],
    ],
  ])('%j is read', (lines, ids) => {
    expect(named(...lines)).toEqual(ids);
  });

  it('says all lines that are no host, pattern or network at once', () => {
    const error = refused(
      'a.example',
      'no host at all',
      '*.x.example',
      'b.example:0',
      '10.0.0.0/33',
      'updates',
      'word',
    );
    expect(error.message).toBe(
      '--targets: 5 lines name no target: line 2: "no host at all" is no URL and no host; ' +
        'line 4: "b.example:0": expected a port number from 1 to 65535; ' +
        'line 5: "10.0.0.0/33": expected a network as an address and a length; ' +
        'line 6: "updates" is a feature; line 7: "word" is no URL and no host with a dot or a port',
    );
  });

  it('tests no other port in place of one that nobody can read', () => {
    expect(refused('host,port', 'a.example,80', 'b.example,xyz', 'c.example,0', 'd.example,80 and 443').message).toBe(
      '--targets: 3 lines name no target: line 3: "xyz": expected a port number from 1 to 65535; ' +
        'line 4: "0": expected a port number from 1 to 65535; ' +
        'line 5: "80 and 443": expected a port number from 1 to 65535',
    );
    expect(refused('a.example,70000').message).toContain('line 1: "70000": expected a port number');
    expect(refused('a.example,8000-8010').message).toContain('line 1: "8000-8010": expected a port number');
    const [secure] = readTargetLines(['a.example,HTTPS,8443'], []);
    expect(secure?.probes).toMatchObject([{ url: 'https://a.example:8443/' }]);
    expect(named('host,port', 'a.example,HTTPS', 'b.example,http')).toEqual(['a.example:443', 'b.example:80']);
  });

  it('shows ten bad lines of many, and no secret', () => {
    const { message } = refused(...Array<string>(25).fill('https://joe:s3cr3t@a.example/'));
    expect(message).toContain('25 lines');
    expect(message).toMatch(/line 10: [^;]*; and 15 more$/);
    expect(message).not.toContain('s3cr3t');
  });

  it.each([
    ['*', 'expected a wildcard'],
    ['**..example', 'expected a wildcard'],
    ['a.example,notes', null],
  ])('%s is judged alone', (line, message) => {
    if (message === null) expect(named(line)).toEqual(['a.example:443']);
    else expect(refused(line).message).toContain(message);
  });

  it('is linear in its input', () => {
    expect(refused(`${'"a,'.repeat(200_000)}`).message.length).toBeLessThan(1000);
    expect(named(`a.example,${' '.repeat(100_000)}443`)).toEqual(['a.example:443']);
  });
});
