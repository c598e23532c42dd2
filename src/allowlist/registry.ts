import { entryOf } from '../entry.ts';
import type { RenderAllowList } from './view.ts';

/** A new format is its file and a line here. Loaded when it is asked for. */
const formats: Readonly<Record<string, () => Promise<RenderAllowList>>> = {
  markdown: async () => (await import('./markdown.ts')).renderMarkdown,
  csv: async () => (await import('./csv.ts')).renderCsv,
  edl: async () => (await import('./edl.ts')).renderEdl,
  squid: async () => (await import('./squid.ts')).renderSquid,
  'azure-firewall': async () => (await import('./azure-firewall.ts')).renderAzureFirewall,
  pac: async () => (await import('./pac.ts')).renderPac,
};

/** Names for `--format` of `allowlist`, the default first. */
export const allowListNames: readonly string[] = Object.keys(formats);

/** The format of a name out of {@link allowListNames}. */
export async function loadAllowListFormat(name: string): Promise<RenderAllowList> {
  const load = entryOf(formats, name);
  if (load === undefined) throw new TypeError(`no format is called ${name}`);
  return await load();
}
