/** Options of who sends and of who collects. */
import { type Place, parsePlace } from '../send/place-text.ts';
import { type Refusal, UsageError } from '../usage-error.ts';
import type { Readers } from './layers.ts';
import { parseChoice, quoted } from './values.ts';

export interface SendOptions {
  /** In order: the next one stands in for one that is out of reach. */
  readonly places: readonly { readonly place: Place; readonly shown: string }[];
  readonly detail: 'full' | 'summary';
  readonly tokenFile: string | null;
}

export interface CollectOptions {
  /** `HOST:PORT`; null: not given. */
  readonly listen: { readonly host: string; readonly port: number } | null;
  readonly limit: number;
  readonly perMs: number;
  readonly acceptNew: boolean;
  readonly insecureHttp: boolean;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly readTokenFile: string | null;
  readonly silentAfterMs: number;
  /** Who is told what is wrong; with the user in the URL where one has to sign in. */
  readonly alertmanagers: readonly URL[];
  readonly alertmanagerPasswordFile: string | null;
  /** Looks whether all is there, and does not begin. */
  readonly check: boolean;
}

const hour = 3_600_000;
/** The throttle of the role: so many state messages in so long. */
const usualLimit = 10_000;
const usualPerMs = hour;
/** A day, and two hours of grace. */
const usualSilenceMs = 26 * hour;

export function sendOptions({ value, list, text }: Readers): SendOptions {
  return {
    places: list('send', (where, written) => {
      const place = parsePlace(written);
      if (place === null) throw new UsageError('send.place', { where, text: quoted(written) });
      return { place, shown: written };
    }),
    detail: value('send-detail', 'full', (where, written) => parseChoice(where, written, ['full', 'summary'])),
    tokenFile: text('send-token-file'),
  };
}

export function collectOptions({ on, value, list, amount, text }: Readers): CollectOptions {
  const [cert, key] = [text('tls-cert'), text('tls-key')];
  if ((cert === null) !== (key === null)) throw new UsageError('collect.tls-pair');
  return {
    listen: value<CollectOptions['listen']>('listen', null, parseAddress),
    limit: amount('limit', usualLimit),
    perMs: amount('per', usualPerMs),
    acceptNew: on('accept-new'),
    insecureHttp: on('insecure-http'),
    tls: cert === null || key === null ? null : { cert, key },
    readTokenFile: text('read-token-file'),
    silentAfterMs: amount('silent-after', usualSilenceMs),
    alertmanagers: list('alertmanager', (where, written) => parseAlertmanager(where, written, on('insecure-http'))),
    alertmanagerPasswordFile: text('alertmanager-password-file'),
    check: on('check'),
  };
}

/** `HOST:PORT`, `[IPv6]:PORT`, `:PORT` for this machine alone. */
export function parseAddress(where: string | Refusal, text: string): NonNullable<CollectOptions['listen']> {
  const parts = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]*)):(\d{1,5})$/i.exec(text.trim());
  const port = Number(parts?.[3] ?? Number.NaN);
  if (parts === null || !(port <= 65_535)) throw new UsageError('collect.listen', { where, text: quoted(text) });
  const host = parts[1] ?? parts[2] ?? '';
  return { host: host === '' ? '127.0.0.1' : host, port };
}

/** HTTPS; in clear on this machine, or where nothing has to be encrypted. No secret stands in it. */
function parseAlertmanager(where: string | Refusal, text: string, insecure: boolean): URL {
  const written = text.trim();
  const url = written.length <= 2048 && URL.canParse(written) ? new URL(written) : null;
  const isPlain = url?.protocol === 'http:';
  if (
    url === null ||
    !(isPlain || url.protocol === 'https:') ||
    url.password !== '' ||
    `${url.search}${url.hash}` !== ''
  )
    throw new UsageError('collect.alertmanager', { where });
  if (isPlain && !insecure && !isThisMachine(url.hostname))
    throw new UsageError('collect.alertmanager-plain', { where, host: url.host });
  return url;
}

const isThisMachine = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(host);
