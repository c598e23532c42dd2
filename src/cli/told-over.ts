import { inlineCatalog, isFetched, loadCatalog } from '../catalog/load.ts';
import { inlineFile } from '../inline-file.ts';
import { urlSecrets } from '../secrets/url-accounts.ts';
import { noticesOf } from '../words/notices.ts';
import { readBytes } from './config.ts';
import type { Io } from './io.ts';
import type { Written } from './layers.ts';
import type { OnOptions, Values } from './on-options.ts';
import type { Options } from './options.ts';
import { passwordOf } from './route-settings.ts';

const mostTargetBytes = 4 * 1024 * 1024;
const mostCaBytes = 16 * 1024 * 1024;

/** The line for the program over there. Reads what the options name here; a mistake in it is told before anything is sent. */
export async function toldOver(io: Io, options: Options, on: OnOptions): Promise<string> {
  const { work } = io.ending;
  const file = async (where: string, path: string, most: number): Promise<string> =>
    path === '-' && where === '--targets'
      ? inlineFile('-', Buffer.from(await io.readStdin(most)))
      : inlineFile(path, await readBytes(where, path, most, work));
  await loadCatalog(
    options.catalogs.filter((source) => !isFetched(source)),
    { bundled: false },
  );
  for (const text of Object.values({ ...on.flags, ...on.config }).flat()) {
    for (const secret of urlSecrets(String(text))) io.secrets.addText(secret);
  }
  const password = await passwordOf(io, options.proxy, true, noticesOf(options.lang));
  if (password !== null) io.secrets.addPassword(options.proxy.user ?? '', password.reveal());

  const withFiles = async (values: Values): Promise<Values> => {
    const { 'proxy-password-file': _, ...rest } = values;
    const told: Record<string, Written> = rest;
    for (const [name, read] of Object.entries({
      catalog: async (source: string) => await inlineCatalog(source),
      targets: async (path: string) => [await file('--targets', path, mostTargetBytes)],
      'ca-file': async (path: string) => [await file('--ca-file', path, mostCaBytes)],
      'proxy-ca': async (path: string) => [await file('--proxy-ca', path, mostCaBytes)],
    })) {
      const written = values[name];
      if (written === undefined) continue;
      const all = (await Promise.all([written].flat().map(async (path) => await read(String(path).trim())))).flat();
      told[name] = Array.isArray(written) || all.length > 1 ? all : (all[0] ?? '');
    }
    return told;
  };
  const secret =
    password === null ? {} : { 'proxy-password-file': inlineFile('password', Buffer.from(password.reveal())) };
  const flags = { ...(await withFiles(on.flags)), ...secret, lang: options.lang };
  return `${JSON.stringify({ flags, config: await withFiles(without(on.config, on.flags)) })}\n`;
}

/** What counts more needs no other beside it, and a file that nobody reads need not be sent. */
const without = (values: Values, stronger: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !(name in stronger)));
