/**
 * A network that breaks and mends while a program on the client goes on, which is killed again and again. Time is simulated:
 * the program asks for it over a socket when it would sleep, and the network is as it has to be before it gets an answer.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { onHost } from './network.ts';
import type { Receiver } from './origins.ts';
import type { Fault } from './scenario.ts';

/** Minutes from the start. */
type Minute = number;

export interface LabStory {
  /** Started on the client, and again whenever it was killed; `@CONTROL@` stands for the socket. */
  readonly command: readonly string[];
  /** What is so for a while, besides the scenario's own faults. */
  readonly faults: readonly { readonly from: Minute; readonly to: Minute; readonly fault: Fault }[];
  /** Its end. */
  readonly ends: Minute;
  /** The machine sleeps. */
  readonly asleep: { readonly from: Minute; readonly to: Minute };
  /** The host that takes what is posted. */
  readonly receiver: string;
  /** One after the other. */
  readonly kills: readonly StoryKill[];
}

/**
 * When the program is killed: at its `nth` connection to the internet, when what it posts has arrived and is not answered
 * yet, or by itself at its `nth` step in the store.
 */
export interface StoryKill {
  readonly from: Minute;
  readonly at: 'connection' | 'post' | 'step';
  readonly nth: number;
}

/** What arrived at the receiver. */
export interface Posted {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface StoryResult {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly posts: readonly Posted[];
  /** Minutes at which it was killed. */
  readonly kills: readonly Minute[];
  readonly status: number | null;
  /** The last of its standard error. */
  readonly said: string;
}

/** What the program is told when it asks for so many milliseconds to go by. */
export interface StoryAnswer {
  readonly now: number;
  /** The story is over. */
  readonly ended: boolean;
  /** At which step from here it has to kill itself; null: at none. */
  readonly step: number | null;
}

const minuteMs = 60_000;

export interface Stage {
  /** Milliseconds that the internet's clock is ahead of this machine's. */
  setOffset(ms: number): void;
  change(faults: readonly Fault[]): Promise<void>;
}

export interface Story {
  readonly receiver: Receiver;
  /** The internet saw a connection. */
  arrived(): void;
  faultsAt(minute: Minute): readonly Fault[];
  /** Plays to the end of the program. */
  play(
    stage: Stage,
    command: readonly string[],
    socket: string,
    options: { readonly env: Readonly<Record<string, string>>; readonly cwd: string; readonly timeoutMs: number },
  ): Promise<StoryResult>;
}

export function createStory(story: LabStory, always: readonly Fault[]): Story {
  const startedAt = Date.now();
  let now = startedAt;
  let faultsNow = '';
  let kill = (): void => {};
  /** The next kill, once its time has come; `left` counts down to it. */
  let armed: { readonly at: StoryKill['at']; left: number } | null = null;
  const kills: Minute[] = [];
  const posts: Posted[] = [];
  const minute = (): Minute => (now - startedAt) / minuteMs;
  const faultsAt = (at: Minute): readonly Fault[] => [
    ...always,
    ...story.faults.filter(({ from, to }) => at >= from && at < to).map(({ fault }) => fault),
  ];
  const hit = (at: StoryKill['at']): boolean => {
    if (armed?.at !== at) return false;
    armed.left -= 1;
    if (armed.left !== 0) return false;
    kill();
    return true;
  };

  /** Lets time go by. */
  const advance = async (ms: number, stage: Stage): Promise<StoryAnswer> => {
    const before = minute();
    now = Math.round(now + ms);
    const { from, to } = story.asleep;
    if (before < from && minute() >= from) now = startedAt + to * minuteMs;
    stage.setOffset(now - Date.now());
    const faults = faultsAt(minute());
    if (JSON.stringify(faults) !== faultsNow) await stage.change(faults);
    faultsNow = JSON.stringify(faults);
    const next = story.kills[kills.length];
    if (armed === null && next !== undefined && next.from <= minute()) armed = { at: next.at, left: next.nth };
    return { now, ended: minute() >= story.ends, step: armed?.at === 'step' ? armed.left : null };
  };

  return {
    faultsAt,
    arrived: () => void hit('connection'),
    receiver: {
      host: story.receiver,
      take(headers, body) {
        posts.push({ headers, body: body.toString() });
        // Whoever was killed gets no answer any more.
        return hit('post') ? new Promise(() => {}) : Promise.resolve(204);
      },
    },
    async play(stage, command, socket, { env, cwd, timeoutMs }) {
      const server = createServer((request, response) => {
        void buffer(request)
          .then((body) => advance((JSON.parse(body.toString()) as { readonly ms: number }).ms, stage))
          .then((answer) => response.end(JSON.stringify(answer)))
          .catch((error: unknown) => response.writeHead(500).end(String(error)));
      });
      await new Promise<void>((resolve) => server.listen(socket, resolve));
      const [program, args] = onHost('cli', command);
      const end = performance.now() + timeoutMs;
      let said = '';
      for (;;) {
        const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'ignore', 'pipe'] });
        kill = () => child.kill('SIGKILL');
        const timer = setTimeout(kill, Math.max(end - performance.now(), 0));
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          said = (said + text).slice(-20_000);
        });
        const [status, signal] = await new Promise<readonly [number | null, string | null]>((resolve) =>
          child.once('close', (...ended) => resolve(ended)),
        );
        clearTimeout(timer);
        if (signal !== 'SIGKILL' || armed === null || performance.now() >= end) {
          server.close();
          return { startedAt, posts, kills, status, said };
        }
        kills.push(Math.round(minute()));
        armed = null;
      }
    },
  };
}
