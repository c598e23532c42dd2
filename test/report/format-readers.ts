/** Readers of formats whose consumers are no library: written from what those publish, to say what they would understand. */

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/**
 * Lines as the runner of GitHub Actions reads them (actions/runner, src/Runner.Common/ActionCommand.cs): `::name k=v,k=v::data`
 * after leading blanks, else the older `##[name k=v;k=v]data` anywhere in the line. Null: a line of the log.
 */
export function readGithubLine(line: string): Command | null {
  const trimmed = line.trimStart();
  if (trimmed.startsWith('::')) {
    const end = trimmed.indexOf('::', 2);
    if (end > 0) return commandOf(trimmed.slice(2, end), trimmed.slice(end + 2), ',', githubText, githubProperty);
  }
  const old = /##\[([^\]]*)\](.*)$/s.exec(line);
  return old === null ? null : commandOf(old[1] ?? '', old[2] ?? '', ';', azureText, azureProperty);
}

/** Lines as the agent of Azure Pipelines reads them (microsoft/azure-pipelines-agent, src/Agent.Sdk/Command.cs): anywhere in the line. */
export function readAzureLine(line: string): Command | null {
  const start = line.indexOf('##vso[');
  if (start < 0) return null;
  const end = line.indexOf(']', start);
  if (end < 0) return null;
  return commandOf(line.slice(start + 6, end), line.slice(end + 1), ';', azureText, azureProperty);
}

const githubText = (text: string): string => text.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%25/g, '%');
const githubProperty = (text: string): string => githubText(text.replace(/%3A/g, ':').replace(/%2C/g, ','));
const azureText = (text: string): string =>
  text
    .replace(/%0D/g, '\r')
    .replace(/%0A/g, '\n')
    .replace(/%AZP25/g, '%');
const azureProperty = (text: string): string => azureText(text.replace(/%3B/g, ';').replace(/%5D/g, ']'));

function commandOf(
  head: string,
  data: string,
  separator: string,
  text: (written: string) => string,
  property: (written: string) => string,
): Command {
  const space = head.indexOf(' ');
  const name = space < 0 ? head : head.slice(0, space);
  const pairs = space < 0 ? [] : head.slice(space + 1).split(separator);
  const properties = Object.fromEntries(
    pairs.flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 1 ? [] : [[pair.slice(0, at).trim(), property(pair.slice(at + 1).trim())]];
    }),
  );
  return { name, properties, data: text(data) };
}

export interface PluginOutput {
  readonly state: string;
  readonly first: string;
  readonly performance: Readonly<Record<string, number>>;
  readonly further: readonly string[];
}

/** Output of a plugin (Nagios Plugins Development Guidelines): `STATE - text | perfdata`, then lines of text. Throws where it is none. */
export function readPluginOutput(output: string): PluginOutput {
  if (Buffer.byteLength(output) > 4096) throw new Error('longer than what is kept');
  const [head = '', ...further] = output.replace(/\n$/, '').split('\n');
  if (further.some((line) => line.includes('|'))) throw new Error('a bar in the long text begins performance data');
  const [first = '', numbers = '', ...more] = head.split('|');
  if (more.length > 0) throw new Error('two bars in the first line');
  const state = /^WAYCLEAR (OK|WARNING|CRITICAL|UNKNOWN) - ./.exec(first)?.[1];
  if (state === undefined) throw new Error('no state');
  const performance = numbers
    .trim()
    .split(' ')
    .map((item) => {
      const parts = /^([^'=]+)=(-?[\d.]+)(s|us|ms|%|B|KB|MB|TB|c)?(?:;[-\d.:@~]*){0,4}$/.exec(item);
      if (parts === null) throw new Error(`no performance data: ${item}`);
      return [parts[1] ?? '', Number(parts[2])] as const;
    });
  return { state, first, performance: Object.fromEntries(performance), further };
}

export interface LogLine {
  readonly message: string;
  readonly at: string;
  readonly component: string;
  readonly type: number;
  readonly thread: number;
}

/**
 * Lines of a log as Configuration Manager's viewer takes them: the pattern that its program holds for what follows the
 * message, `<time="%02u:%02u:%02u.%03u%d" date="%02u-%02u-%04u" component="%100[^"]" context="" type="%u" thread="%u"
 * file="%100[^"]">`; the message ends at the first `]LOG]!>`. Throws at the first text that is none.
 */
export function readCmtrace(log: string): readonly LogLine[] {
  const lines: LogLine[] = [];
  let rest = log;
  while (rest !== '') {
    const end = rest.indexOf(']LOG]!>');
    if (!rest.startsWith('<![LOG[') || end < 0) throw new Error(`no log line: ${rest.slice(0, 80)}`);
    const message = rest.slice(7, end);
    if (/[\r\n]/.test(message) || message.includes('<![LOG[')) throw new Error(`a message that is two: ${message}`);
    const tail =
      /^<time="(\d\d:\d\d:\d\d\.\d{3})([+-]\d+)" date="(\d\d)-(\d\d)-(\d{4})" component="([^"]{1,100})" context="" type="(\d+)" thread="(\d+)" file="([^"]{1,100})">\r\n/.exec(
        rest.slice(end + 7),
      );
    if (tail === null) throw new Error(`no attributes: ${rest.slice(end + 7, end + 200)}`);
    const [whole, time, bias, month, day, year, component = '', type, thread] = tail;
    if (Number(bias) !== 0) throw new Error('not UTC');
    const at = `${year}-${month}-${day}T${time}Z`;
    if (new Date(at).toISOString() !== at) throw new Error(`no time: ${at}`);
    lines.push({ message, at, component, type: Number(type), thread: Number(thread) });
    rest = rest.slice(end + 7 + whole.length);
  }
  return lines;
}
