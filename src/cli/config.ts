import { existsSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { codeOf } from '../error-code.ts';
import { fileLabel } from '../inline-file.ts';
import { rangeOfName } from '../named-addresses.ts';
import { readNamedFile } from '../named-file.ts';
import { type Refusal, reasonOf, refusal, UsageError } from '../usage-error.ts';
import type { Language } from '../words/language.ts';
import { noticesOf } from '../words/notices.ts';
import { decoded } from './decode.ts';
import type { Io } from './io.ts';
import type { Layer } from './layers.ts';
import { quoted } from './values.ts';

/** The file that is read from the working directory if `--config` names no other. */
const configName = 'wayclear.config.json';

const mostBytes = 1024 * 1024;
/** With the files that they name. */
const mostAttendedBytes = 64 * 1024 * 1024;

/** A whole text file of at most `most` bytes; a UsageError that starts with `where` if it can't be read. */
export async function readText(
  where: string | Refusal,
  file: string,
  most: number,
  signal: AbortSignal,
): Promise<string> {
  return decoded(await readBytes(where, file, most, signal));
}

/** The same as it is. */
export async function readBytes(
  where: string | Refusal,
  file: string,
  most: number,
  signal: AbortSignal,
): Promise<Buffer> {
  try {
    return (await readNamedFile(file, { mostBytes: most, signal })).bytes;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EISDIR') throw new UsageError('file.folder', { where, file: quoted(fileLabel(file)) });
    if (code === 'EFBIG') {
      throw new UsageError('file.large', { where, file: quoted(fileLabel(file)), kib: Math.round(most / 1024) });
    }
    // Too few descriptors are no fault of the file.
    if (code === 'EMFILE' || code === 'ENFILE') throw error;
    const missing = code === 'ENOENT';
    const what = { where, file: quoted(fileLabel(file)), why: reasonOf(error) };
    throw missing ? new UsageError('file.missing', what) : new UsageError('file.unreadable', what);
  }
}

/**
 * What the configuration files say, the one that counts most first: the file that `--config` names (`-` is standard input),
 * else the person's own file and then wayclear.config.json in the working directory, where there are such files. That last
 * one may be anybody's: it is told on standard error, and refused if it says what a stranger is not to say. `attended`: the
 * first line of standard input says all, of flags too.
 */
export async function readConfigs(
  io: Io,
  named: string | null,
  lang: Language,
  attended = false,
): Promise<readonly Layer[]> {
  const { work } = io.ending;
  if (attended) {
    if (named !== '-') throw new UsageError('remote.attended');
    const line = await (io.attend ?? io.readStdin)(mostAttendedBytes);
    const told = (await import('./config-file.ts')).parseAttended(line, refusal('file.stdin'));
    return [...told, ...(await readModes(io))];
  }
  // Naming another file does not put a machine online that is to be offline.
  if (named === '-')
    return [await parsed(await io.readStdin(mostBytes), refusal('file.stdin')), ...(await readModes(io))];
  if (named !== null) {
    const text = await readText('--config', resolve(io.cwd, named), mostBytes, work);
    return [await parsed(text, basename(named)), ...(await readModes(io))];
  }
  const layers: Layer[] = [];
  const own = ownFile(io);
  if (own !== null && existsSync(own)) layers.push(await parsed(await readText('--config', own, mostBytes, work), own));
  const local = join(io.cwd, configName);
  if (existsSync(local)) {
    const layer = await parsed(await readText(configName, local, mostBytes, work), configName);
    checkStranger(layer);
    const keys = Object.keys(layer.values);
    if (keys.length > 0) io.stderr.write(`wayclear: ${noticesOf(lang).sets(configName, keys)}\n`);
    layers.push(layer);
  }
  return layers;
}

/**
 * What the person's own file and that of the working directory say of the mode, for who takes nothing else of them: whatever
 * else they say is not judged then. One that cannot be read may say offline, and is refused as ever.
 */
export async function readModes(io: Io): Promise<readonly Layer[]> {
  const own = ownFile(io);
  const layers: Layer[] = [];
  for (const [where, file, label] of [
    ...(own === null ? [] : [['--config', own, own] as const]),
    [configName, join(io.cwd, configName), configName] as const,
  ]) {
    if (!existsSync(file)) continue;
    const text = await readText(where, file, mostBytes, io.ending.work);
    layers.push(...[(await import('./config-file.ts')).parseMode(text, label) ?? []].flat());
  }
  return layers;
}

/** Loaded where there is a file to read: its shape takes the time of a short run. */
async function parsed(text: string, label: string | Refusal): Promise<Layer> {
  return (await import('./config-file.ts')).parseConfig(text, label);
}

/** The person's own file; null where nothing says in which folder. */
function ownFile({ env, platform }: Pick<Io, 'env' | 'platform'>): string | null {
  const home = env['HOME'] ?? '';
  const folder =
    platform === 'win32' ? env['APPDATA'] : env['XDG_CONFIG_HOME'] || (home === '' ? '' : join(home, '.config'));
  return folder !== undefined && isAbsolute(folder) ? join(folder, 'wayclear', 'config.json') : null;
}

/**
 * What a file may say that merely lies in the working directory: what to check and how, nothing that names a proxy, an
 * account, a file, an address or a trust. A new flag is not among it until it stands here.
 */
const strangersKeys: readonly string[] = [
  ...['what', 'no-bundled', 'role', 'cloud', 'include-legacy', 'only', 'skip', 'set'],
  ...[
    'direct-too',
    'ipv4',
    'ipv6',
    'tls-hello',
    'timeout',
    'deadline',
    'concurrency',
    'repeat',
    'no-experiments',
    'offline',
    // It can make a machine offline, and no file can put it online.
    'mode',
  ],
  ...['format', 'json', 'lang', 'fail-on', 'exit-codes', 'quiet', 'verbose', 'anonymous', 'no-color'],
];

/** Whether a value of a parameter is a word that alone is no address, however it is written, and ends no host that it is a part of. */
const isPlainWord = (value: string): boolean =>
  /^[a-z0-9][a-z0-9-]{0,62}$/i.test(value) && !/^(?:\d+|0x[0-9a-f]*)$/i.test(value) && rangeOfName(value) === null;

/** Parameters whose value is all of a host: whoever sets them names an address, be it a bare word. */
export const hostParameters: readonly string[] = [
  ...['childSoftwareUpdatePoint', 'fallbackStatusPoint', 'parentSoftwareUpdatePoint', 'siteDatabaseServer'],
  'updatesHost',
];

/** Whether a `NAME=VALUE` of "set" is no address. */
function isPlainParameter(text: string): boolean {
  const at = text.indexOf('=');
  return !hostParameters.includes(text.slice(0, at).trim()) && isPlainWord(text.slice(at + 1));
}

/** @throws UsageError for what only a file may say that the person named, or owns */
export function checkStranger({ values }: Pick<Layer, 'values'>): void {
  const refuse = (what: string | Refusal): never => {
    throw new UsageError('file.stranger', { file: configName, what });
  };
  for (const [key, value] of Object.entries(values)) {
    if (!strangersKeys.includes(key)) refuse(`"${key}"`);
    const texts = [value].flat().map(String);
    const file = key === 'format' ? texts.find((text) => text.includes('=')) : undefined;
    if (file !== undefined) refuse(refusal('file.stranger-format', { file: quoted(file) }));
    const address =
      key === 'what' ? texts.find((text) => !/^[a-z][a-z0-9-]*$/.test(text) || text === 'localhost') : undefined;
    const parameter = key === 'set' ? texts.find((text) => !isPlainParameter(text)) : undefined;
    if (parameter !== undefined) refuse(refusal('file.stranger-parameter', { parameter: quoted(parameter) }));
    if (address !== undefined) refuse(refusal('file.stranger-address', { address: quoted(address) }));
  }
}
