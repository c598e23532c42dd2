import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../src/model/incident.ts';
import { rootSentences } from '../../src/report/deciding.ts';
import { html } from '../../src/report/html/markup.ts';
import { type Access, mostGuesses } from '../../src/serve/access.ts';
import { meansOf } from '../../src/serve/page.ts';
import { countPerMinute } from '../../src/serve/rates.ts';
import { answerWatch, createSpoken } from '../../src/serve/routes.ts';
import type { Answer, Question } from '../../src/serve/server.ts';
import { readPulse, readWatched } from '../../src/serve/watched.ts';
import type { Store } from '../../src/store/store.ts';
import type { Memory } from '../../src/watch/compare.ts';
import { languages } from '../../src/words/language.ts';
import { wayclear } from '../cli/in-process.ts';
import { validatorOf } from '../model/validator.ts';
import { temporaryFolder } from '../real/parts.ts';
import { hostile } from '../report/fixtures.ts';
import { aMonth, dayMs, now, question, speech } from './kit.ts';

const folder = temporaryFolder();
let store: Store;
let machine = '';
const noFacts = { evidence: [], deciding: [] };
const time = { now: 0 };
const access = (more: Partial<Access> = {}): Access => ({
  ...{ password: null, trustedHeader: null },
  guesses: countPerMinute({ now: () => time.now, wall: () => now }, mostGuesses),
  ...more,
});
const open = access();

beforeAll(async () => {
  ({ store, machine } = await aMonth(join(folder.path, 'watch.db')));
}, 60_000);
afterAll(async () => {
  await store.close();
  folder.close();
});

const ask = (asked: Question, by = open, at = now + 60_000): Promise<Answer> =>
  answerWatch(asked, {
    access: by,
    spoken: createSpoken(),
    watched: () => readWatched(store, machine, { now: at, everyMs: dayMs, scope: null }),
    pulse: () => readPulse(store, machine, { now: at, everyMs: dayMs, scope: null }),
    speechFor: (language) => speech(languages.find((one) => one === language) ?? 'en'),
  });
const textOf = async (answer: Promise<Answer>): Promise<string> => String((await answer).body);

describe('what a watch serves', () => {
  it.each(languages)('is a page in %s: open with what to ask for, thirty days, closed, times', async (lang) => {
    const page = await textOf(ask(question('/', { query: new URLSearchParams({ lang }) })));
    const { words, serve } = await speech(lang);
    expect(page).toContain(`<html lang="${lang}">`);
    for (const heading of Object.values(serve.headings)) expect(page).toContain(heading);
    expect(page).toContain('proxy.auth-required');
    expect(page).toContain('tls.inspection');
    expect(page).toContain(words.watch.columns.days);
    expect(page).toContain(words.causes['proxy.auth-required'].title);
    // The watch wrote English: what is closed is said anew as well, with its evidence.
    const closed = (await store.incidents({ machine, most: 9 })).filter(({ incident }) => incident.state === 'closed');
    expect(closed.length).toBeGreaterThan(0);
    for (const { incident, memory } of closed) {
      const { title, deciding } = rootSentences(words, incident.cause, (memory as Memory).facts?.opened ?? noFacts);
      expect(deciding.length).toBeGreaterThan(0);
      for (const text of [title, ...deciding]) expect(page).toContain(html`${text}`.text);
      if (lang !== 'en') expect(page).not.toContain(incident.evidenceThen[0]);
    }
    expect(page).not.toMatch(/<script|javascript:|\son\w+=/);
    const { stdout } = await wayclear([
      'incidents',
      '--store',
      join(folder.path, 'watch.db'),
      '--json',
      '--lang',
      lang,
    ]);
    const shown = JSON.parse(stdout) as readonly Incident[];
    expect(shown.filter(({ state }) => state === 'closed')).toHaveLength(closed.length);
    for (const { title, evidenceThen } of shown)
      for (const text of [title, ...evidenceThen]) expect(page).toContain(html`${text}`.text);
  });

  it('holds no markup of a stranger', async () => {
    const bad = await aMonth(join(folder.path, 'hostile.db'), hostile);
    const watched = await readWatched(bad.store, bad.machine, { now, everyMs: dayMs, scope: null });
    const page = await textOf(
      answerWatch(question('/'), {
        access: open,
        spoken: createSpoken(),
        watched: async () => watched,
        pulse: () => readPulse(bad.store, bad.machine, { now, everyMs: dayMs, scope: null }),
        speechFor: () => speech('en'),
      }),
    );
    expect(page).not.toMatch(/<img|<script|<b>bold/i);
    await bad.store.close();
  });

  it('tells whether the watch itself looks', async () => {
    expect(await ask(question('/healthz'))).toMatchObject({ status: 200 });
    const nothing = { now, look: null, plan: null, everyMs: dayMs };
    const watched = () => readWatched(store, machine, { now, everyMs: dayMs, scope: null });
    const settings = { access: open, spoken: createSpoken(), speechFor: () => speech('en'), watched };
    expect(await answerWatch(question('/healthz'), { ...settings, pulse: async () => nothing })).toMatchObject({
      status: 503,
    });
    expect(await ask(question('/healthz'), open, now + 3 * dayMs)).toMatchObject({ status: 503 });
    expect(await textOf(ask(question('/'), open, now + 3 * dayMs))).toContain('the next one is overdue');
  });

  it('is metrics, a report and an interface as well, and takes nothing', async () => {
    const metrics = await textOf(ask(question('/metrics')));
    expect(metrics).toMatch(/^wayclear_watch_incidents\{state="open",severity="critical"\} [1-9]$/m);
    expect(metrics).toContain('wayclear_watch_look_age_seconds 60\n');
    expect(await textOf(ask(question('/report')))).toContain('<title>');
    expect(JSON.parse(await textOf(ask(question('/api/incidents')))).open[0]).toMatchObject({ state: 'open' });
    expect(JSON.parse(await textOf(ask(question('/api/report')))).schema).toBe(1);
    expect(JSON.parse(await textOf(ask(question('/api/history')))).machine).toBe(machine);
    for (const [path, name] of [
      ['/api/report', 'report'],
      ['/api/history', 'history'],
      ['/api/incidents', 'incident'],
    ] as const) {
      const faults = validatorOf(name);
      const answered = JSON.parse(await textOf(ask(question(path)))) as Record<'open' | 'closed', readonly object[]>;
      const all = path === '/api/incidents' ? [...answered.open, ...answered.closed] : [answered];
      for (const one of all) expect(faults(one), path).toEqual([]);
      expect(faults({})).not.toEqual([]);
    }
    expect(await ask(question('/nowhere'))).toMatchObject({ status: 404 });
    expect(await ask(question('/', { method: 'POST' }))).toMatchObject({ status: 405 });
  });

  it('has mean times of those that passed a stage', () => {
    const state = { target: 't', host: 'h', port: 443, verdict: 'reachable' } as const;
    const means = meansOf([
      { ...state, feature: 'a', stages: [10, 20, null, null, 40] },
      { ...state, feature: 'a', stages: [30, null, null, null, null] },
    ]);
    expect(means.get('a')).toEqual([20, 20, null, null, 40]);
  });
});

describe('who reads it', () => {
  const basic = (password: string) => `Basic ${Buffer.from(`any:${password}`).toString('base64')}`;
  const from = (address: string, headers: Question['headers'], peer = address) =>
    question('/', { address, peer, headers: { host: 'localhost', ...headers } });

  it('is on this machine and asks for it by a name of this machine, where there is no password', async () => {
    expect(await ask(from('192.0.2.9', {}))).toMatchObject({ status: 403 });
    expect(await ask(from('127.0.0.1', { host: 'evil.example' }))).toMatchObject({ status: 403 });
    expect(await ask(from('192.0.2.9', {}, '127.0.0.1'))).toMatchObject({ status: 403 });
    expect(await ask(from('::1', { host: '[::1]:8480' }))).toMatchObject({ status: 200 });
  });

  it('knows the password, wherever it is', async () => {
    const shut = access({ password: 'open sesame' });
    expect(await ask(from('127.0.0.1', {}), shut)).toMatchObject({ status: 401 });
    expect(await ask(from('192.0.2.9', { authorization: basic('wrong') }), shut)).toMatchObject({ status: 401 });
    expect(await ask(from('192.0.2.9', { authorization: basic('open sesame') }), shut)).toMatchObject({
      status: 200,
    });
  });

  it('may be a program, which says the password as a token, in any letter case of the scheme', async () => {
    const shut = access({ password: 'open-sesame' });
    expect(await ask(from('192.0.2.9', { authorization: 'bearer open-sesame' }), shut)).toMatchObject({
      status: 200,
    });
  });

  it('is vouched for by a proxy on this machine, never by itself', async () => {
    const behind = access({ trustedHeader: 'x-remote-user' });
    const vouched = { 'x-remote-user': 'ops' };
    expect(await ask(from('192.0.2.9', vouched, '127.0.0.1'), behind)).toMatchObject({ status: 200 });
    expect(await ask(from('192.0.2.9', vouched), behind)).toMatchObject({ status: 403 });
    expect(await ask(from('127.0.0.1', {}), behind)).toMatchObject({ status: 403 });
  });

  it('is no page that leads a browser here by a name of its own, whomever it vouches for', async () => {
    const both = access({ password: 'open sesame', trustedHeader: 'x-remote-user' });
    for (const by of [access({ trustedHeader: 'x-remote-user' }), both]) {
      for (const host of [
        'evil.example',
        'evil.example:8480',
        'localhost.evil.example',
        '127.0.0.1.evil.example',
        '',
      ]) {
        const { status } = await ask(from('127.0.0.1', { host, 'x-remote-user': 'ops' }), by);
        expect([401, 403], host).toContain(status);
      }
    }
  });

  it('is not heard for the rest of a minute after some wrong passwords, and keeps nobody else out', async () => {
    const shut = access({ password: 'open sesame' });
    const say = async (address: string, password: string) =>
      (await ask(from(address, { authorization: basic(password) }), shut)).status;
    for (let guess = 0; guess < mostGuesses; guess += 1) expect(await say('192.0.2.9', `${guess}`)).toBe(401);
    expect(await say('192.0.2.9', 'wrong')).toBe(429);
    expect(await say('192.0.2.9', 'open sesame')).toBe(429);
    expect(await say('192.0.2.10', 'open sesame')).toBe(200);
    // Who shows nothing guesses nothing.
    expect(await ask(from('192.0.2.9', {}), shut)).toMatchObject({ status: 401 });
    time.now += 60_000;
    expect(await say('192.0.2.9', 'open sesame')).toBe(200);
  });

  it('is one, whichever of the addresses of its network it takes', async () => {
    const shut = access({ password: 'open sesame' });
    const say = async (address: string, password: string) =>
      (await ask(from(address, { authorization: basic(password) }), shut)).status;
    for (let guess = 0; guess < mostGuesses; guess += 1) await say(`2001:db8::${guess + 1}`, 'wrong');
    expect(await say('2001:db8::ffff', 'open sesame')).toBe(429);
    expect(await say('2001:db8:0:1::1', 'open sesame')).toBe(200);
  });
});
