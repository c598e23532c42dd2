/** Files that make a scheduler of the operating system run `wayclear watch --once`. Text alone: nothing is written. */
import { UsageError } from '../usage-error.ts';
import { shareOf } from './schedule.ts';

type Scheduler = 'systemd' | 'task-scheduler' | 'cron' | 'kubernetes';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The command line without what asks for this print, looking once. */
function onceArguments(args: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--print') at += 1;
    else if (!word.startsWith('--print=') && word !== '--once') kept.push(word);
  }
  return [...kept, '--once'];
}

const isPlain = (word: string): boolean => /^[A-Za-z0-9_@:,./=+-]+$/.test(word);

const forShell = (word: string): string => (isPlain(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
const forUnit = (word: string): string => {
  const text = word.replaceAll('%', '%%');
  return isPlain(text) ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`;
};
/** Of a command line, in which variables are replaced too. */
const forSystemd = (word: string): string => forUnit(word.replaceAll('$', '$$$$'));
/** As CommandLineToArgvW reads it: backslashes count before a quote alone. */
function forWindows(word: string): string {
  if (isPlain(word)) return word;
  let text = '"';
  let backslashes = 0;
  for (const sign of word) {
    if (sign === '\\') backslashes += 1;
    else {
      text += sign === '"' ? `${'\\'.repeat(backslashes * 2 + 1)}"` : `${'\\'.repeat(backslashes)}${sign}`;
      backslashes = 0;
    }
  }
  return `${text}${'\\'.repeat(backslashes * 2)}"`;
}
const forXml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

/** How often, on which machine. */
export interface Schedule {
  readonly everyMs: number;
  /** The same as it was written. */
  readonly every: string;
  /** What tells this machine from others: they are not to begin in the same minute. */
  readonly machineId: string;
}

/** What the watch reaches besides `stateDirectory`. */
export interface Reached {
  /** Folders that it writes to, absolute, each once. */
  readonly folders: readonly string[];
  /** It reads files with secrets, which are not for every account. */
  readonly readsSecrets: boolean;
  /** One of its files lies where programs of all accounts put theirs for a while: `/tmp`, `/var/tmp`. */
  readonly inTmp: boolean;
  /** Its store is a database that may want a password. */
  readonly inDatabase: boolean;
}

const nothingElse: Reached = { folders: [], readsSecrets: false, inTmp: false, inDatabase: false };

export function schedulerFiles(
  scheduler: Scheduler,
  args: readonly string[],
  schedule: Schedule,
  reached: Reached = nothingElse,
): string {
  const words = onceArguments(args);
  switch (scheduler) {
    case 'systemd':
      return systemd(words, schedule.everyMs, reached);
    case 'task-scheduler':
      return taskScheduler(words, schedule);
    case 'cron':
      return `${cronTime(schedule)} wayclear ${words.map(forShell).join(' ').replaceAll('%', '\\%')}\n`;
    case 'kubernetes':
      return kubernetes(words, schedule);
  }
}

/** Where `StateDirectory=wayclear` lies, and where names begin that say no folder. */
export const stateDirectory = '/var/lib/wayclear';

/**
 * An account that systemd makes up for each run can write to its state folder and read what everybody reads. Where more is
 * asked for, it is one that stays, to which files can be given; the protections that `DynamicUser=` implies are then named.
 */
function accountOf({ folders, readsSecrets, inTmp }: Reached): { readonly file: string; readonly lines: string } {
  if (folders.length === 0 && !readsSecrets && !inTmp) return { file: '', lines: 'DynamicUser=yes' };
  const written = folders.length === 0 ? [] : [`ReadWritePaths=${folders.map(forUnit).join(' ')}`];
  const given = [
    ...(folders.length === 0
      ? []
      : ['# The folders of ReadWritePaths= have to be there and to be its own: chown wayclear: FOLDER']),
    ...(readsSecrets
      ? ['# The files with secrets are for it and nobody else: chown wayclear: FILE && chmod 400 FILE']
      : []),
  ];
  const file = `# /etc/sysusers.d/wayclear.conf
u wayclear - "Network connectivity check (wayclear)" ${stateDirectory}
# Then: systemd-sysusers
${given.map((line) => `${line}\n`).join('')}
`;
  // With a /tmp of its own, which is gone after each run, it would see none of the files that lie in this machine's.
  const names = ['NoNewPrivileges', ...(inTmp ? [] : ['PrivateTmp']), 'RemoveIPC', 'RestrictSUIDSGID'];
  const protections = names.map((name) => `${name}=yes`);
  const lines = ['User=wayclear', 'ProtectSystem=strict', 'ProtectHome=read-only', ...protections, ...written];
  return { file, lines: lines.join('\n') };
}

/** What systemd reads itself before the account is taken on. */
const passwordLines = `
# PGPASSWORD=… for the store, one line: chmod 400, nobody but root has to read it
EnvironmentFile=-/etc/wayclear.env`;

function systemd(words: readonly string[], everyMs: number, reached: Reached): string {
  const { file, lines } = accountOf(reached);
  const seconds = Math.round(everyMs / 1000);
  const spread = Math.max(1, Math.floor(seconds / 10));
  const when =
    everyMs === dayMs ? ['OnCalendar=daily', 'Persistent=true'] : ['OnBootSec=1min', `OnUnitActiveSec=${seconds}s`];
  return `${file}# /etc/systemd/system/wayclear.service
[Unit]
Description=Network connectivity check (wayclear)
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
${lines}${reached.inDatabase ? passwordLines : ''}
StateDirectory=wayclear
WorkingDirectory=%S/wayclear
ExecStart=/usr/bin/env wayclear ${words.map(forSystemd).join(' ')}

# /etc/systemd/system/wayclear.timer
# Then: systemctl daemon-reload && systemctl enable --now wayclear.timer
[Unit]
Description=Runs wayclear.service

[Timer]
${when.join('\n')}
RandomizedDelaySec=${spread}s
FixedRandomDelay=true

[Install]
WantedBy=timers.target
`;
}

/** `PT15M`, `PT36H`, as XML Schema writes durations. */
function xmlDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds % 3600 === 0) return `PT${seconds / 3600}H`;
  return seconds % 60 === 0 ? `PT${seconds / 60}M` : `PT${seconds}S`;
}

/** The longest repetition that the Task Scheduler takes. */
const longestRepetitionMs = 31 * dayMs;

function taskScheduler(words: readonly string[], { everyMs, every }: Schedule): string {
  if (everyMs > longestRepetitionMs) throw new UsageError('watch.interval-long', { every });
  return `<?xml version="1.0" encoding="UTF-16"?>
<!-- Save as wayclear.xml in UTF-16, then: schtasks /Create /TN wayclear /XML wayclear.xml
     SYSTEM is the account that the service connection point uses. -->
<Task version="1.4" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Network connectivity check (wayclear)</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>${xmlDuration(everyMs)}</Interval>
      </Repetition>
      <StartBoundary>2026-01-01T03:00:00</StartBoundary>
      <RandomDelay>${xmlDuration(Math.floor(Math.min(everyMs, dayMs) / 10))}</RandomDelay>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="system">
      <UserId>S-1-5-18</UserId>
      <RunLevel>HighestAvailable</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>
    <RestartOnFailure>
      <Interval>PT5M</Interval>
      <Count>3</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="system">
    <Exec>
      <Command>%ProgramFiles%\\wayclear\\wayclear.exe</Command>
      <Arguments>${forXml(words.map(forWindows).join(' '))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}

/** The five fields; each machine has its own minute, so that not all begin together: in three in the night, or of the interval. */
function cronTime({ everyMs, every, machineId }: Schedule): string {
  const minutes = everyMs / minuteMs;
  const own = (most: number): number => Math.floor(shareOf(machineId) * most);
  if (minutes === 1440) {
    const minute = own(180);
    return `${minute % 60} ${3 + Math.floor(minute / 60)} * * *`;
  }
  if (minutes === 1) return '* * * * *';
  if (Number.isInteger(minutes) && minutes < 60 && 60 % minutes === 0) return `${own(minutes)}-59/${minutes} * * * *`;
  const hours = minutes / 60;
  if (Number.isInteger(hours) && hours < 24 && 24 % hours === 0)
    return `${own(60)} ${hours === 1 ? '*' : `*/${hours}`} * * *`;
  throw new UsageError('watch.interval', { every });
}

function kubernetes(words: readonly string[], schedule: Schedule): string {
  const list = ['wayclear', ...words].map((word) => `                - ${JSON.stringify(word)}`).join('\n');
  return `# A pod has no memory: name a store in PostgreSQL by --store. Its password comes from a secret.
# A cluster is one machine: the minute is that of the machine that printed this. Print it elsewhere for another cluster.
apiVersion: batch/v1
kind: CronJob
metadata:
  name: wayclear
spec:
  schedule: ${JSON.stringify(cronTime(schedule))}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 600
  jobTemplate:
    spec:
      backoffLimit: 1
      template:
        spec:
          # The same name in each pod: the store keeps looks by the name of the machine.
          hostname: wayclear
          restartPolicy: Never
          containers:
            - name: wayclear
              image: REGISTRY/wayclear:VERSION
              command:
${list}
              envFrom:
                - secretRef:
                    name: wayclear
                    optional: true
`;
}
