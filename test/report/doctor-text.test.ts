import { beforeAll, describe, expect, it } from 'vitest';
import { readEnvironmentSetting } from '../../src/proxy/settings/variables.ts';
import { doctorFindings } from '../../src/report/doctor-judgement.ts';
import { renderDoctorJson, renderDoctorTable } from '../../src/report/doctor-text.ts';
import { displayWidth } from '../../src/report/wrap.ts';
import { en } from '../../src/words/en/index.ts';
import { languages } from '../../src/words/language.ts';
import { loadWords } from '../../src/words/load.ts';

const environment = {
  runtime: { name: 'node', version: '20.19.0', openssl: '3.0.15' },
  platform: { os: 'linux', release: '6.1', arch: 'x64' },
  routes: [{ kind: 'direct', source: 'default', why: 'default' }],
  resolvers: [],
  trustStores: [],
  families: [],
  rootAutoUpdate: null,
  roots: [],
} as const;

const view = { lang: 'en', width: 100, colour: false, verbose: false } as const;
const clock = '2026-01-01T00:00:00Z';
const sqlite = { driver: 'node:sqlite', version: '3.53.4' };
const store = { place: '/var/lib/wayclear/wayclear.db', there: true, sqlite };

describe('the table of doctor', () => {
  beforeAll(async () => {
    await loadWords('en');
  });

  it('names what decided about the proxy, and nothing where nobody said anything', () => {
    expect(renderDoctorTable({ environment, store, clock }, view)).toContain('Proxy: direct (by default)\n');
    const routes = [{ kind: 'direct', source: 'environment', why: 'NO_PROXY' }] as const;
    const table = renderDoctorTable({ environment: { ...environment, routes }, store, clock }, view);
    expect(table).toContain('Proxy: direct (by the environment: NO_PROXY)\n');
  });

  it('judges first, with the next step, and marks each row', () => {
    const root = { id: 'r', sha256: 'aa', notAfter: '2038-01-15T00:00:00Z', found: null, usedBy: 0 } as const;
    const machine = {
      ...environment,
      families: [{ family: 4, addresses: [], defaultRoute: false }],
      trustStores: [{ name: 'machine', count: null, from: '/etc/ssl', error: 'EACCES' }],
      roots: [
        { ...root, name: 'Needed Root', role: 'required', state: 'absent' },
        { ...root, name: 'Old Root', role: 'retired', state: 'expired' },
      ],
    } as const;
    const lines = renderDoctorTable({ environment: machine, store, clock }, { ...view, width: 200 }).split('\n');
    expect(lines[0]).toBe('✗ 1 thing is wrong, 3 need a look.');
    expect(lines[1]).toMatch(/^✗ This machine has no address on a network\. Connect it/);
    expect(lines).toContainEqual(expect.stringMatching(/^! No name server is set\. .*--dns-server/));
    expect(lines).toContainEqual(expect.stringMatching(/^! .*: Needed Root\. Import/));
    expect(lines).toContainEqual(expect.stringMatching(/^! {2}machine +unknown/));
    expect(lines).toContainEqual(expect.stringMatching(/^! {2}Needed Root +absent/));
    expect(lines).toContainEqual(expect.stringMatching(/^✓ {2}Old Root +expired/));
    expect(lines).toContainEqual(expect.stringMatching(/^\? Clock: /));
  });

  it('finds nothing on a machine that is as it should be', () => {
    const families = [
      { family: 4, addresses: ['192.0.2.1'], defaultRoute: true },
      { family: 6, addresses: ['fd00::1'], defaultRoute: false },
    ] as const;
    const table = renderDoctorTable(
      { environment: { ...environment, families, resolvers: ['192.0.2.53:53'] }, store, clock },
      view,
    );
    expect(table).toMatch(/^✓ Nothing here stands in the way/);
    expect(table).not.toMatch(/^[!✗]/m);
  });

  it('tells on Windows which account looks, where the role logs, and that nothing ever ran there', () => {
    const windows = {
      account: 'other',
      roleLogs: {
        folder: 'D:\\ConfigMgr\\Logs',
        from: 'registry',
        files: [{ name: 'Dmpuploader.log', there: false }],
      },
      parts: [{ id: 'registry', proof: 'wine' }],
    } as const;
    const ofWindows = {
      rules: [{ names: ['.corp.example'], servers: ['10.8.0.1'], from: 'policy' }],
      suffixes: ['corp.example'],
      behindAll: false,
      adapters: [
        { servers: ['10.0.0.53'], from: 'dhcp', suffix: null },
        { servers: ['172.16.0.53'], from: 'set', suffix: null },
      ],
    } as const;
    const naming = { resolvConf: null, sources: [], windows: ofWindows };
    const own = { name: 'account', count: 2, from: 'registry: HKCU', error: null } as const;
    const machine = { ...environment, windows, naming, resolvers: ['10.0.0.53:53'], trustStores: [own] };
    const table = renderDoctorTable({ environment: machine, store, clock }, { ...view, width: 200 });
    expect(table).toMatch(/^! This is not the account that the role works as\. The role works as Local System/m);
    expect(table).toMatch(/^! Root certificates are trusted for this account alone: account\./m);
    expect(table).toContain('! Account: another one\n');
    expect(table).toContain('Name resolution rules: .corp.example → 10.8.0.1 (group policy)\n');
    expect(table).toContain('Servers of the adapters: 10.0.0.53 (DHCP)\n');
    expect(table).not.toContain('172.16.0.53');
    expect(table).toContain("The role's logs: D:\\ConfigMgr\\Logs (by the registry): Dmpuploader.log (not there)\n");
    expect(table).toMatch(/^\? {2}registry +ran under Wine$/m);
    const role = { ...machine, windows: { ...windows, account: 'local-system' } } as const;
    expect(renderDoctorTable({ environment: role, store, clock }, view)).not.toContain('not the account');
    const nobody = { ...machine, windows: { ...windows, account: 'unknown' } } as const;
    const open = renderDoctorTable({ environment: nobody, store, clock }, { ...view, width: 200 });
    expect(open).toMatch(/^\? Nobody here says which account this is\./m);
    expect(open).not.toMatch(/not the account|this account alone/);
  });

  it('shows a source of proxy settings that says nothing, and one that nobody can read', () => {
    const none = { won: false, proxies: [], bypass: null, pacUrl: null, autoDetect: false, mistakes: [] } as const;
    const proxySources = [
      { ...none, source: 'winhttp', notes: [] },
      { ...none, source: 'wininet-system', notes: ['unread'] },
      // Of a saved report, which may hold anything.
      { ...none, source: 'constructor', notes: ['constructor'] },
    ];
    const lines = renderDoctorTable({ environment: { ...environment, proxySources }, store, clock }, view).split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^✓ {2}WinHTTP \(services\) +no +nothing$/));
    expect(lines).toContainEqual(expect.stringMatching(/^\? {2}WinINET, Local System account +no +can't be read$/));
    expect(lines).toContainEqual(expect.stringMatching(/constructor +no +constructor$/));
  });

  it('says what goes past a proxy that is for https alone, and finds nothing wrong with it', () => {
    const { notes, source } = readEnvironmentSetting({ HTTPS_PROXY: 'http://proxy.corp.example:3128' });
    const proxies = [{ scheme: 'https', proxy: 'proxy.corp.example:3128', name: 'HTTPS_PROXY' }] as const;
    const alone = { source, won: true, proxies, bypass: null, pacUrl: null, autoDetect: false, mistakes: [], notes };
    const facts = { environment: { ...environment, proxySources: [alone] }, store, clock };
    const wide = { ...view, width: 200 };
    const note = en.proxyLabels.notes['https-alone'] ?? '';
    const row = renderDoctorTable(facts, wide)
      .split('\n')
      .find((line) => line.includes(note));
    expect(row).toMatch(/^✓ {2}environment variables +yes +https proxy\.corp\.example:3128/);
    expect(doctorFindings(facts, String)).toEqual(doctorFindings({ environment, store }, String));
  });

  it('says where what is recorded lies, and what opens it', () => {
    const row = (facts: Parameters<typeof renderDoctorTable>[0]['store']): string =>
      renderDoctorTable({ environment, clock, store: facts }, { ...view, width: 200 })
        .split('\n')
        .filter((line) => /SQLite|What is recorded/.test(line))
        .join('\n');
    expect(row(store)).toBe('✓ What is recorded: /var/lib/wayclear/wayclear.db, SQLite 3.53.4 (node:sqlite)');
    expect(row({ ...store, there: false })).toContain('wayclear.db (not there), SQLite 3.53.4');
    expect(row({ ...store, sqlite: null })).toMatch(/^! Nothing here opens a store of SQLite.*npm install/);
    for (const version of ['3.51.2', '3.9.9', '2.99.99'])
      expect(row({ ...store, sqlite: { ...sqlite, version } })).toMatch(/^! This SQLite is older than 3\.51\.3/);
    for (const version of ['3.51.3', '3.60.0', '4.0.0'])
      expect(row({ ...store, sqlite: { ...sqlite, version } })).toMatch(/^✓/);
    expect(row({ place: 'postgres://db.example/w', there: null })).toBe('? What is recorded: postgres://db.example/w');
  });

  it('gives programs the same findings', () => {
    const { findings } = JSON.parse(renderDoctorJson({ environment, store, clock })) as { findings: unknown };
    expect(findings).toEqual([{ mark: 'look', code: 'no-resolver', about: [] }]);
  });

  it('keeps to its columns in every language', async () => {
    const roots = [
      {
        id: 'r',
        name: 'Needed Root',
        role: 'required',
        state: 'absent',
        sha256: 'aa',
        notAfter: clock,
        found: null,
        usedBy: 0,
      },
    ] as const;
    const families = [{ family: 4, addresses: [], defaultRoute: false }] as const;
    for (const lang of languages) {
      await loadWords(lang);
      for (const width of [60, 80, 100]) {
        const table = renderDoctorTable(
          { environment: { ...environment, roots, families }, store, clock },
          { ...view, lang, width },
        );
        for (const line of table.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
      }
    }
  });
});
