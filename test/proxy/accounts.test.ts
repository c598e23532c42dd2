import { describe, expect, it } from 'vitest';
import type { ProxyAuth } from '../../src/proxy/access.ts';
import { type Accounts, accountsOf, type GivenAccount } from '../../src/proxy/accounts.ts';
import { type ProxyChoice, parseProxyChoice } from '../../src/proxy/choice.ts';
import { credentials, secret } from '../../src/proxy/credentials.ts';
import { emptySetting } from '../../src/proxy/setting.ts';
import { readEnvironmentSetting } from '../../src/proxy/settings/variables.ts';

const proxy = { protocol: 'http', host: 'p', port: 1 } as const;

function accounts(
  env: Readonly<Record<string, string>>,
  choice: ProxyChoice = { kind: 'auto' },
  auth?: ProxyAuth,
  given?: GivenAccount,
): Accounts {
  return accountsOf(
    {
      choice,
      chosenBy: 'flag',
      noProxy: null,
      environment: readEnvironmentSetting(env),
      system: [emptySetting('gnome')],
    },
    auth,
    given,
  );
}
const shown = (from: Accounts, to: typeof proxy = proxy): string | null => {
  const account = from.accountFor(to);
  return account === null ? null : `${account.user}:${account.password.reveal()}`;
};

describe('the account for a proxy', () => {
  it('is that of the setting that names the proxy, and of no other', () => {
    const read = accounts({ HTTPS_PROXY: 'http://user:s3cr3t@p:1' });
    expect(shown(read)).toBe('user:s3cr3t');
    expect(read.accountFor({ ...proxy, port: 2 })).toBeNull();
    expect(read.accountFor(proxy)).toBe(read.accountFor({ ...proxy }));
  });

  it('is that of --proxy, whatever the environment names', () => {
    expect(shown(accounts({ HTTPS_PROXY: 'http://e:e@p:1' }, parseProxyChoice('http://f:f@p:1')))).toBe('f:f');
    expect(shown(accounts({ HTTPS_PROXY: 'http://e:e@p:1' }, parseProxyChoice('http://p:1')))).toBeNull();
  });

  it('is there for the configured proxy that is asked beside the direct path', () => {
    expect(shown(accounts({ HTTPS_PROXY: 'http://e:e@p:1' }, { kind: 'direct' }))).toBe('e:e');
  });

  it('is the one object that a choice carries', () => {
    const account = credentials('u', secret('p'), 'option');
    const choice = parseProxyChoice('http://p:1');
    if (choice.kind !== 'proxy') throw new Error('no proxy');
    expect(accounts({}, { ...choice, proxy: { ...choice.proxy, credentials: account } }).accountFor(proxy)).toBe(
      account,
    );
  });

  it('is that of HTTPS where one proxy has several', () => {
    expect(shown(accounts({ HTTP_PROXY: 'http://a:a@p:1', HTTPS_PROXY: 'http://b:b@p:1' }))).toBe('b:b');
  });

  it('is for no proxy that only a PAC file found by discovery names: whoever answers for wpad would be sent it', () => {
    const given = { user: 'named', password: secret('s3cr3t') };
    const discovered = { ...proxy, source: 'pac', why: 'http://wpad.corp.example/wpad.dat' };
    expect(accounts({}, { kind: 'auto' }, 'auto', given).accountFor(discovered)).toBeNull();
    expect(accounts({}, { kind: 'auto' }, 'auto', given).demandFor(discovered)).toBeNull();
    // Named by somebody as well, or by a file that somebody named.
    expect(accounts({ HTTPS_PROXY: 'http://p:1' }, { kind: 'auto' }, 'auto', given).accountFor(discovered)?.user).toBe(
      'named',
    );
    const choice = parseProxyChoice('pac+http://wpad.corp.example/wpad.dat');
    expect(accounts({}, choice, 'auto', given).accountFor(discovered)?.user).toBe('named');
    expect(accounts({}, choice, 'auto', given).accountFor({ ...discovered, why: 'http://other/wpad.dat' })).toBeNull();
  });

  it('is demanded before anything is sent, and never later', () => {
    const account = { user: 'named', password: null };
    const asked = accounts({}, parseProxyChoice('http://p:1'), 'auto', account);
    expect(() => asked.demandFor(proxy)).toThrow('--proxy-user names an account without a password');
    expect(asked.accountFor(proxy)).toBeNull();
    expect(asked.demandFor({ ...proxy, protocol: 'socks4' })?.user).toBe('named');
    expect(accounts({}, { kind: 'auto' }, 'negotiate', account).demandFor(proxy)).toBeNull();
  });
});
