import { beforeAll, describe, expect, it } from 'vitest';
import { renderDoctorJson, renderDoctorTable } from '../../src/report/doctor-text.ts';
import { displayWidth } from '../../src/report/wrap.ts';
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

describe('the table of doctor', () => {
  beforeAll(async () => {
    await loadWords('en');
  });

  it('names what decided about the proxy, and nothing where nobody said anything', () => {
    expect(renderDoctorTable({ environment, clock }, view)).toContain('Proxy: direct (by default)\n');
    const routes = [{ kind: 'direct', source: 'environment', why: 'NO_PROXY' }] as const;
    const table = renderDoctorTable({ environment: { ...environment, routes }, clock }, view);
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
    const lines = renderDoctorTable({ environment: machine, clock }, { ...view, width: 200 }).split('\n');
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
      { environment: { ...environment, families, resolvers: ['192.0.2.53:53'] }, clock },
      view,
    );
    expect(table).toMatch(/^✓ Nothing here stands in the way/);
    expect(table).not.toMatch(/^[!✗]/m);
  });

  it('gives programs the same findings', () => {
    const { findings } = JSON.parse(renderDoctorJson({ environment, clock })) as { findings: unknown };
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
          { environment: { ...environment, roots, families }, clock },
          { ...view, lang, width },
        );
        for (const line of table.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
      }
    }
  });
});
