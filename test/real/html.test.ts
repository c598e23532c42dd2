import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { hostile } from '../report/fixtures.ts';
import { recorded, tenThousand } from '../report/recorded.ts';
import { lacking, temporaryFolder } from './parts.ts';

const noBrowser = lacking({ chromium: 'chromium' });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

describe.skipIf(noBrowser !== null)('the page in a browser', () => {
  const folder = temporaryFolder();
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
        ...['--disable-component-update', '--disable-sync'],
      ],
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    folder.close();
  });

  /** The page of a report, with all that the browser complained of, and all that it asked for besides. */
  async function open(
    report: Report,
    options: Parameters<Browser['newPage']>[0] = {},
  ): Promise<{ readonly page: Page; readonly complaints: string[]; readonly url: string }> {
    const file = join(folder.path, 'report.html');
    writeFileSync(file, renderHtml(report, { lang: 'en', width: 100, colour: false, verbose: false }));
    const page = await browser.newPage(options);
    const complaints: string[] = [];
    const url = pathToFileURL(file).href;
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== url) complaints.push(`request of ${request.url()}`);
    });
    page.on('dialog', (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    // Ten thousand endpoints take a busy machine longer than the half minute that is usual.
    await page.goto(url, { timeout: 110_000 });
    return { page, complaints, url };
  }

  const rows = (page: Page): Promise<number> => page.locator('#list > li:visible').count();

  it.each([
    ['inspection', 'light', 1280],
    ['inspection', 'dark', 400],
    ['half-blocked', 'light', 800],
    ['half-blocked', 'dark', 1280],
    ['incomplete', 'light', 400],
    ['healthy', 'dark', 800],
    ['hostile', 'light', 1280],
  ] as const)(
    'of %s is without a barrier in %s at %i pixels, and nothing sticks out',
    async (name, colorScheme, width) => {
      const { page, complaints } = await open(recorded[name](), { colorScheme, viewport: { width, height: 900 } });
      await page.evaluate(axe);
      const violations = await page.evaluate(
        async () =>
          (await (globalThis as unknown as { axe: { run(): Promise<{ violations: unknown[] }> } }).axe.run())
            .violations,
      );
      const shown = (violations as readonly Violation[]).map(({ id, nodes }) => [
        id,
        nodes.slice(0, 3).map((node) => node.html),
      ]);
      expect(shown).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(complaints).toEqual([]);
      await page.close();
    },
    // axe looks at every part of a long page.
    180_000,
  );

  it('searches, filters and sorts', async () => {
    const report = recorded['half-blocked']();
    const { page, complaints } = await open(report);
    expect(await rows(page)).toBe(report.targets.length);
    await page.selectOption('#v', 'unreachable');
    expect(await rows(page)).toBe(report.summary.unreachable);
    await page.selectOption('#v', '');
    const host = report.targets[0]?.host ?? '';
    await page.fill('#q', host.toUpperCase());
    const expected = report.targets.filter((target) => target.host.includes(host)).length;
    await expect.poll(() => rows(page)).toBe(expected);
    expect(await page.textContent('#c')).toBe(`${expected}/${report.targets.length}`);
    await page.fill('#q', '');
    await expect.poll(() => rows(page)).toBe(report.targets.length);
    await page.selectOption('#s', 'h');
    const names = await page.locator('#list > li code').allTextContents();
    const hosts = names.filter((text) => /:\d+$/.test(text));
    expect(hosts).toEqual([...hosts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows everything where no script runs', async () => {
    const report = recorded['half-blocked']();
    const { page } = await open(report, { javaScriptEnabled: false });
    expect(await rows(page)).toBe(report.targets.length);
    expect(await page.locator('#find').isVisible()).toBe(false);
    await page.close();
  });

  it('runs nothing that a hostile name says, and asks for nothing', async () => {
    for (const report of [hostile(), recorded.hostile()]) {
      const { page, complaints } = await open(report);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  it('is reached and left by the keyboard alone', async () => {
    const { page } = await open(recorded['half-blocked']());
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('targets');
    await page.close();
  });

  it('is painted long before the last of ten thousand endpoints is read', async () => {
    const { page } = await open(tenThousand(), { viewport: { width: 1280, height: 900 } });
    // Both on this machine at this moment: what else it does slows both.
    const painted = Number(await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
    const read = Number(await page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive"));
    expect(painted).toBeLessThan(read / 2);
    await page.close();
  }, 120_000);

  it('prints every endpoint', async () => {
    const report = recorded['half-blocked']();
    const { page } = await open(report);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#find').isVisible()).toBe(false);
    expect(await rows(page)).toBe(report.targets.length);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
    await page.close();
  });
});
