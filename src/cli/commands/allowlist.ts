import { loadAllowListFormat } from '../../allowlist/registry.ts';
import { failedSet, planned } from '../../allowlist/rules.ts';
import { hostAndPort } from '../../text-bounds.ts';
import { UsageError } from '../../usage-error.ts';
import { version } from '../../version.ts';
import { wordsOf } from '../../words/load.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import type { Options } from '../options.ts';
import { targetsOf } from '../prepare.ts';
import { routeSettings } from '../route-settings.ts';
import { readReport } from '../saved-report.ts';

/** Writes rules for firewalls and proxies: of what the documents ask for, or of what failed in a saved report. No probe is sent. */
export async function allowlist({ io, options }: Context): Promise<number> {
  const proxy = elsewhere(options);
  const list =
    options.from === null
      ? planned(await targetsOf(io, options, await routeSettings(io, options, false)), version)
      : failedSet(await readReport(io, 'allowlist', alone(options, options.from)), version);
  const outputs = await openOutputs(io, options);
  const written = await outputs.deliver(async (format, { lang }) =>
    (await loadAllowListFormat(format))(list, { words: wordsOf(lang), lang, proxy }),
  );
  return written ? 0 : 2;
}

/** A report says by itself which destinations are meant. */
function alone({ what, catalogs, only, skip, role, targets }: Options, from: string): string {
  if ([what, catalogs, only, skip].every(({ length }) => length === 0) && role === null && targets === null)
    return from;
  throw new UsageError('command.from-alone');
}

const pacWords = {
  http: 'PROXY',
  https: 'HTTPS',
  socks4: 'SOCKS',
  socks4a: 'SOCKS',
  socks5: 'SOCKS5',
  socks5h: 'SOCKS5',
};

/** What a PAC file answers for everything that it does not list. */
function elsewhere({ formats, proxy: { choice } }: Options): string | null {
  if (!formats.some(({ name }) => name === 'pac')) return null;
  if (choice.kind !== 'proxy') {
    throw new UsageError('command.pac-proxy');
  }
  const { protocol, host, port } = choice.proxy;
  return `${pacWords[protocol]} ${hostAndPort(host, port)}`;
}
