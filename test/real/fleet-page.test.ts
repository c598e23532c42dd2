import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/signed/keys.ts';
import { languages } from '../../src/words/language.ts';
import { badReport, message, named, openWorld, post, type World } from '../collect/world.ts';
import { recorded } from '../report/recorded.ts';
import { expectGoodPage, noBrowser, startBrowser } from './browser.ts';

const day = 86_400_000;
const sites = ['berlin', 'lyon', 'utrecht', 'osaka'];
const widths = [360, 800, 1280] as const;

/** A week of four sites: one with a proxy that asks for an account, one whose name server is gone, silent and waiting ones. */
async function filled(world: World): Promise<string> {
  const keys = new Map<string, ReturnType<typeof createKey>>();
  const key = (name: string) => {
    const made = keys.get(name) ?? createKey();
    keys.set(name, made);
    return made;
  };
  const begin = world.time.wall;
  for (let at = 0; at <= 6; at += 1) {
    world.time.wall = begin + at * day;
    let body = '';
    for (const site of sites) {
      for (const number of [1, 2, 3]) {
        const name = `${site}-${number}`;
        if (name === 'osaka-3' && at > 3) continue;
        const report =
          site === 'lyon' && at > 4
            ? badReport()
            : site === 'utrecht' && at > 2
              ? recorded['proxy-407']()
              : site === 'utrecht' && at > 0
                ? recorded.inspection()
                : recorded.healthy();
        const startedAt = new Date(world.time.wall).toISOString();
        const more = { labels: { site }, startedAt };
        const detail = number === 3 ? 'summary' : 'full';
        const clock = name === 'berlin-2' ? new Date(world.time.wall + 3_600_000).toISOString() : startedAt;
        body += message(named(report, name, more), key(name), at + 1, { at: clock, detail });
      }
    }
    expect((await post(world.url, gzipSync(body), { 'content-encoding': 'gzip' })).status).toBe(200);
  }
  await post(
    world.url,
    message(named(badReport(), 'osaka-1 (clone)', { labels: { site: 'osaka' } }), key('osaka-1'), 3),
  );
  const store = world.store;
  const stranger = createKey();
  await store.putSender({
    ...{
      key: stranger.key,
      fingerprint: stranger.fingerprint,
      state: 'waiting',
      name: 'kiosk-7',
      egress: '192.0.2.77',
    },
    ...{ firstAt: world.time.wall, lastAt: world.time.wall, lastSeq: 0, dropped: 0, conflicts: 0, skewMs: 0 },
  });
  return key('utrecht-1').fingerprint;
}

describe.skipIf(noBrowser !== null)('the pages of a collector in a browser', () => {
  let browser: Browser;
  let world: World;
  let machine = '';
  let origin = '';
  beforeAll(async () => {
    world = await openWorld();
    machine = await filled(world);
    origin = `${world.url}/`;
    browser = await startBrowser();
  }, 400_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  it.each(languages.flatMap((lang) => widths.map((width) => [lang, width] as const)))(
    'in %s at %i pixels: the fleet, a machine and the account are without a barrier, and nothing sticks out',
    async (lang, width) => {
      await expectGoodPage(browser, origin, `?lang=${lang}`, width);
      await expectGoodPage(browser, origin, `machines/${machine}/?lang=${lang}`, width);
      await expectGoodPage(browser, origin, `audit?lang=${lang}`, width);
    },
    240_000,
  );

  it('lead from the fleet by a search to a machine, its report, and back', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (said) => complaints.push(said.text()));
    await page.goto(origin);
    await page.fill('input[type=search]', 'utrecht');
    await page.press('input[type=search]', 'Enter');
    await page.waitForURL(/q=utrecht/);
    expect(await page.locator('section[aria-labelledby=machines] tbody tr').count()).toBe(3);
    await page.click('section[aria-labelledby=machines] a:text("utrecht-1")');
    expect(await page.locator('h1').textContent()).toBe('2 incidents are open.');
    expect(await page.locator('.lines svg').count()).toBeGreaterThan(0);
    await page.click('a[href^="report"]');
    expect(await page.locator('#list > li').count()).toBeGreaterThan(0);
    await page.goBack();
    await page.click('header a:text("The fleet")');
    expect(await page.locator('.matrix').count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.close();
  }, 240_000);
});
