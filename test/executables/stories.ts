/** What takes several commands, or a program beside them: every executable has to do it as `node dist/cli.js` does it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { freePort } from '../real/parts.ts';
import type { Begun, Ended, RunOptions } from './programs.ts';
import type { Json } from './reports.ts';
import type { Given } from './rows.ts';

/** One program, told what to do step by step, with a folder for what it makes. */
export interface Teller extends Given {
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Returns when it has told that on standard error. */
  begin(args: readonly string[], until: string): Promise<Begun>;
  /** What it made, as this process knows it. */
  here(name: string): string;
  /** Puts it onto the path of the other machine. */
  settle(): void;
}

/** What came of it: texts are compared between programs of one system, the rest between all of them. */
export interface Told {
  readonly ended: readonly Ended[];
  /** By verdicts, causes and findings where the machine is another one. */
  readonly reports: readonly Json[];
  readonly data: Json;
  readonly texts?: readonly string[];
}

export interface Story {
  readonly name: string;
  /** What it does, as `deedOf` names it. */
  readonly deeds: readonly string[];
  /** Why Wine can't do it; null: it can. */
  readonly beyondWine: string | null;
  play(teller: Teller): Promise<Told>;
}

/** Keeps what each command came to. */
function stepsOf({ run }: Teller) {
  const ended: Ended[] = [];
  const step = async (args: readonly string[], options?: RunOptions): Promise<Ended> => {
    const one = await run(args, options);
    ended.push(one);
    return one;
  };
  return { ended, step };
}

const textOf = ({ here }: Teller, name: string): string => readFileSync(here(name), 'utf8');
const reportIn = (teller: Teller, name = 'report.json'): Json => JSON.parse(textOf(teller, name)) as Json;

/** Servers of the demo, healthy and broken. */
const servers = ({ world }: Given): readonly string[] => [world.healthy, ...world.broken];
const ways = ({ world }: Given): readonly string[] => ['--proxy', 'direct', '--dns-server', world.dnsServer];

const elsewhere: Story = {
  name: 'a check on another machine, by ssh',
  deeds: ['check'],
  beyondWine: 'Wine has no ssh, and Node.js can not write to a pipe there',
  async play(teller) {
    const { world, file, made, settle } = teller;
    const { ended, step } = stepsOf(teller);
    const env = { PATH: world.ssh.path };
    const there = ['check', '--on', `ssh://${world.ssh.user}@127.0.0.1:${world.ssh.port}`];
    settle();
    const asked = [...servers(teller), ...ways(teller), '--ca-file', file('root.pem')];
    await step([...there, ...asked, '--format', `json=${made('report.json')}`], { env });
    await step([...there, world.healthy, '--remote-program', '/nowhere/wayclear'], { env });
    return { ended, reports: [reportIn(teller)], data: null };
  },
};

const carried: Story = {
  name: 'a request that is carried, measured, and brought back',
  deeds: ['carry prepare', 'carry connect', 'carry key', 'carry show', 'carry import'],
  beyondWine: null,
  async play(teller) {
    const { file, made } = teller;
    const { ended, step } = stepsOf(teller);
    const [sealed, connected] = [made('sealed'), made('connected')];
    const [request, result] = [made('request.txt'), made('result.txt')];
    await step(['carry', 'prepare', ...servers(teller), '--out', request, '--state', sealed]);
    await step(['carry', 'connect', request, '--out', result, '--state', connected, ...ways(teller)]);
    const key = await step(['carry', 'key', '--json', '--state', connected]);
    const shown = await teller.run(['carry', 'show', result, '--state', sealed]);
    const bring = ['carry', 'import', result, '--state', sealed, '--ca-file', file('root.pem')];
    const to = ['--format', `json=${made('report.json')}`];
    // By a key that nobody knows, by one that somebody named, and once more.
    await step([...bring, ...to]);
    const { fingerprint } = JSON.parse(key.stdout) as { readonly fingerprint: string };
    await step([...bring, '--trust', fingerprint, ...to]);
    const report = reportIn(teller);
    await step([...bring, ...to]);
    // Of each line what it is, and the names of its members: the values are those of this run.
    const names = shown.stdout.split('\n').map((line) => line.split(/[:,]/, 1)[0] ?? '');
    return { ended, reports: [report], data: null, texts: [names.join('\n')] };
  },
};

type Audited = { readonly what: string };
type Listed = { readonly token: string; readonly state: string };
type Sender = { readonly state: string; readonly fingerprint: string; readonly lastSeq: number };

/** As much of the answer about a fleet as does not hang on what the machine is. */
function explained(text: string): Json {
  const fleet = JSON.parse(text) as {
    readonly explanations: readonly Readonly<Record<string, Json>>[];
    readonly machines: Json;
    readonly requests: Json;
  };
  const shown = fleet.explanations.map(({ cause = null, scope = null, owner = null, endpoints = null }) => ({
    ...{ cause, scope, owner, endpoints },
  }));
  return [shown, fleet.machines, fleet.requests];
}

/** Who waits to be let in is told to come again in a minute: here the minute is over. */
function aMinuteLater({ here }: Teller, state: string): void {
  const file = here(`${state}/spool/state.json`);
  if (!existsSync(file)) return;
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), notBefore: 0 }));
}

const collected: Story = {
  name: 'a collector that lets machines in, takes what they send, and shuts one out',
  deeds: [
    ...['collect', 'collect token', 'collect tokens', 'collect withdraw', 'collect machines', 'collect admit'],
    ...['collect revoke', 'collect audit', 'check', 'watch'],
  ],
  beyondWine: null,
  async play(teller) {
    const { world, made, begin } = teller;
    const { ended, step } = stepsOf(teller);
    const [address, store] = [`127.0.0.1:${await freePort()}`, ['--store', made('fleet.db')]];
    const asked = async (path: string): Promise<string> => (await fetch(`http://${address}${path}`)).text();
    const senders = async (): Promise<readonly Sender[]> =>
      JSON.parse((await step(['collect', 'machines', ...store, '--json'])).stdout) as readonly Sender[];
    const targets = [world.named, world.closed, '--proxy', 'direct', '--send', `http://${address}`];
    const sending = (command: readonly string[], state: string, ...more: readonly string[]): Promise<Ended> => {
      aMinuteLater(teller, state);
      const own = [...command, ...targets, '--state', made(state), '--label', 'site=here', ...more];
      return step(own, { hosts: world.hosts });
    };
    const watching = () => sending(['watch', '--once', '--store', made('own.db')], 'two');

    await step(['collect', '--check', '--listen', address, ...store]);
    const collector = await begin(['collect', '--listen', address, ...store], 'lets in machines with a token');
    try {
      await step(['collect', 'token', ...store, '-o', made('token.txt')]);
      await sending(['check'], 'one', '--send-token-file', made('token.txt'));
      const tokens = async (): Promise<readonly Listed[]> =>
        JSON.parse((await step(['collect', 'tokens', ...store, '--json'])).stdout) as readonly Listed[];
      await step(['collect', 'token', ...store, '-o', made('lost.txt')]);
      const lost = (await tokens()).find(({ state }) => state === 'open')?.token ?? '';
      await step(['collect', 'withdraw', lost, ...store]);
      const handedOut = await tokens();
      await step(['collect', 'tokens', ...store]);
      await watching();
      const first = await senders();
      const stranger = first.find(({ state }) => state === 'waiting')?.fingerprint ?? '';
      await step(['collect', 'admit', stranger, ...store]);
      await watching();
      // The fleet is read anew five seconds after it was read when the collector began.
      await new Promise((next) => setTimeout(next, 5500));
      const [fleet, page] = [await asked('/api/fleet'), await asked('/?lang=ja')];
      const kept = (await asked('/api/messages')).trim().split('\n').length;
      await step(['collect', 'revoke', stranger, ...store]);
      await watching();
      const last = await senders();
      await step(['collect', 'machines', ...store]);
      const audit = JSON.parse((await step(['collect', 'audit', ...store, '--json'])).stdout) as readonly Audited[];
      await step(['collect', 'audit', ...store]);
      const states = [first, last].map((all) => all.map(({ state }) => state));
      return {
        ended,
        reports: [],
        data: [explained(fleet), kept, audit.map(({ what }) => what), ...states, handedOut.map(({ state }) => state)],
        texts: [page],
      };
    } finally {
      await collector.end();
    }
  },
};

/** What of a mail is the same each time. */
const isSteady = (line: string): boolean => !/^(?:date|message-id|ehlo|content-type|-|\s+boundary)/i.test(line);

const noticed: Story = {
  name: 'a watch that looks once and again, and tells whom it was told to tell',
  deeds: ['watch', 'incidents'],
  beyondWine: null,
  async play(teller) {
    const { world, made, here } = teller;
    const { ended, step } = stepsOf(teller);
    const { hook, mail, log } = world.listeners;
    for (const heard of [hook.bodies, mail.lines, log.texts]) heard.length = 0;
    const from = { from: 'wayclear@example.com', to: ['ops@example.com'] };
    const notify = [
      { name: 'hook', webhook: { url: `http://127.0.0.1:${hook.port}/`, secretFile: 'secret' } },
      { name: 'mail', mail: { server: `smtp://127.0.0.1:${mail.port}`, clearText: true, ...from } },
      { name: 'log', syslog: { server: `tcp://127.0.0.1:${log.port}` } },
    ];
    writeFileSync(here('secret'), 'whsec_c2VjcmV0\n');
    writeFileSync(here('ways.json'), JSON.stringify({ ways: notify }));
    const store = ['--store', made('store.db')];
    for (let look = 0; look < 3; look += 1) {
      const watch = ['watch', '--once', world.closed, '--proxy', 'direct', '--notify', made('ways.json')];
      await step([...watch, ...store, '--format', `json=${made('report.json')}`]);
    }
    await step(['incidents', ...store, '--verbose']);
    const bodies = hook.bodies.map((text) => JSON.parse(text) as { readonly type: string });
    const told = bodies.map(({ type }) => type);
    const mails = mail.lines.filter(isSteady).join('\n');
    const counts = [mail.lines.filter((line) => line === 'DATA').length, log.texts.length];
    return { ended, reports: [reportIn(teller)], data: [told, counts], texts: [JSON.stringify(bodies), mails] };
  },
};

const kept: Story = {
  name: 'a store that is checked, and copied into another one',
  deeds: ['watch', 'store check', 'store copy', 'incidents', 'history'],
  beyondWine: null,
  async play(teller) {
    const { world, made } = teller;
    const { ended, step } = stepsOf(teller);
    const [one, other] = [made('one.db'), made('other.db')];
    const watch = ['watch', '--once', world.named, world.closed, '--proxy', 'direct', '--store', one];
    for (let look = 0; look < 2; look += 1) await step(watch, { hosts: world.hosts });
    for (const words of [
      ['check', one],
      ['copy', one, other],
      ['check', other],
      ['copy', one, other],
    ])
      await step(['store', ...words]);
    await step(['incidents', '--store', other, '--format', `json=${made('incidents.json')}`]);
    await step(['history', '--store', other]);
    const open = JSON.parse(textOf(teller, 'incidents.json')) as readonly { readonly cause: string }[];
    return { ended, reports: [], data: open.map(({ cause }) => cause) };
  },
};

const looked: Story = {
  name: 'what this machine uses',
  deeds: ['doctor'],
  beyondWine: null,
  async play(teller) {
    const { ended, step } = stepsOf(teller);
    const store = ['--store', teller.made('none.db')];
    await step(['doctor', ...store]);
    const { stdout } = await teller.run(['doctor', ...store, '--json']);
    const { environment } = JSON.parse(stdout) as { readonly environment: { readonly runtime: Json } };
    return { ended, reports: [], data: environment.runtime, texts: [stdout] };
  },
};

export const stories: readonly Story[] = [elsewhere, carried, collected, noticed, kept, looked];
