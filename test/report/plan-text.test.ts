import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Plan } from '../../src/model/plan.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { parseProxyChoice } from '../../src/proxy/choice.ts';
import { type PlannedRoutes, renderPlanJson, renderPlanTable } from '../../src/report/plan-text.ts';
import type { View } from '../../src/report/view.ts';
import { displayWidth, longestPiece } from '../../src/report/wrap.ts';
import { planRoutes } from '../../src/routes/plan-routes.ts';
import { languages } from '../../src/words/language.ts';
import { loadWords } from '../../src/words/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The plan of two hosts without a packet, by a PAC file, and what was read of the file. */
async function planned(
  proxy: string,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly [Plan, PlannedRoutes]> {
  const unrouted = makePlan(
    { features: [] },
    {
      ...{ what: ['a.example', 'b.example'], targets: [], role: null, cloud: 'public', includeLegacy: false },
      ...{ only: [], skip: [], set: {} },
    },
    {
      ...{ timeoutMs: 1000, deadlineMs: 10_000, concurrency: null, families: [4, 6], dnsServers: ['127.0.0.1:9'] },
      ...{ tlsHello: 'classic', offline: false, experiments: true },
    },
  );
  const machine = { env: { PATH: '/nowhere', ...env }, platform: 'linux', clock: systemClock };
  const routed = await planRoutes(unrouted, { ...machine, choice: parseProxyChoice(proxy), mayFetch: false });
  await routed.close();
  const { facts, unresolved, plan } = routed;
  return [plan, { sources: facts.proxySources ?? [], files: facts.pacFiles ?? [], unresolved }];
}

const view: View = { lang: 'en', width: 100, colour: false, verbose: false };

/** In English, on one line. */
const shown = async (proxy: string): Promise<string> => words(renderPlanTable(...(await planned(proxy)), view));

function script(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return pathToFileURL(file).href;
}

const looksUp = script(
  'names.pac',
  'function FindProxyForURL(url, host) { return isResolvable(host) ? "PROXY p:1" : "DIRECT"; }',
);
const broken = script('broken.pac', 'function FindProxyForURL(url, host) {\n  if (x return "DIRECT";\n}');
const words = (text: string): string => text.replace(/\s+/g, ' ');

describe('the plan for eyes', () => {
  beforeAll(async () => {
    await Promise.all(languages.map(loadWords));
  });

  it('asks a local PAC file about each probe, and says which names it got no address of', async () => {
    const text = await shown(`pac+${looksUp}`);
    expect(text).toContain(`✓ PAC file ${looksUp}: evaluated here, for each probe`);
    expect(text).toContain('! Names are not looked up here: dnsResolve answers null');
    expect(text).toContain('which asked for a.example, b.example. A run may go another way.');
    expect(text).toContain('The PAC file answers «DIRECT» for a.example');
  });

  it('says once, with its line, that a local PAC file is broken', async () => {
    const text = await shown(`pac+${broken}`);
    expect(text).toContain(`✗ The proxy configuration file is broken. PAC file ${broken}: invalid: SyntaxError`);
    expect(text.split('(line 2, column')).toHaveLength(2);
    expect(text.split('configuration file is broken')).toHaveLength(4);
  });

  it('leaves a remote PAC file to the run', async () => {
    const text = await shown('pac+http://pac.example/x.pac');
    expect(text).toContain('decided at run time, by the PAC file http://pac.example/x.pac');
    expect(text).not.toContain('evaluated here');
  });

  it('says what in the proxy settings is mistaken', async () => {
    const made = await planned('system', {
      HTTPS_PROXY: '"http://proxy.example:8080"',
      HTTP_PROXY: 'http://proxy.example:8080\r',
    });
    const text = words(renderPlanTable(...made, view));
    expect(text).toContain('! HTTPS_PROXY: the quotes are part of the value (read otherwise by curl');
    expect(text).toContain('! HTTP_PROXY: ');
    const { proxySources } = JSON.parse(renderPlanJson(...made)) as { proxySources: PlannedRoutes['sources'] };
    const told = proxySources.flatMap(({ mistakes }) => mistakes.map(({ name, code }) => [name, code]));
    expect(told).toEqual(
      expect.arrayContaining([
        ['HTTPS_PROXY', 'quoted'],
        ['HTTP_PROXY', 'line-end'],
      ]),
    );
  });

  it('shows the documented pattern next to a probe that is not the pattern itself', async () => {
    const [plan, pac] = await planned('direct');
    const targets = plan.targets.map((target) =>
      target.host === 'a.example' ? { ...target, pattern: '*.example', witness: true } : target,
    );
    const text = renderPlanTable({ ...plan, targets }, pac, view);
    expect(text.match(/Documented as: .*/g)).toEqual(['Documented as: *.example']);
  });

  it.each(['names.pac', 'broken.pac'])('keeps to its columns in every language, with %s', async (name) => {
    const made = await planned(`pac+${pathToFileURL(join(folder, name)).href}`);
    for (const lang of languages) {
      for (const width of [60, 80, 100]) {
        for (const line of renderPlanTable(...made, { ...view, lang, width }).split('\n')) {
          if (displayWidth(line) > width) expect(displayWidth(line), line).toBeLessThanOrEqual(longestPiece(line) + 8);
        }
      }
    }
  });
});
