import { describe, expect, it } from 'vitest';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { leaks, spellings } from './spellings.ts';

const passwords = [
  'Tr0ub4dor-Xq',
  'p@s! "<&/\\%4aä€🔑Ö',
  'aaaaaaaa',
  '\\\\\\\\\\\\',
  '<b>bold</b>x',
  'abcd',
  'x%41%zz=3D=',
];
const of = (password: string) => {
  const secrets = createSecrets();
  secrets.addPassword('user', password);
  return secrets;
};

describe('the door', () => {
  it.each(
    passwords.flatMap((password) =>
      Object.entries(spellings(password)).map(([name, text]) => [password, name, text] as const),
    ),
  )('cuts %j out when it is written as %s', (password, _name, text) => {
    const kept = of(password).keep(`before (${text}) then`);
    expect(kept).toMatch(/^before \(.*\[secret\].*\) then$/s);
    expect(leaks(kept, password)).toEqual([]);
  });

  it('leaves nothing of a secret at its bound, wherever the bound falls', () => {
    for (const [name, text] of Object.entries(spellings('Tr0ub4dor-Xq'))) {
      for (let before = 20; before < 60 + text.length; before++) {
        const kept = of('Tr0ub4dor-Xq').keep(`${'.'.repeat(before)}${text}${'.'.repeat(600)}`, 60);
        expect(kept.length).toBeLessThanOrEqual(60);
        if (name.includes('64')) expect(kept.slice(before)).not.toContain(text.slice(8, 11));
        else
          expect([name, kept.slice(before)]).toEqual([
            name,
            expect.stringMatching(/^(\[secret\]|\[s?e?c?r?e?t?)?\.*…?$/),
          ]);
      }
    }
  });

  it('leaves nothing of a secret that somebody else has cut', () => {
    for (let length = 1; length < 12; length++) {
      expect(of('Tr0ub4dor-Xq').keep(`said: ${'Tr0ub4dor-Xq'.slice(0, length)}`, 300, true)).toBe('said: ');
      expect(of('Tr0ub4dor-Xq').keep(`said: ${'Tr0ub4dor-Xq'.slice(0, length)}…`)).toBe('said: …');
    }
  });

  it.each(Object.entries(spellings('Tr0ub4dor!Xq7')))(
    'leaves no beginning of a secret that is cut in the middle of an escape or a tag: %s',
    (_, spelling) => {
      for (let cut = 1; cut < spelling.length; cut += 1) {
        const kept = of('Tr0ub4dor!Xq7').keep(`----------${spelling.slice(0, cut)}`, 300, true);
        expect(kept.replace(/<[^>]*>?/g, '').replace(/\s/g, '')).not.toMatch(/Tr0u|54723|54:72:3/i);
      }
    },
  );

  it('leaves alone what is something else', () => {
    const secrets = of('Tr0ub4dor-Xq');
    const text = 'Tr0ub4dor, deny rule 7 <b>%20</b> &amp; \\u0041 54723075 =3D';
    expect(secrets.keep(text)).toBe(text);
  });

  it.each(['$ xy', '$\nxyz', '0x$', '0X$ x', 'seen: 0x$, 0x00'])(
    'cuts hex beside a word that begins with an x: %s',
    (around) => {
      const hex = Buffer.from('Tr0ub4dor-Xq0', 'utf16le').toString('hex');
      const kept = of('Tr0ub4dor-Xq0').keep(around.replace('$', hex));
      expect(kept).toContain('[secret]');
      expect(kept.length).toBeLessThan(28);
    },
  );

  it('cuts bytes that were sent out as hex and as base64 at any place', () => {
    const secrets = createSecrets();
    const ticket = Buffer.from(Array.from({ length: 90 }, (_, at) => (at * 37) % 251));
    secrets.addBytes(ticket);
    for (const text of [
      ticket.toString('base64'),
      ticket.toString('base64url'),
      ticket.toString('hex').toUpperCase(),
      Buffer.concat([Buffer.from('xy'), ticket]).toString('base64'),
      ticket.toString('base64').replace(/(.{20})/g, '$1\r\n '),
    ]) {
      const kept = secrets.keep(`<${text}>`, 1000);
      expect(kept).toContain('[secret]');
      expect(kept.length).toBeLessThan(24);
    }
  });

  it.each(['alice:Tr0ub4dor-Xq', 'xalice:Tr0ub4dor-Xq', 'xyalice:Tr0ub4dor-Xq'])(
    'cuts base64 whose letters somebody has written small or large: %s',
    (account) => {
      const base64 = Buffer.from(account).toString('base64');
      for (const text of [base64.toLowerCase(), base64.toUpperCase()]) {
        const kept = of('Tr0ub4dor-Xq').keep(`x-${text}: 1`);
        expect(kept).toContain('[secret]');
        expect(kept.length).toBeLessThan(28);
      }
    },
  );

  it('keeps no more than the last bytes that were sent', () => {
    const secrets = createSecrets();
    for (let at = 0; at < 300; at++) secrets.addBytes(Buffer.from(`ticket number ${at}`));
    const hex = (at: number): string => Buffer.from(`ticket number ${at}`).toString('hex');
    expect([secrets.keep(hex(1)), secrets.keep(hex(299))]).toEqual([hex(1), '[secret]']);
  });

  it.each([
    ['https://us:pw@proxy.test/x', 'https://…@proxy.test/x'],
    ['see http://a.test and http://us:p@w@b.test:80', 'see http://a.test and http://…@b.test:80'],
    ['https://a.test/?sv=1&sig=AbC%2Bd&x=1', 'https://a.test/?sv=1&sig=[secret]&x=1'],
    ['mail to a@b.test', 'mail to a@b.test'],
    ['//us:pw@proxy.test/x', '//…@proxy.test/x'],
    ['http:/us:pw@a.test and http:\\\\us:pw@b.test', 'http:/…@a.test and http:\\\\…@b.test'],
    [
      "http://us:p,w@a.test/ http://us:p;w@b.test/ http://us:p'w@c.test/",
      'http://…@a.test/ http://…@b.test/ http://…@c.test/',
    ],
    ['{"a":"http:\\/\\/us:pw@a.test","b":"x@b.test"}', '{"a":"http:\\/\\/…@a.test","b":"x@b.test"}'],
    ['http:\\u002f\\u002fus:pw\\u0040a.test', 'http:\\u002f\\u002f…\\u0040a.test'],
    ['https://a.test/?next=http%3A%2F%2Fus%3Apw%40b.test%2F', 'https://a.test/?next=http%3A%2F%2F…%40b.test%2F'],
    ['"https://a.test/x?a=1\\u0026sig=AbC%2Bd"', '"https://a.test/x?a=1\\u0026sig=[secret]"'],
    [
      'https://a.test/@scope/x and https://a.test/y?z=b@c.test',
      'https://a.test/@scope/x and https://a.test/y?z=b@c.test',
    ],
    [`${'http://'.repeat(4)}a:b@c`, 'http://http://http://http://…@c'],
  ])('cuts what stands in an address: %s', (text, clean) => {
    expect(createSecrets().keep(text)).toBe(clean);
  });

  it('drops what comes from a proxy where a password is too short to be cut out, and says so', () => {
    const secrets = of('abc');
    expect([secrets.isShort, secrets.keepFromProxy('abc or anything'), secrets.keepFromProxy('')]).toEqual([
      true,
      '[secret]',
      '',
    ]);
    expect(secrets.keep('the abc of it')).toBe('the abc of it');
    expect(secrets.keep(`Basic ${Buffer.from('user:abc').toString('base64')}`)).toBe('Basic [secret]=');
    expect(of('abcd').isShort).toBe(false);
  });

  it('takes time that grows with the text alone', () => {
    for (const filler of [
      '<',
      '<!--',
      '&amp;',
      '&#',
      '%',
      '\\',
      '=',
      '<a',
      'a',
      '://',
      '@://',
      '?sig=',
      '//',
      '%2f',
      '%25',
      '\\u002f',
      '//a@',
    ]) {
      const secrets = of('a'.repeat(200));
      expect(secrets.keep(filler.repeat(60_000), 240_000).length).toBeLessThanOrEqual(240_000);
    }
  });
});

describe('the last look at a report', () => {
  it('cuts and counts what is found', () => {
    const secrets = of('Tr0ub4dor-Xq');
    expect(secrets.scan('"a":"Tr0ub4dor-Xq","b":"VHIwdWI0ZG9yLVhx"', () => '')).toBe('"a":"[secret]","b":"[secret]"');
    expect(secrets.found).toBe(2);
  });

  it('leaves JSON whole, whatever the secret is', () => {
    for (const [password, text] of [
      ['npass\\', '\npass\\'],
      ['news\\', 'C:\\news\\'],
      ['"quoted"', 'a "quoted" b'],
      ['u00e4x', 'äu00e4x'],
      ['\\\\\\\\', '\\\\\\\\\\'],
    ] as const) {
      const json = of(password).scan(JSON.stringify({ text }), () => '');
      expect(JSON.parse(json)).toHaveProperty('text');
      expect((JSON.parse(json) as { text: string }).text).not.toContain(password);
    }
  });

  it('leaves a secret that is a word of the program alone where it stands as it is', () => {
    const secrets = of('proxy');
    expect(secrets.scan('{"route":"proxy:a","x":"cHJveHk6"}', () => 'a proxy')).toBe(
      '{"route":"proxy:a","x":"[secret]6"}',
    );
  });

  it('finds what lies across the parts in which a long text is read', () => {
    for (const at of [65_530, 65_536, 131_066]) {
      const secrets = of('Tr0ub4dor-Xq');
      expect(secrets.scan(`${' '.repeat(at)}Tr0ub4dor-Xq${' '.repeat(9000)}`, () => '')).toContain(' [secret] ');
      expect(secrets.found).toBe(1);
    }
  });
});
