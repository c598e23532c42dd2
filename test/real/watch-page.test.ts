import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { countPerMinute } from '../../src/serve/rates.ts';
import { answerWatch, createSpoken } from '../../src/serve/routes.ts';
import { type Listening, listen } from '../../src/serve/server.ts';
import { readPulse, readWatched } from '../../src/serve/watched.ts';
import type { Store } from '../../src/store/store.ts';
import { languages } from '../../src/words/language.ts';
import { aMonth, dayMs, now, speech } from '../serve/kit.ts';
import { expectGoodPage, noBrowser, startBrowser } from './browser.ts';
import { temporaryFolder } from './parts.ts';

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
      watched: () => readWatched(store, made.machine, { now, everyMs: dayMs, scope: null }),
      pulse: () => readPulse(store, made.machine, { now, everyMs: dayMs, scope: null }),
      speechFor: (asked: string | null) => speech(languages.find((one) => one === asked) ?? 'en'),
    };
    server = await listen(
      { host: '127.0.0.1', port: 0, tls: null },
      (question) => answerWatch(question, settings),
      (error) => {
        throw error;
      },
    );
    browser = await startBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await store?.close();
    folder.close();
  });

  it.each(languages.flatMap((lang) => [360, 800, 1280].map((width) => [lang, width] as const)))(
    'in %s at %i pixels is without a barrier, asks for nothing elsewhere, and nothing sticks out',
    (lang, width) => expectGoodPage(browser, `http://127.0.0.1:${server.port}/`, `?lang=${lang}`, width),
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
