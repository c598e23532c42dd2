import { describe, expect, it } from 'vitest';
import type { DnsBehaviour } from '../../../src/demo/dns-server.ts';
import type { Naming, ResolvConf } from '../../../src/model/observations.ts';
import { plainConf, plainNaming, takenSource } from '../../../src/probe/dns/programs.ts';
import { always, name, resolver, server, short } from './dns-kit.ts';

const naming = (conf: Partial<ResolvConf>, sources: Naming['sources'] = plainNaming.sources): Naming => ({
  resolvConf: { ...plainConf, ...conf },
  sources,
});
const below = `${name}.corp.test`;
const real: DnsBehaviour = { addresses: ['192.0.2.1'] };
const wild: DnsBehaviour = { addresses: ['198.51.100.9'] };
const searching = { search: ['corp.test'], ndots: 5 };

describe('below the search list', () => {
  it('programs take what is found there first, and what the name itself has stays evidence', async () => {
    const dns = await server({ [name]: real, [below]: wild });
    const result = await resolver([dns], { naming: naming(searching), families: [4] }).resolve(name, always);
    expect(result).toMatchObject({ value: { from: 'dns', searched: below, addresses: [{ address: '198.51.100.9' }] } });
    const answers = result.status === 'passed' ? result.value.answers : [];
    expect(answers.map(({ name: asked, addresses }) => [asked, addresses[0]?.address])).toEqual([
      [undefined, '192.0.2.1'],
      [below, '198.51.100.9'],
    ]);
  });

  it.each<readonly [string, DnsBehaviour]>([
    ['nothing exists', { answer: 'nxdomain' }],
    ['there is silence', { answer: 'silent' }],
    ['the server refuses', { answer: 'refused' }],
  ])('the name itself is taken where %s', async (_, behaviour) => {
    const dns = await server({ [name]: real, [below]: behaviour });
    const result = await resolver([dns], { naming: naming(searching), families: [4], timeoutMs: 1500 }).resolve(
      name,
      always,
    );
    expect(short(result)).toMatchObject({ end: 'dns', addresses: ['192.0.2.1'] });
    expect(result).not.toHaveProperty('value.searched');
  });

  it('names are asked for last that have dots enough, and only if they do not exist', async () => {
    const dns = await server({
      [name]: real,
      [below]: wild,
      'old.example.test': { answer: 'nxdomain' },
      'old.example.test.corp.test': wild,
    });
    const made = resolver([dns], { naming: naming({ search: ['corp.test'] }), families: [4] });
    expect(short(await made.resolve(name, always))).toMatchObject({ addresses: ['192.0.2.1'] });
    expect(dns.count(below, 1)).toBe(0);
    expect(await made.resolve('old.example.test', always)).toMatchObject({
      value: { searched: 'old.example.test.corp.test' },
    });
  });
});

describe('programs', () => {
  it('that ask over TCP alone are asked for over TCP alone', async () => {
    const dns = await server({ [name]: real });
    const result = await resolver([dns], { naming: naming({ overTcp: true }), families: [4] }).resolve(name, always);
    expect(short(result)).toMatchObject({ answers: ['4 tcp NOERROR ok'] });
  });

  it('that take turns get what each server says', async () => {
    const [knows, lacks] = [await server({ [name]: real }), await server({ [name]: { answer: 'nxdomain' } })];
    const made = resolver([knows, lacks], { naming: naming({ rotate: true }), families: [4] });
    expect(await made.resolve(name, always)).toMatchObject({
      value: {
        addresses: [{ address: '192.0.2.1' }],
        rotation: [
          { server: knows.server, failure: null },
          { server: lacks.server, failure: 'dns.not-found' },
        ],
      },
    });
  });

  it('that give up before any answer comes get none', async () => {
    const dns = await server({ [name]: { ...real, delayMs: 700 } });
    const change = { naming: naming({ timeoutMs: 300, attempts: 2 }), families: [4] } as const;
    expect(await resolver([dns], change).resolve(name, always)).toMatchObject({
      failure: { code: 'dns.timeout', detail: 'late' },
      partial: { tooLate: { server: dns.server, waitMs: 300 } },
    });
  });
});

describe('the sources of names', () => {
  const files = [{ address: '192.0.2.7', family: 4 }] as const;
  const dns = [{ address: '192.0.2.1', family: 4 }] as const;
  const source = (text: string): Naming['sources'] =>
    text.split(' ').map((word) => {
      const [each = '', stop] = word.split('!');
      return { name: each, stopsAt: stop === undefined ? [] : ['notfound'] };
    });
  const nothing = { files: [], dns: [], system: null, failure: null } as const;
  it.each([
    ['files dns', { files, dns }, 'hosts-file'],
    ['dns files', { files, dns }, 'dns'],
    ['dns', { files, dns }, 'dns'],
    ['files', { dns }, null],
    ['dns! files', { files, failure: 'dns.not-found' }, null],
    ['dns! files', { files, failure: 'dns.timeout' }, 'hosts-file'],
    ['resolve files', { dns }, 'dns'],
    ['files dns', { files, dns, system: { addresses: dns, error: null } }, 'dns'],
    ['files dns', { dns, system: { addresses: files, error: null } }, 'system'],
    ['files dns', { dns, system: { addresses: [], error: 'ENOTFOUND' } }, null],
    ['files dns', { dns, system: { addresses: [], error: 'ETIMEOUT' } }, 'dns'],
  ] as const)('%s: %j gives %s', (text, answers, taken) => {
    expect(takenSource(source(text), { ...nothing, ...answers })).toBe(taken);
  });
});
