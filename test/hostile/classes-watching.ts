/** What a collector is sent, and what a watch is told of whom and when to tell. */

import { parseWays } from '../../src/cli/ways.ts';
import { documentsIn, readMessage } from '../../src/collect/read-message.ts';
import { correlateFleet } from '../../src/fleet/correlate.ts';
import type { Look } from '../../src/model/fleet.ts';
import type { Report } from '../../src/model/report.ts';
import { messageOf } from '../../src/send/message.ts';
import { createKey } from '../../src/signed/keys.ts';
import { signLines } from '../../src/signed/signed-lines.ts';
import { openUntil, parseWindow } from '../../src/watch/windows.ts';
import type { FuzzClass } from './attack.ts';
import { savedReports } from './classes-json.ts';
import { jsonMutant, mutant } from './mutate.ts';
import type { Random } from './random.ts';

const key = createKey();
const messages = savedReports()
  .slice(0, 6)
  .map((bytes, index) =>
    messageOf(JSON.parse(bytes.toString()) as Report, {
      ...{ key, seq: index + 1, at: '2026-11-30T08:00:00.000Z', detail: index % 2 === 0 ? 'full' : 'summary' },
      ...{ dropped: 0, version: '0.1.0', token: { id: '0123456789ab', secret: 'x'.repeat(32) } },
    }),
  );

/** Several messages, broken; or what a machine that has a key signed, one line of which makes no sense. */
function post(random: Random, samples: readonly Buffer[]): Buffer {
  if (random.below(3) === 0) return mutant(random, samples);
  const lines = random
    .of(messages)
    .trim()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const at = random.below(lines.length);
  const changed = JSON.parse(jsonMutant(random, [Buffer.from(JSON.stringify(lines[at]))]).toString()) as unknown;
  lines[at] = typeof changed === 'object' && changed !== null && !Array.isArray(changed) ? { ...changed } : { changed };
  return Buffer.from(random.of(messages) + signLines(lines, key).text);
}

const posts: FuzzClass = {
  name: 'posts',
  rounds: 300,
  mostMs: 3000,
  samples: [Buffer.from(messages.slice(0, 2).join(''))],
  make: post,
  feed: (input) => {
    const documents = documentsIn(input);
    if (documents === null) return null;
    const looks = documents.flatMap((document): readonly Look[] => {
      const message = readMessage(document)?.opened() ?? null;
      return message === null ? [] : [message.look('2026-11-30T08:00:00.000Z', '192.0.2.7')];
    });
    if (JSON.stringify(looks).length > 4 * input.length + 10_000) throw new Error('more is kept than was sent');
    return looks.length === 0 ? null : correlateFleet(looks).machines;
  },
};

const hook = { url: 'https://hooks.example.com/T0/secret-path', secretEnv: 'HOOK', body: { text: '{title} {text}' } };
const mail = { server: 'smtps://mx.example.com', from: 'a@example.com', to: ['b@example.com', 'c@example.com'] };
const ways: FuzzClass = {
  name: 'notice-ways',
  rounds: 500,
  refuses: true,
  secrets: ['secret-path'],
  samples: [
    { name: 'ops', webhook: hook },
    { name: 'mail', mail: { ...mail, user: 'wayclear', secretFile: 'mail-password' } },
    { name: 'siem', syslog: { server: 'tls://[2001:db8::1]:6514', caFile: 'root.pem' } },
    { name: 'script', command: { program: '/usr/local/bin/page', parameters: ['--queue', 'network'] } },
  ].map((way) => Buffer.from(JSON.stringify({ ways: [way] }))),
  make: (random, samples) => (random.below(4) === 0 ? mutant(random, samples) : jsonMutant(random, samples)),
  // Of a way what it is called: where it leads is the person's own, and is kept.
  feed: (input) => parseWays(input.toString(), 'ways.json', 'linux').map(({ name }) => name.length),
};

const windows: FuzzClass = {
  name: 'time-windows',
  rounds: 1000,
  samples: ['22:00/8h', 'sat,sun 00:00/24h', 'fri-mon 20:00/10h Europe/Berlin', '2028-02-29T18:00/3d Asia/Tokyo'].map(
    (text) => Buffer.from(text),
  ),
  feed: (input) => {
    const window = parseWindow(input.toString(), 'UTC');
    if (window === null) return null;
    const now = Date.parse('2026-11-30T08:00:00Z');
    const end = openUntil(window, now);
    if (end !== null && !(end > now && end - now <= window.durationMs)) throw new Error(`open until ${end}`);
    return [window.durationMs, end];
  },
};

export const watchingClasses: readonly FuzzClass[] = [posts, ways, windows];
