/** What another machine sends in place of records, and what another wayclear is told before it starts. */
import { parseAttended } from '../../src/cli/config-file.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { parsePlace } from '../../src/remote/place.ts';
import { createRecordReader } from '../../src/remote/records.ts';
import { assembleReport } from '../../src/report/assemble.ts';
import { wordsOf } from '../../src/words/load.ts';
import { recordsOf, reportOf } from '../remote/sent.ts';
import type { FuzzClass } from './attack.ts';
import { jsonMutant, mutant } from './mutate.ts';
import type { Random } from './random.ts';

const sent = ['half-reachable', 'inspection', 'hostile'].map((name) => {
  const { start, measured, observations, summary } = recordsOf(reportOf(name));
  return Buffer.from([start, ...measured, observations, summary].join(''));
});

/** One record that makes no sense among others that do; now and then no records at all. */
function records(random: Random, samples: readonly Buffer[]): Buffer {
  if (random.below(4) === 0) return mutant(random, samples);
  const lines = (samples[random.below(samples.length)] ?? Buffer.alloc(0)).toString().trimEnd().split('\n');
  const at = random.below(lines.length);
  const broken = jsonMutant(random, [Buffer.from(lines[at] ?? '')]).toString();
  return Buffer.from(`${lines.with(at, broken).join('\n')}\n`);
}

const remoteRecords: FuzzClass = {
  name: 'remote-records',
  rounds: 200,
  refuses: true,
  mostMs: 3000,
  samples: sent,
  make: records,
  feed: (input) => {
    const hosts: string[] = [];
    const reader = createRecordReader('there', { onStart: () => {}, onMeasured: ({ host }) => hosts.push(host) });
    for (let at = 0; at < input.length; at += 4096) reader.take(input.subarray(at, at + 4096));
    const result = reader.end();
    if (result === null) return [reader.progress(), reader.stray()];
    const { observations } = result;
    const diagnosis = diagnose(observations, (error) => {
      throw error;
    });
    const report = assembleReport({ observations, diagnosis, words: wordsOf('en'), options: {}, version: '0' });
    return [report.summary, hosts.length];
  },
};

const told = {
  flags: { what: ['a'], 'ca-file': ['data:application/octet-stream;name=a;base64,AA=='] },
  config: { timeout: '5s' },
};

const attendedOptions: FuzzClass = {
  name: 'attended-options',
  rounds: 400,
  refuses: true,
  samples: [Buffer.from(JSON.stringify(told))],
  make: (random, samples) => (random.below(4) === 0 ? mutant(random, samples) : jsonMutant(random, samples)),
  feed: (input) => parseAttended(input.toString(), 'standard input').map(({ values }) => values),
};

const places: FuzzClass = {
  name: 'places',
  rounds: 600,
  refuses: true,
  samples: ['ssh://admin@scp01.corp.example:2222', 'ssh://[2001:db8::7]', 'ssh://CORP%5Csvc@scp01/'].map((text) =>
    Buffer.from(text),
  ),
  feed: (input) => {
    const { user, host } = parsePlace('--on', input.toString());
    if (/^-|[\s%$`'"|&;<>]/.test(host) || (user !== null && /^-|[\s%$`'"|&;<>]/.test(user)))
      throw new Error('more than a name');
    return [user, host];
  },
};

export const remoteClasses: readonly FuzzClass[] = [remoteRecords, attendedOptions, places];
