/** Pages in a real Chromium, with axe in them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium } from 'playwright-core';
import { expect } from 'vitest';
import { lacking } from './parts.ts';

export const noBrowser = lacking({ chromium: 'chromium' });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];

export const startBrowser = (): Promise<Browser> => chromium.launch({ executablePath: '/usr/bin/chromium', args });

/** Complains of barriers, of what sticks out, of what the policy stops, and of requests elsewhere. */
export async function expectGoodPage(browser: Browser, origin: string, path: string, width: number): Promise<void> {
  const colorScheme = width === 800 ? 'dark' : 'light';
  const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) complaints.push(`request of ${request.url()}`);
  });
  await page.goto(`${origin}${path}`);
  await page.evaluate(axe);
  const violations = await page.evaluate(
    async () =>
      (
        await (
          globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: unknown[] }[] }> } }
        ).axe.run()
      ).violations,
  );
  const folder = process.env['WAYCLEAR_SCREENSHOTS'];
  if (folder !== undefined) {
    const name = `${path.replace(/[^a-z0-9=]+/gi, '-')}-${width}.png`;
    await page.screenshot({ path: `${folder}/${name}`, fullPage: true });
  }
  expect(violations.map(({ id, nodes }) => [id, JSON.stringify(nodes[0])])).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  expect(complaints).toEqual([]);
  await page.close();
}
