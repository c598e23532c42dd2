import { fileLabel } from '../inline-file.ts';
import type { Cloud } from '../model/catalog.ts';
import { planDefaults } from '../plan/plan.ts';
import { showProxyChoice } from '../proxy/choice.ts';
import { parseProgram, placeText } from '../remote/place.ts';
import { withoutAccounts } from '../secrets/url-accounts.ts';
import { type Refusal, UsageError } from '../usage-error.ts';
import { type Language, languageOfMachine } from '../words/language.ts';
import { type CarryOptions, carryOptions } from './carry-options.ts';
import { type CollectOptions, collectOptions, type SendOptions, sendOptions } from './collect-options.ts';
import type { ExitCodes } from './exit-codes.ts';
import type { CommandName, Flag } from './flags.ts';
import { flagsOf } from './flags.ts';
import { formatRequests } from './format-requests.ts';
import type { Layer, Parse, Picked, PickWritten, Readers } from './layers.ts';
import { modeVariable, type OfflineBy, obeysMode, offlineBy } from './mode.ts';
import { type OnOptions, onOptions } from './on-options.ts';
import { type ProxyOptions, proxyOptions } from './proxy-options.ts';
import type { FormatRequest } from './values.ts';
import {
  byName,
  filled,
  type Pair,
  parseAmount,
  parseAssignment,
  parseChoice,
  parseFormat,
  parseLabel,
  parseLanguage,
  parseResolver,
  showDuration,
  withoutCredentials,
} from './values.ts';
import { lastingOptions, type StoreOptions, type WatchOptions } from './watch-options.ts';

export type { Layer, Written } from './layers.ts';

export type FailOn = 'critical' | 'warning' | 'untested' | 'never';

export interface Options extends StoreOptions {
  readonly watch: WatchOptions;
  /** Feature ids, URLs, `host[:port]`; empty: the default run. */
  readonly what: readonly string[];
  readonly catalogs: readonly string[];
  readonly bundled: boolean;
  readonly role: string | null;
  readonly cloud: Cloud;
  readonly includeLegacy: boolean;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  /** File with targets; `-` is standard input; null: none. */
  readonly targets: string | null;
  /** A saved report, whose failed set is meant; `-` is standard input; null: none. */
  readonly from: string | null;
  readonly proxy: ProxyOptions;
  readonly dnsServers: readonly string[];
  readonly caFiles: readonly string[];
  readonly families: readonly (4 | 6)[];
  readonly tlsHello: 'classic' | 'large';
  /** Null: wayclear's own. */
  readonly userAgent: string | null;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  /** Null: chosen from the plan. */
  readonly concurrency: number | null;
  /** Looks at what fails or flickers; null: ten at what flickers. */
  readonly repeat: number | null;
  readonly experiments: boolean;
  readonly offline: boolean;
  /** What says that this machine sends no packet; null: it may. */
  readonly offlineBy: OfflineBy;
  /** The folder for what lasts; null: the account's own. */
  readonly state: string | null;
  readonly carry: CarryOptions;
  readonly send: SendOptions;
  readonly collect: CollectOptions;
  /** Another wayclear reads the records, and judges. */
  readonly attended: boolean;
  /** Null: this machine checks. */
  readonly on: OnOptions | null;
  /** Wayclear, as the shell over there finds it. */
  readonly remoteProgram: string;
  readonly formats: readonly FormatRequest[];
  readonly lang: Language;
  readonly failOn: FailOn;
  readonly exitCodes: ExitCodes;
  /** What was tested before and is not any more does not count. */
  readonly ignoreMissing: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** The report does not say which machine measured. */
  readonly anonymous: boolean;
  /** What the person says of this machine, such as its site. */
  readonly labels: Readonly<Record<string, string>>;
  /** False: never. Null: where the output can show it. */
  readonly colour: false | null;
  /** As used, by flag name, without secrets: the report's `options`. */
  readonly used: Readonly<Record<string, unknown>>;
}

interface OptionInputs {
  readonly command: CommandName;
  readonly what: readonly string[];
  readonly flags: Layer;
  /** What configuration files say, the one that counts most first. */
  readonly configs: readonly Layer[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Names of the formats that the command can write. */
  readonly formats: readonly string[];
}

/**
 * Flags, environment, configuration files and defaults made into options, in this order of precedence.
 * A wrong value in any of them is a UsageError that names the place. Only the flags of the command
 * are looked at, so that one configuration file serves several commands.
 */
export function resolveOptions(inputs: OptionInputs): Options {
  const rows = flagsOf(inputs.command);
  const layers = layersOf(inputs);

  const pick: PickWritten = (name, kind) => {
    if (!rows.some((row) => row.name === name && row.kind === kind)) return null;
    for (const [rank, layer] of layers.entries()) {
      // What a file says of the output is the report's; a list or a plan is for eyes unless a flag says otherwise.
      if (ofReports.includes(name) && layer.source === 'config' && !rows.some((row) => row.name === 'quiet')) continue;
      const value = layer.values[name];
      if (value !== undefined) return { value, layer, rank };
    }
    return null;
  };
  const on = (name: string): boolean => pick(name, 'switch')?.value === true;
  const value = <T>(name: string, absent: T, parse: Parse<T>): T => {
    const written = pick(name, 'value');
    return written === null ? absent : parse(written.layer.where(name), String(written.value));
  };
  const list = <T>(name: string, parse: Parse<T>): readonly T[] => {
    const written = pick(name, 'list');
    if (written === null) return [];
    const texts: readonly unknown[] = Array.isArray(written.value) ? written.value : [written.value];
    return texts.map((text) => parse(written.layer.where(name), String(text)));
  };
  const text = (name: string): string | null => value<string | null>(name, null, filled);
  const amount = <T>(name: string, absent: T): number | T => value<number | T>(name, absent, parseAmount(name));
  const readers: Readers = { on, value, list, amount, text };
  const choice = <T extends string>(name: string, absent: T, choices: readonly T[]): T =>
    value(name, absent, (where, text) => parseChoice(where, text, choices));

  const options: Omit<Options, 'used'> = {
    what: whatOf(inputs),
    catalogs: list('catalog', filled),
    bundled: !on('no-bundled'),
    role: text('role'),
    cloud: choice<Cloud>('cloud', 'public', ['public', 'usgov', 'china']),
    includeLegacy: on('include-legacy'),
    only: list('only', filled),
    skip: list('skip', filled),
    parameters: byName(list('set', parseAssignment), 'option.set-twice'),
    ...{ targets: text('targets'), from: text('from') },
    proxy: proxyOptions(inputs.env, pick),
    dnsServers: list('dns-server', parseResolver),
    caFiles: list('ca-file', filled),
    families: familiesOf(pick),
    tlsHello: choice('tls-hello', 'classic', ['classic', 'large']),
    userAgent: value<string | null>('user-agent', null, clientName),
    timeoutMs: amount('timeout', planDefaults.timeoutMs),
    deadlineMs: amount('deadline', planDefaults.deadlineMs),
    concurrency: amount('concurrency', null),
    repeat: amount<number | null>('repeat', null),
    experiments: !on('no-experiments'),
    offline: on('offline'),
    ...keptOptions(inputs.command, layers, readers),
    ...remoteOptions(inputs, readers),
    formats: requestsOf(inputs, pick),
    lang: value('lang', languageOfMachine(inputs.env), parseLanguage),
    failOn: choice<FailOn>('fail-on', 'critical', ['critical', 'warning', 'untested', 'never']),
    exitCodes: exitCodesOf(pick),
    ignoreMissing: on('ignore-missing'),
    ...lastingOptions(readers),
    ...shownOptions(on, labelsOf(list('label', parseLabel))),
  };
  return { ...options, used: used(rows, options) };
}

/** Options that say what is written, and where. */
const ofReports: readonly string[] = ['format', 'json', 'output'];

/** Whether it was said, and by nobody weaker than who said the other. */
const holdsBeside = (said: Picked | null, other: Picked | null): said is Picked =>
  said !== null && said.rank <= (other?.rank ?? Number.POSITIVE_INFINITY);

/** Both switches together mean both families; of two that were said in different places the stronger holds. */
function familiesOf(pick: PickWritten): readonly (4 | 6)[] {
  const said = (name: 'ipv4' | 'ipv6'): Picked | null => {
    const picked = pick(name, 'switch');
    return picked?.value === true ? picked : null;
  };
  const [four, six] = [said('ipv4'), said('ipv6')];
  const [only4, only6] = [holdsBeside(four, six), holdsBeside(six, four)];
  return only4 === only6 ? [4, 6] : only4 ? [4] : [6];
}

/** What lasts from run to run, or is carried. */
function keptOptions(
  command: CommandName,
  layers: readonly Layer[],
  readers: Readers,
): Pick<Options, 'offlineBy' | 'state' | 'carry' | 'send' | 'collect'> {
  return {
    offlineBy: obeysMode(command) ? offlineBy(layers) : null,
    state: readers.text('state'),
    carry: carryOptions(readers),
    send: sendOptions(readers),
    collect: collectOptions(readers),
  };
}

/** Where options come from, the strongest first. What another wayclear was told by flag is stronger than the environment here. */
function layersOf({ flags, configs, env }: OptionInputs): readonly Layer[] {
  return [flags, ...configs.filter(({ source }) => source === 'flag'), saidByVariables(env), ...configs];
}

/** What the variables of this program and of all programs say. */
function saidByVariables(env: OptionInputs['env']): Layer {
  const [colour = '', mode = ''] = [env['NO_COLOR'], env[modeVariable]];
  return {
    source: 'environment',
    values: { ...(colour === '' ? {} : { 'no-color': true }), ...(mode === '' ? {} : { mode }) },
    where: (name) => (name === 'mode' ? modeVariable : 'NO_COLOR'),
  };
}

/** Which machine checks, and for whom. */
function remoteOptions(inputs: OptionInputs, readers: Readers): Pick<Options, 'attended' | 'on' | 'remoteProgram'> {
  const attended = inputs.flags.values['attended'] === true;
  const remoteProgram = readers.value('remote-program', 'wayclear', parseProgram);
  const on = onOptions(inputs, readers);
  // In a file it may wait for an --on to come.
  if (on === null && inputs.flags.values['remote-program'] !== undefined) throw new UsageError('remote.nowhere');
  return { attended, on, remoteProgram };
}

/** So many labels; a report is not made of them. */
const mostLabels = 16;

function labelsOf(pairs: readonly Pair[]): Options['labels'] {
  const labels = byName(pairs, 'option.label-twice');
  if (Object.keys(labels).length <= mostLabels) return labels;
  throw new UsageError('option.labels', { where: pairs[0]?.[0] ?? '', most: mostLabels });
}

/** How much is shown, and how, and what of this machine. */
function shownOptions(
  on: (name: string) => boolean,
  labels: Options['labels'],
): Pick<Options, 'quiet' | 'verbose' | 'anonymous' | 'labels' | 'colour'> {
  return {
    labels,
    quiet: on('quiet'),
    verbose: on('verbose'),
    anonymous: on('anonymous'),
    colour: on('no-color') ? false : null,
  };
}

/** A client name as a header carries it (RFC 9110 section 10.1.5): printable ASCII. */
function clientName(where: string | Refusal, text: string): string {
  const name = filled(where, text);
  if (name.length <= 256 && /^[\x20-\x7e]+$/.test(name)) return name;
  throw new UsageError('option.client-name', { where });
}

/**
 * What is written where. A format that a file asks for standard output gives way to `--json`, and the `json` of a file to
 * `--format`; on a build server of GitHub the summary of the step comes along.
 */
function requestsOf(inputs: OptionInputs, pick: PickWritten): readonly FormatRequest[] {
  const format = pick('format', 'list');
  const json = pick('json', 'switch');
  const output = pick('output', 'value');
  const given = (format === null ? [] : [format.value].flat()).map((text) =>
    parseFormat(format?.layer.where('format') ?? '', String(text), inputs.formats),
  );
  const isJson = json?.value === true && holdsBeside(json, format);
  const requests = formatRequests({
    formats: isJson && json.layer !== format?.layer ? given.filter(({ file }) => file !== null) : given,
    json: isJson,
    file: output === null ? null : filled(output.layer.where('output'), String(output.value)),
    names: inputs.formats,
  });
  const summary = inputs.env['GITHUB_STEP_SUMMARY'] ?? '';
  const annotates = requests.some(({ name, file }) => name === 'github' && file === null);
  return annotates && summary !== '' ? [...requests, { name: 'markdown', file: summary, append: true }] : requests;
}

/** A plugin's exit code follows from severities alone. */
function exitCodesOf(pick: PickWritten): ExitCodes {
  const written = pick('exit-codes', 'value');
  if (written === null) return 'wayclear';
  const codes = parseChoice<ExitCodes>(written.layer.where('exit-codes'), String(written.value), [
    'wayclear',
    'nagios',
  ]);
  if (codes === 'nagios' && pick('fail-on', 'value')?.layer.source === 'flag') {
    throw new UsageError('option.exit-codes');
  }
  return codes;
}

/** Commands whose words say what to check. */
export const takesWhat: readonly CommandName[] = ['check', 'plan', 'allowlist', 'watch', 'carry prepare'];

/** The words of the command line, else those of a file, for the commands that take such words. */
function whatOf({ command, what, configs }: OptionInputs): readonly string[] {
  if (what.length > 0 || !takesWhat.includes(command)) return what;
  const layer = configs.find(({ values }) => values['what'] !== undefined);
  return [layer?.values['what'] ?? []].flat().map((word) => filled(layer?.where('what') ?? '', String(word)));
}

/** The options as the report shows them: in the order of the help, defaults included, written as a flag would be. */
function used(rows: readonly Flag[], options: Omit<Options, 'used'>): Readonly<Record<string, unknown>> {
  const { proxy } = options;
  const all: Readonly<Record<string, unknown>> = {
    catalog: options.catalogs.map((source) => withoutCredentials(catalogLabel(source))),
    'no-bundled': !options.bundled,
    role: options.role,
    cloud: options.cloud,
    'include-legacy': options.includeLegacy,
    only: options.only,
    skip: options.skip,
    set: Object.entries(options.parameters).map(([name, text]) => `${name}=${text}`),
    targets: options.targets === null ? null : fileLabel(options.targets),
    proxy: showProxyChoice(proxy.choice),
    'no-proxy': proxy.noProxy === null ? null : withoutAccounts(proxy.noProxy),
    'proxy-auth': proxy.auth,
    'proxy-user': proxy.user,
    'proxy-ca': proxy.ca === null ? null : fileLabel(proxy.ca),
    'direct-too': proxy.directToo,
    'dns-server': options.dnsServers,
    'ca-file': options.caFiles.map(fileLabel),
    ipv4: options.families.length === 1 && options.families[0] === 4,
    ipv6: options.families.length === 1 && options.families[0] === 6,
    'tls-hello': options.tlsHello,
    'user-agent': options.userAgent,
    timeout: showDuration(options.timeoutMs),
    deadline: showDuration(options.deadlineMs),
    concurrency: options.concurrency,
    repeat: options.repeat,
    'no-experiments': !options.experiments,
    offline: options.offline,
    label: Object.entries(options.labels).map(([name, text]) => `${name}=${text}`),
    ...(options.on === null ? {} : { on: placeText(options.on.place), 'remote-program': options.remoteProgram }),
    lang: options.lang,
    'fail-on': options.failOn,
    'exit-codes': options.exitCodes,
  };
  return {
    what: options.what.map(withoutCredentials),
    ...Object.fromEntries(rows.flatMap((row) => (row.name in all ? [[row.name, all[row.name]]] : []))),
  };
}

/** A catalog as it was named where it was read. */
const catalogLabel = (source: string): string =>
  source.startsWith('m365:') ? `m365:${fileLabel(source.slice('m365:'.length))}` : fileLabel(source);
