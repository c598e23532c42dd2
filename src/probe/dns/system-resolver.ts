/**
 * What the operating system answers for a name, asked in a child process that can be killed: a truncated
 * answer followed by a silent TCP/53 hangs getaddrinfo for ever, and with it the exit of the process that
 * called it (seen with Node 20 to 26 on glibc).
 */

import type { ChildProcess } from 'node:child_process';
import { isIP } from '../../addresses.ts';
import { harmless } from '../../harmless.ts';
import type { DnsValue } from '../../model/observations.ts';
import { isSingleFile, namesEntry } from '../../single-file.ts';
import { onAbort } from '../stage/stop.ts';
import { answerNames } from './name-child.ts';

export type SystemAnswer = NonNullable<DnsValue['system']>;

export interface SystemResolver {
  /** Which names are worth asking: all, or those without a dot, which only the system's search list can complete. */
  readonly scope: 'every-name' | 'single-label';
  /** Addresses in the system's order, 32 at most; `error` is a word (`ENOTFOUND`, `ETIMEOUT` …). Never rejects. */
  lookup(name: string, signal: AbortSignal): Promise<SystemAnswer>;
  /** Kills the child. Lookups under way and later ones end with `ECANCELLED`. */
  close(): void;
}

/**
 * Which names the operating system has to be asked for. The program's own hosts file and DNS reading is
 * what glibc does with the sources `files` and `dns`; anything else (systemd-resolved, mDNS, LDAP, winbind;
 * NRPT and LLMNR on Windows, mDNSResponder on macOS) only the system can tell.
 * `nsswitch` is the text of /etc/nsswitch.conf, or null where there is none.
 */
export function systemScope(platform: string, nsswitch: string | null): SystemResolver['scope'] {
  return needsSystemResolver(platform, nsswitch) ? 'every-name' : 'single-label';
}

/** Whether the system has to be asked for every name; see `systemScope`. */
export function needsSystemResolver(platform: string, nsswitch: string | null): boolean {
  if (platform !== 'linux') return true;
  const line = /^[ \t]*hosts:([^#\r\n]*)/m.exec(nsswitch ?? '');
  const sources = (line?.[1] ?? '').replace(/\[[^\][]*\]/g, ' ').trim();
  return sources !== '' && sources.split(/\s+/).some((source) => !['files', 'dns', 'myhostname'].includes(source));
}

/** The child as source text, for a runtime that is told on its command line what to run. */
const script = `(${answerNames})({ lookup: require('node:dns').lookup, process });`;

type Spawn = typeof import('node:child_process').spawn;

const batchMs = 20;
const maxLine = 16_384;

/** A line from the child as an answer, or null if it is none. */
function parseLine(line: string): { readonly name: string; readonly answer: SystemAnswer } | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { name, addresses, error } = value as Record<'name' | 'addresses' | 'error', unknown>;
  if (typeof name !== 'string' || !Array.isArray(addresses)) return null;
  const known = addresses.filter((address): address is string => typeof address === 'string' && isIP(address) !== 0);
  return { name, answer: { addresses: known, error: typeof error === 'string' ? harmless(error, 40) : null } };
}

/** The child, for names to be written to. Where no pipe could be opened it has none: its error comes as an event then. */
function startChild(
  spawn: Spawn,
  program: string,
  environment: Readonly<Record<string, string | undefined>>,
  onAnswer: (name: string, answer: SystemAnswer) => void,
  onEnd: (child: ChildProcess, error: string) => void,
): ChildProcess {
  const variables = Object.entries(environment).filter(([name]) => !/^NODE_(OPTIONS|EXTRA_CA_CERTS)$/i.test(name));
  const child: ChildProcess = spawn(program, isSingleFile ? [namesEntry] : ['-e', script], {
    // Half of libuv's threads at most do lookups at a time.
    env: { ...Object.fromEntries(variables), UV_THREADPOOL_SIZE: '64' },
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  let text = '';
  child.on('error', (error: NodeJS.ErrnoException) => onEnd(child, error.code ?? 'EUNKNOWN'));
  child.on('close', () => onEnd(child, 'ECANCELLED'));
  child.stdin?.on('error', () => {});
  child.stdout?.setEncoding('utf8');
  child.stdout?.on('data', (chunk: string) => {
    const lines = (text + chunk).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) {
      const parsed = line.length > maxLine ? null : parseLine(line);
      if (parsed !== null) onAnswer(parsed.name, parsed.answer);
    }
    if (text.length > maxLine) child.kill('SIGKILL');
  });
  return child;
}

/** Who waits for which name. */
function createWaiters() {
  const waiting = new Map<string, Set<(answer: SystemAnswer) => void>>();
  const settle = (name: string, answer: SystemAnswer): void => {
    const waiters = waiting.get(name) ?? [];
    waiting.delete(name);
    for (const resolve of waiters) resolve(answer);
  };
  return {
    settle,
    isEmpty: () => waiting.size === 0,
    /** Whether nobody waited for this name before. */
    add: (name: string, waiter: (answer: SystemAnswer) => void): boolean => {
      const others = waiting.get(name);
      waiting.set(name, (others ?? new Set()).add(waiter));
      return others === undefined;
    },
    leave: (name: string, waiter: (answer: SystemAnswer) => void): void => {
      const others = waiting.get(name);
      others?.delete(waiter);
      if (others?.size === 0) waiting.delete(name);
    },
    endAll: (error: string): void => {
      for (const name of [...waiting.keys()]) settle(name, { addresses: [], error });
    },
  };
}

interface SystemSettings extends Pick<SystemResolver, 'scope'> {
  /** The process's own: RES_OPTIONS, LOCALDOMAIN and the like matter to the system. What changes the runtime is left out. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The runtime that runs the child; left out: this process's. */
  readonly program?: string;
}

export function createSystemResolver(settings: SystemSettings): SystemResolver {
  const { environment, scope, program = process.execPath } = settings;
  const waiters = createWaiters();
  let child: ChildProcess | null = null;
  let batch: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let hung = false;
  let closed = false;

  const kill = (): void => {
    child?.kill('SIGKILL');
    child = null;
    hung = false;
  };
  /** A lookup that hangs keeps its thread for ever: once nobody waits, the next child starts afresh. */
  const renew = (): void => {
    if (hung && waiters.isEmpty()) kill();
  };
  const settle = (name: string, answer: SystemAnswer): void => {
    waiters.settle(name, answer);
    renew();
  };
  const ended = (which: ChildProcess, error: string): void => {
    if (child !== which) return;
    child = null;
    waiters.endAll(error);
    renew();
  };

  const flush = async (): Promise<void> => {
    // Loaded where a name is asked for: most runs on Linux ask for none.
    const { spawn } = await import('node:child_process');
    if (closed) return;
    const names = batch;
    batch = [];
    timer = undefined;
    child ??= startChild(spawn, program, environment, settle, ended);
    child.stdin?.write(`${JSON.stringify(names)}\n`);
  };

  return {
    scope,
    lookup: (name, signal) => {
      if (closed || signal.aborted)
        return Promise.resolve({ addresses: [], error: closed ? 'ECANCELLED' : 'ETIMEOUT' });
      return new Promise((resolve) => {
        const settled = (answer: SystemAnswer): void => {
          forget();
          resolve(answer);
        };
        const cut = (): void => {
          waiters.leave(name, settled);
          hung = true;
          renew();
          settled({ addresses: [], error: 'ETIMEOUT' });
        };
        const forget = onAbort(signal, cut);
        if (!waiters.add(name, settled)) return;
        batch.push(name);
        timer ??= setTimeout(flush, batchMs);
      });
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      kill();
      waiters.endAll('ECANCELLED');
    },
  };
}
