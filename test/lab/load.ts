/** Every scenario there is: a file each in scenarios/, named as the file. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Scenario, ScenarioFile } from './scenario.ts';

/** Sorted by name. */
export async function loadScenarios(): Promise<readonly Scenario[]> {
  const folder = join(import.meta.dirname, 'scenarios');
  const files = readdirSync(folder).filter((file) => /^[a-z0-9-]+\.[jt]s$/.test(file));
  const loaded = files.sort().map(async (file): Promise<Scenario> => {
    const { scenario } = (await import(pathToFileURL(join(folder, file)).href)) as { readonly scenario: ScenarioFile };
    return { name: file.replace(/\.[jt]s$/, ''), ...scenario };
  });
  return Promise.all(loaded);
}
