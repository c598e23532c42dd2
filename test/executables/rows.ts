import { commandIn, commandNames, groupNames } from '../../src/cli/flags.ts';
import { schemaNames, shells, topicNames, usages } from '../../src/cli/usage.ts';
import { reporterNames } from '../../src/report/registry.ts';
import { languages } from '../../src/words/language.ts';
import type { World } from './world.ts';

/** What a command line is made of, as one program sees it. */
export interface Given {
  readonly world: World;
  /** A file of the tests, by its path or by its name in the world's folder. */
  readonly file: (name: string) => string;
  /** A file that the program writes, and that is compared too. */
  readonly made: (name: string) => string;
}

/** All that the program does: commands, and where the word behind one is out of a closed list, that too. */
export const deeds: readonly string[] = commandNames.flatMap((name) => {
  const { words } = usages[name];
  return typeof words === 'string' || words.length === 0 ? [name] : words.map((word) => `${name} ${word}`);
});

/** Which of them a command line does; null of one that shows help. */
export function deedOf(args: readonly string[]): string | null {
  const found = args.includes('--help') ? null : commandIn(args);
  if (found === null) return null;
  const whole = `${found.command} ${found.rest[0]}`;
  return deeds.includes(whole) ? whole : found.command;
}

/** One command line that every executable has to do as `node dist/cli.js` does it. A later command is one more row. */
export interface Row {
  readonly name: string;
  readonly args: (given: Given) => readonly string[];
  /** Commands before it, whose output is not compared. */
  readonly first?: (given: Given) => readonly (readonly string[])[];
  /** The command runs where one more name stands in the hosts file. */
  readonly hosts?: true;
  /** Left out: the exit code is the same everywhere, whatever it is. */
  readonly code?: number;
}

/** What says the same whenever it is asked: compared byte for byte. `saved.json` is a report of servers that are broken, `request.txt` what a sealed machine wants measured. */
export const told: readonly Row[] = [
  { name: 'the version', args: () => ['--version'], code: 0 },
  { name: 'the version, as a command', args: () => ['version'], code: 0 },
  ...languages.map((lang): Row => ({ name: `help in ${lang}`, args: () => ['--lang', lang, '--help'], code: 0 })),
  ...commandNames.map((name): Row => ({ name: `help of ${name}`, args: () => [name, '--help'], code: 0 })),
  ...groupNames.map((word): Row => ({ name: `help of ${word}`, args: () => [word, '--help'], code: 0 })),
  { name: 'help beside other options', args: () => ['check', '--verbose', '--help', '--lang', 'ja'], code: 0 },
  ...topicNames.map((topic): Row => ({ name: `help on ${topic}`, args: () => ['help', topic], code: 0 })),
  ...languages.map((lang): Row => ({ name: `explain in ${lang}`, args: () => ['explain', '--lang', lang], code: 0 })),
  { name: 'explain a cause', args: () => ['explain', 'tls.inspection'], code: 0 },
  { name: 'list', args: () => ['list'], code: 0 },
  { name: 'list a feature', args: () => ['list', 'tenant-attach'], code: 0 },
  { name: 'plan', args: () => ['plan', '--proxy', 'direct'], code: 0 },
  { name: 'plan in json', args: () => ['plan', '--format', 'json', '--proxy', 'direct'], code: 0 },
  {
    name: 'plan with a PAC file',
    args: ({ file }) => ['plan', '--proxy', `pac+${fileUrl(file('proxy.pac'))}`],
    code: 0,
  },
  { name: 'allowlist', args: () => ['allowlist', 'tenant-attach'], code: 0 },
  ...['csv', 'markdown', 'edl', 'squid', 'azure-firewall', 'pac'].map(
    (format): Row => ({
      name: `allowlist as ${format}`,
      args: ({ world }) => ['allowlist', '--format', format, '--proxy', world.proxy],
      code: 0,
    }),
  ),
  { name: 'the schema of the report', args: () => ['schema'], code: 0 },
  ...schemaNames.map((name): Row => ({ name: `the schema: ${name}`, args: () => ['schema', name], code: 0 })),
  ...['systemd', 'task-scheduler', 'cron', 'kubernetes'].map(
    (scheduler): Row => ({
      name: `a watch for ${scheduler}`,
      args: () => ['watch', 'tenant-attach', '--print', scheduler, '--store', '/srv/wayclear.db'],
      code: 0,
    }),
  ),
  ...shells.map((shell): Row => ({ name: `completion for ${shell}`, args: () => ['completion', shell], code: 0 })),
  { name: 'a command that is none', args: () => ['chekc'], code: 2 },
  { name: 'a catalog that is none', args: ({ file }) => ['plan', '--catalog', file('proxy.pac')], code: 2 },
  ...languages.map(
    (lang): Row => ({
      name: `a saved report in every format in ${lang}`,
      args: ({ file, made }) => [
        ...['diagnose', file('saved.json'), '--lang', lang],
        ...reporterNames.flatMap((name) => ['--format', `${name}=${made(name)}`]),
      ],
    }),
  ),
  ...languages.map(
    (lang): Row => ({
      name: `a carried request shown in ${lang}`,
      args: ({ file, made }) => ['carry', 'show', file('request.txt'), '--state', made('state'), '--lang', lang],
      code: 0,
    }),
  ),
  {
    name: 'a request in place of a result',
    args: ({ file, made }) => ['carry', 'import', file('request.txt'), '--state', made('state')],
    code: 2,
  },
  {
    name: 'reports of many machines',
    args: ({ file }) => ['diagnose', file('saved.json'), file('saved.json'), '--lang', 'fr'],
  },
  { name: 'a difference', args: ({ file }) => ['diff', file('saved.json'), file('saved.json')], code: 0 },
];

const fileUrl = (file: string): string => `file:///${file.replaceAll('\\', '/').replace(/^\//, '')}`;

/** What measures: each leaves a report in `report.json`, and the reports are compared. */
export const measured: readonly Row[] = [
  {
    name: 'servers, healthy and broken',
    args: ({ world, file, made }) => [
      ...['check', world.healthy, ...world.broken, '--proxy', 'direct', '--dns-server', world.dnsServer],
      ...['--ca-file', file('root.pem'), '--format', `json=${made('report.json')}`],
    ],
  },
  {
    name: 'a name that only the hosts file knows',
    hosts: true,
    args: ({ world, made }) => ['check', world.named, '--proxy', 'direct', '--format', `json=${made('report.json')}`],
    code: 0,
  },
  {
    name: 'a PAC file that sends to a proxy with an account',
    args: ({ world, file, made }) => [
      ...['check', world.healthy, '--proxy', `pac+${fileUrl(file('proxy.pac'))}`, '--ca-file', file('root.pem')],
      ...['--proxy-user', 'probe', '--proxy-password-file', file('password')],
      ...['--format', `json=${made('report.json')}`],
    ],
  },
  {
    name: 'a proxy with an account',
    args: ({ world, file, made }) => [
      ...['check', world.healthy, '--proxy', world.proxy, '--ca-file', file('root.pem')],
      ...['--proxy-user', 'probe', '--proxy-password-file', file('password')],
      ...['--format', `json=${made('report.json')}`],
    ],
  },
  {
    name: 'a proxy that asks for an account in vain',
    args: ({ world, file, made }) => [
      ...['check', world.healthy, '--proxy', world.proxy, '--ca-file', file('root.pem')],
      ...['--format', `json=${made('report.json')}`],
    ],
  },
  {
    name: '600 targets',
    args: ({ file, made }) => [
      ...['check', '--targets', file('targets'), '--proxy', 'direct', '--format', `json=${made('report.json')}`],
    ],
  },
];

const watched = ({ world, made }: Given): readonly string[] => [
  ...['watch', '--once', world.named, world.closed, '--proxy', 'direct', '--store', made('store')],
];

/** What reads a store that the same program filled: each leaves `kept.json`. */
export const kept: readonly Row[] = ['incidents', 'history'].map((command) => ({
  name: `${command} of what watch saw`,
  hosts: true,
  first: (given) => [watched(given), watched(given)],
  args: ({ made }) => [command, '--store', made('store'), '--format', `json=${made('kept.json')}`],
  code: 0,
}));
