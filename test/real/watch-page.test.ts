import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { countPerMinute } from '../../src/serve/rates.ts';
import { answerWatch, createSpoken } from '../../src/serve/routes.ts';
import { type Listening, listen } from '../../src/serve/server.ts';
import { readPulse, readWatched } from '../../src/serve/watched.ts';
import type { Store } from '../../src/store/store.ts';
import { languages } from '../../src/words/language.ts';
import { aMonth, dayMs, now, speech } from '../serve/kit.ts';
import { lacking, temporaryFolder } from './parts.ts';

const noBrowser = lacking({ chromium: 'chromium' });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];

describe.skipIf(noBrowser !== null)('the page of a watch in a browser', () => {
  const folder = temporaryFolder();
  let browser: Browser;
  let store: Store;
  let server: Listening;
  beforeAll(async () => {
    const made = await aMonth(join(folder.path, 'watch.db'));
    store = made.store;
    const settings = {
      access: { password: null, trustedHeader: null, guesses: countPerMinute(systemClock, 10) },
      spoken: createSpoken(),
      watched: () => readWatched(store, made.machine, now, dayMs),
      pulse: () => readPulse(store, made.machine, now, dayMs),
      speechFor: (asked: string | null) => speech(languages.find((one) => one === asked) ?? 'en'),
    };
    server = await listen(
      { host: '127.0.0.1', port: 0, tls: null },
      (question) => answerWatch(question, settings),
      (error) => {
        throw error;
      },
    );
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await store?.close();
    folder.close();
  });

  it.each(languages.flatMap((lang) => [400, 800, 1280].map((width) => [lang, width] as const)))(
    'in %s at %i pixels is without a barrier, asks for nothing elsewhere, and nothing sticks out',
    async (lang, width) => {
      const colorScheme = width === 800 ? 'dark' : 'light';
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      const complaints: string[] = [];
      const origin = `http://127.0.0.1:${server.port}/`;
      page.on('console', (message) => complaints.push(message.text()));
      page.on('request', (request) => {
        if (!request.url().startsWith(origin)) complaints.push(`request of ${request.url()}`);
      });
      await page.goto(`${origin}?lang=${lang}`);
      await page.evaluate(axe);
      const violations = await page.evaluate(
        async () =>
          (
            await (
              globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: unknown[] }[] }> } }
            ).axe.run()
          ).violations,
      );
      expect(violations.map(({ id, nodes }) => [id, JSON.stringify(nodes[0])])).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(complaints).toEqual([]);
      await page.close();
    },
    120_000,
  );

  it('leads to the report of the last look, whose own style and script run', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`http://127.0.0.1:${server.port}/`);
    await page.click('a[href^="report"]');
    expect(await page.locator('#list > li').count()).toBeGreaterThan(0);
    expect(await page.locator('#find').isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
