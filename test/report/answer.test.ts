import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Fact, Finding } from '../../src/model/diagnosis.ts';
import type { Observations } from '../../src/model/observations.ts';
import { answerOf, parentDomain } from '../../src/report/answer.ts';
import { assembleReport } from '../../src/report/assemble.ts';
import { rootFacts, rootSentences } from '../../src/report/deciding.ts';
import { type Language, languages } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';
import { halfReachable, inspection } from './fixtures.ts';

const recordings = brotliDecompressSync(
  readFileSync(join(import.meta.dirname, '..', 'golden', 'replay', 'lab.ndjson.br')),
)
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((line): { readonly scenario: string; readonly observations: Observations } => JSON.parse(line));

const hosts = ['a.example.com', 'b.example.com', 'c.example.com'];

/** What is decided of three targets, of which each has one fact made for its host. */
function said(make: (host: string, index: number) => readonly Fact[], lang: Language = 'en'): readonly string[] {
  const finding = (host: string, index: number): Finding => ({
    target: host,
    cause: 'tcp.refused',
    confidence: 'high',
    effect: 'unreachable',
    signature: '',
    shared: null,
    evidence: make(host, index),
    alternatives: [],
    explainedBy: null,
  });
  const root = { cause: 'tcp.refused', severity: 'critical', confidence: 'high', targets: hosts } as const;
  const facts = rootFacts({ ...root, shared: null, evidence: [], alternatives: [] }, (id) => ({
    host: id,
    findings: [finding(id, hosts.indexOf(id))],
  }));
  return rootSentences(wordsOf(lang), root.cause, facts).deciding;
}

const refused = (host: string, ms: number): Fact => ({
  code: 'tcp.refused',
  args: { host, address: '192.0.2.1', port: 443, ms },
});

describe('the evidence that decides', () => {
  it('is said once for all hosts, with the range of what was measured', () => {
    expect(said((host, index) => [refused(host, 10 + index)])).toEqual(['connection refused after 10–12 ms']);
  });

  it.each(languages)('begins with no host and no colon in %s', (lang) => {
    for (const text of said((host) => [refused(host, 1)], lang)) expect(text).not.toMatch(/a\.example|\u0001|^[\s:：]/);
  });

  it('says for which host it holds, or for how many, where it does not hold for all', () => {
    const pinned = (host: string): Fact => ({ code: 'certificate.pinned', args: { host } });
    expect(said((host, index) => [refused(host, 1), ...(index === 1 ? [pinned(host)] : [])])).toEqual([
      'connection refused after 1 ms',
      'b.example.com: its client pins the certificate and accepts no other',
    ]);
    expect(said((host, index) => [refused(host, 1), ...(index > 0 ? [pinned(host)] : [])])[1]).toBe(
      'its client pins the certificate and accepts no other (2 of 3 hosts)',
    );
  });

  it('leaves out what only makes it surer where what tells the cause fills its room', () => {
    const codes = ['tried.again', 'tried.small-hello', 'tls.hello-size', 'tried.neutral-name', 'tls.timeout'];
    const made = said((host) =>
      codes.map((code) => ({
        code,
        args: { host, address: '', port: 443, ms: 1, bytes: 2, bytesRead: 0, name: 'x.example', result: 'answers' },
      })),
    );
    expect(made).toHaveLength(3);
    expect(made.join()).not.toMatch(/repeated alone|had 2 bytes/);
  });

  it('has one to three sentences for each cause of the recorded lab, none of them twice, in every language', () => {
    for (const { observations } of recordings) {
      const diagnosis = diagnose(observations);
      for (const lang of languages) {
        const words = wordsOf(lang);
        const report = assembleReport({ observations, diagnosis, words, options: {}, version: '0' });
        for (const { deciding = [] } of report.rootCauses) {
          expect(deciding.length).toBeGreaterThan(0);
          expect(deciding.length).toBeLessThanOrEqual(3);
          expect(new Set(deciding).size).toBe(deciding.length);
          expect(deciding.join()).not.toMatch(/\u0001|\ufffd/);
        }
      }
    }
  });
});

describe('the answer', () => {
  it('counts each stage of a feature as far as its targets came', () => {
    for (const { scenario, observations } of recordings) {
      const diagnosis = diagnose(observations);
      const words = wordsOf('en');
      const report = assembleReport({ observations, diagnosis, words, options: {}, version: '0' });
      const { features, causes } = answerOf(report, words);
      const bad = report.targets.filter(({ verdict }) => verdict === 'unreachable');
      for (const { stages } of features)
        for (const { passed, reached } of Object.values(stages)) expect(passed).toBeLessThanOrEqual(reached);
      const broken = features.some(({ stages }) =>
        Object.values(stages).some(({ passed, reached }) => passed < reached),
      );
      // What breaks at no stage of its own is this machine's, or of no known stage.
      if (bad.length > 0 && !/^(local|undetermined)/.test(causes[0]?.root.cause ?? ''))
        expect(broken, scenario).toBe(true);
      expect(features.flatMap(({ targets }) => targets)).toHaveLength(report.targets.length);
    }
  });

  it('names the hosts of a cause once, by parent domain, and the causes of a feature by number', () => {
    const report = inspection();
    const { causes, features } = answerOf(report, wordsOf('en'));
    for (const { hosts: all, groups } of causes) {
      expect(new Set(all).size).toBe(all.length);
      expect(groups.flatMap((group) => group.hosts).sort()).toEqual([...all].sort());
    }
    expect(features.flatMap((feature) => feature.causes)).toContain(1);
  });

  it('lists of a feature what fared otherwise than most of it', () => {
    const { features } = answerOf(halfReachable(), wordsOf('en'));
    for (const { unlike, targets } of features) expect(unlike.length).toBeLessThan(targets.length);
    expect(features.some(({ unlike }) => unlike.length > 0)).toBe(true);
  });

  it('knows the parent domain of names, and none of addresses', () => {
    expect(
      ['a.b.example.com', 'www.example.co.uk', '*.d-trust.net', 'aka.ms', '192.0.2.1', '2001:db8::1'].map(parentDomain),
    ).toEqual(['example.com', 'example.co.uk', 'd-trust.net', 'aka.ms', null, null]);
  });
});
