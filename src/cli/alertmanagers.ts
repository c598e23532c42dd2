/** The Alertmanagers that `--alertmanager` names, ready to be told. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { defaultRoots } from '../certificate.ts';
import { accountTurn, type NotifyAccount } from '../notify/account.ts';
import { alertsUrl, type PostedAlert, postAlerts } from '../notify/alertmanager.ts';
import { createPost } from '../notify/post.ts';
import { hostLookup } from '../probe/dns/lookup.ts';
import { documentProxy } from '../routes/document-proxy.ts';
import { percentDecoded } from '../text-bounds.ts';
import { UsageError } from '../usage-error.ts';
import { readCaFiles } from './ca-file.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { lastingSettings } from './route-settings.ts';
import { readSecret } from './secret-file.ts';

/** Holds the password where no file does. */
const passwordVariable = 'WAYCLEAR_ALERTMANAGER_PASSWORD';

export interface Alertmanager {
  /** Tells it from others, without its address. */
  readonly name: string;
  /** For people: where it is. */
  readonly shown: string;
  post(alerts: readonly PostedAlert[], signal: AbortSignal): Promise<void>;
}

async function passwordOf(io: Io, file: string | null): Promise<string | null> {
  if (file !== null) return await readSecret(io, '--alertmanager-password-file', resolve(io.cwd, file));
  const said = io.env[passwordVariable] ?? '';
  if (said === '') return null;
  io.secrets.addText(said);
  return said;
}

/** Without a user the password is a bearer token; null for none. */
function accountOf({ username }: URL, password: string | null): NotifyAccount | null {
  if (password !== null) return { user: percentDecoded(username) ?? username, pass: password };
  if (username === '') return null;
  throw new UsageError('collect.alertmanager-password', { variable: passwordVariable });
}

/** @throws UsageError for a file that can't be read, or a user without a password */
export async function openAlertmanagers(io: Io, options: Options): Promise<readonly Alertmanager[]> {
  const { alertmanagers, alertmanagerPasswordFile } = options.collect;
  if (alertmanagers.length === 0) return [];
  const password = await passwordOf(io, alertmanagerPasswordFile);
  const settings = await lastingSettings(io, options);
  const { env, platform, clock, guard } = io;
  const lookup = hostLookup({ env, platform, clock, dnsServers: [], signal: io.ending.work });
  const files = await readCaFiles(options.caFiles, io.ending.work);
  const ca = files.length === 0 ? undefined : [...defaultRoots(), ...files].join('\n');
  return alertmanagers.map((named) => {
    const known = accountOf(named, password);
    const url = alertsUrl(named);
    url.username = '';
    const account =
      known === null ? null : { ...known, enter: (signal: AbortSignal) => accountTurn(guard, url, known, signal) };
    const post = createPost({
      ...{ url, lookup, ca },
      proxyFor: async (to, signal) => await documentProxy(to, { ...(await settings()), signal }),
    });
    return {
      name: createHash('sha256').update(url.href).digest('hex').slice(0, 16),
      shown: url.host,
      post: (alerts, signal) => postAlerts(post, account, alerts, { now: io.clock.wall(), signal }),
    };
  });
}
