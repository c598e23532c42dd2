import { beforeAll, describe, expect, it } from 'vitest';
import { renderDoctorTable } from '../../src/report/doctor-text.ts';
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
});
