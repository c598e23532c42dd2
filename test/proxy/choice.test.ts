import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseProxyChoice, showProxyChoice } from '../../src/proxy/choice.ts';
import { UsageError } from '../../src/usage-error.ts';

describe('--proxy', () => {
  it.each(['auto', 'env', 'system', 'direct'] as const)('%s is a choice', (word) => {
    expect(parseProxyChoice(word)).toEqual({ kind: word });
  });

  it('takes a proxy, or a PAC file by its address', () => {
    expect(parseProxyChoice('socks5h://p:9')).toMatchObject({
      kind: 'proxy',
      proxy: { protocol: 'socks5h', host: 'p', port: 9, name: '--proxy' },
    });
    expect(parseProxyChoice('pac+http://wpad.example/proxy.pac')).toEqual({
      kind: 'pac',
      url: 'http://wpad.example/proxy.pac',
    });
    expect(parseProxyChoice('pac+file:///etc/proxy.pac')).toEqual({ kind: 'pac', url: 'file:///etc/proxy.pac' });
  });

  it.each(['./lab.pac', '../lab.pac'])('takes a PAC file beside the working directory: %s', (path) => {
    expect(parseProxyChoice(`pac+file://${path}`)).toEqual({ kind: 'pac', url: pathToFileURL(resolve(path)).href });
  });

  it.each(['pac+', 'pac+proxy.pac', 'pac+pac+http://a/', 'pac+ftp://a/b', 'pac+http://u:s3cr3t@a/b'])(
    'does not take %s',
    (text) => {
      expect(() => parseProxyChoice(text)).toThrow(UsageError);
      expect(() => parseProxyChoice(text)).not.toThrow(/s3cr3t/);
    },
  );

  it('names the place of a wrong value, and a word that was perhaps meant', () => {
    expect(() => parseProxyChoice('dirct', 'the file: "proxy"')).toThrow(
      'the file: "proxy": "dirct" is not a proxy; did you mean direct?',
    );
    expect(() => parseProxyChoice('http://', 'the file: "proxy"')).toThrow(/^the file: "proxy": /);
  });

  it.each(['auto', 'pac+http://w.example/p.pac', 'socks5h://[2001:db8::1]:9'])(
    '%s is shown as it was written',
    (text) => {
      expect(showProxyChoice(parseProxyChoice(text))).toBe(text);
    },
  );

  it('is shown without its account', () => {
    expect(showProxyChoice(parseProxyChoice('http://user:s3cr3t@p:1'))).toBe('http://p:1');
  });
});
