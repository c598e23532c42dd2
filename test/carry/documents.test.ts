import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { requestBounds, resultBounds } from '../../src/carry/lines.ts';
import { eachText, isInside, redacted, restored } from '../../src/carry/redact.ts';
import { type CarryRequest, linesOfRequest, planOfRequest, requestOf } from '../../src/carry/request.ts';
import { type CarryResult, linesOfResult, resultOf } from '../../src/carry/result.ts';
import { importProblem, type KnownHere } from '../../src/carry/verdict.ts';
import { catalogFileOf, loadCatalog } from '../../src/catalog/load.ts';
import { parseFeature } from '../../src/catalog/parse.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { CarryRequestHead, CarryResultHead } from '../../src/model/message.ts';
import type { Observations } from '../../src/model/observations.ts';
import type { UnroutedPlan } from '../../src/model/plan.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { createKey } from '../../src/signed/keys.ts';
import { readSignedLines, type SignedBounds, signLines } from '../../src/signed/signed-lines.ts';

const key = createKey();
const requestHead: CarryRequestHead = {
  ...{ wayclear: '0.1.0', schema: 1, kind: 'carry-request', key: key.key, at: '2026-11-30T06:00:00.000Z' },
  ...{ nonce: 'a'.repeat(32), machine: 'scp01', redacted: false, parameters: {} },
  catalog: { version: '0.1.0', sha256: 'b'.repeat(64), sources: [] },
};
const resultHead: CarryResultHead = {
  ...{ wayclear: '0.1.0', schema: 1, kind: 'carry-result', key: key.key, at: '2026-11-30T07:00:00.000Z' },
  ...{ request: 'c'.repeat(64), nonce: 'a'.repeat(32) },
};
const limits = { timeoutMs: 1000, deadlineMs: 2000, concurrency: 4 };
const catalog = await loadCatalog();

const carried = (lines: Iterable<Readonly<Record<string, unknown>>>, bounds: SignedBounds) =>
  readSignedLines(Buffer.from(signLines(lines, key).text), bounds);

const requestFrom = (plan: UnroutedPlan): ReturnType<typeof requestOf> =>
  requestOf(carried(linesOfRequest(requestHead, plan, ['d'.repeat(64)]), requestBounds));

describe('a request', () => {
  it.each([
    ['the default run', {}],
    [
      'a wildcard, a network and addresses',
      { what: ['*.example.com', '10.0.0.0/8', 'https://a.example/x', 'b.example:8443'] },
    ],
    ['all features, retired ones too', { includeLegacy: true, what: catalog.features.map(({ feature }) => feature) }],
  ])('is the plan that it was made of: %s', (_, selection) => {
    const plan = makePlan(catalog, selection, { ...limits, userAgent: 'Agent/1', repeat: 3, families: [4] });
    const request = requestFrom(plan) as CarryRequest;
    expect(request.roots).toEqual(['d'.repeat(64)]);
    expect(planOfRequest(request, { limits, dnsServers: [] })).toEqual(plan);
  });

  const plan = makePlan(catalog, { what: ['https://a.example/x', 'b.example:8443'] });
  it.each([
    ['an account in a URL', { url: 'https://user:secret@a.example/x' }],
    ['a URL of another host', { url: 'https://other.example/x' }],
    ['a URL of another port', { url: 'https://a.example:8443/x' }],
    ['a URL with a line end', { url: 'https://a.example/x\r\nHost: other' }],
    ['another protocol', { url: 'file:///etc/passwd' }],
    ['a host that is none', { host: 'a b' }],
    ['a target without a host', { host: '', url: 'https:///x' }],
    ['the name of another target', { id: plan.targets[1]?.id ?? '' }],
    ['a member of a wrong type', { port: '443' as unknown as number }],
  ])('with %s is none', (_, change) => {
    const [first, ...rest] = plan.targets;
    if (first === undefined) throw new Error('no target');
    expect(requestFrom({ ...plan, targets: [{ ...first, ...change }, ...rest] })).toMatchObject({
      place: expect.any(String),
    });
  });

  it('that names a client with a line end is none', () => {
    expect(requestFrom({ ...plan, userAgent: 'a\r\nx: y' })).toEqual({ line: 2, place: '/plan/userAgent' });
  });

  it('with a line of another kind is none', () => {
    const lines = [...linesOfRequest(requestHead, plan, []), { run: {} }];
    expect(requestOf(carried(lines, requestBounds))).toEqual({ line: 6, place: '' });
  });
});

const recordings = brotliDecompressSync(
  readFileSync(join(import.meta.dirname, '..', 'golden', 'replay', 'lab.ndjson.br')),
)
  .toString()
  .trim()
  .split('\n')
  .filter((_, index) => index % 20 === 0)
  .map((line) => JSON.parse(line) as { readonly name: string; readonly observations: Observations });

describe('a result', () => {
  it.each(recordings.map((recording) => [recording.name, recording] as const))(
    'is what was measured, and judged alike: %s',
    (_, { observations }) => {
      const { targets, ...plan } = observations.plan;
      const { experiments, repeat, features, leftOut, anchors, families, tlsHello, userAgent } = plan;
      const request: CarryRequest = {
        head: requestHead,
        plan: {
          ...{ experiments, anchors, families, tlsHello },
          ...(repeat === undefined ? {} : { repeat }),
          ...(features === undefined ? {} : { features }),
          ...(leftOut === undefined ? {} : { leftOut }),
          ...(userAgent === undefined ? {} : { userAgent }),
        },
        roots: [],
        targets: targets.map(({ route: _route, ...target }) => target),
      };
      const extras = { features: [], catalogs: [], lists: [] };
      const result = resultOf(carried(linesOfResult(resultHead, observations, null, extras), resultBounds), request);
      const { observations: again } = result as CarryResult;
      expect(again).toEqual({ ...observations, plan: { ...observations.plan, offline: false } });
      expect(diagnose(again)).toEqual(diagnose(observations));
    },
  );
});

describe('names of the inside', () => {
  const inside = { machine: 'scp01.corp.contoso.com', domains: ['corp.contoso.com'] };
  it.each([
    ['files', true],
    ['scp01.corp.contoso.com', true],
    ['wsus.corp.contoso.com', true],
    ['www.contoso.com', false],
    ['printer.local', true],
    ['x.internal', true],
    ['10.1.2.3', true],
    ['fd00::1', true],
    ['20.1.2.3', false],
    ['corp.example.com', false],
    ['', false],
  ])('%s: %s', (host, expected) => {
    expect(isInside(host, inside)).toBe(expected);
  });

  const plan = makePlan(catalog, { what: ['https://wsus.corp.contoso.com/x', 'files:445', 'www.contoso.com:443'] });
  const parameters = { server: 'wsus.corp.contoso.com', tenantId: 'corp' };
  const made = redacted(plan, parameters, inside, 'salt');
  const text = JSON.stringify([made.plan, made.parameters, made.machine]);

  it('leave no trace, and are not probed', () => {
    expect(text).not.toMatch(/wsus|files|scp01|corp\.contoso/);
    expect(text).toContain('www.contoso.com');
    expect(made.parameters['tenantId']).toBe('corp');
    expect(made.plan.targets.map(({ untested }) => untested?.code ?? null)).toEqual(['inside', 'inside', null]);
    expect(requestFrom(made.plan)).toMatchObject({ targets: made.plan.targets });
  });

  it('are other hashes with another salt', () => {
    expect(JSON.stringify(redacted(plan, parameters, inside, 'other'))).not.toContain(made.machine);
  });

  it('come back', () => {
    const back = restored(made.plan, made.names);
    expect(back.targets.map(({ host, url, id }) => [host, url, id])).toEqual(
      plan.targets.map(({ host, url, id }) => [host, url, id]),
    );
    expect(restored(made.machine, made.names)).toBe(inside.machine);
  });

  it('are replaced as a whole: what merely holds one stays', () => {
    const near = makePlan(catalog, { what: ['https://files/myfiles-files.txt?files=1'] });
    const [target] = redacted(near, {}, inside, 'salt').plan.targets;
    expect(target?.url).toMatch(
      /^https:\/\/inside-[0-9a-f]{16}\.invalid\/myfiles-files\.txt\?inside-[0-9a-f]{16}\.invalid=1$/,
    );
  });

  it('are looked for in every text of a value', () => {
    expect(eachText({ a: ['x', { b: 'x' }, 1, null] }, (part) => part.toUpperCase())).toEqual({
      a: ['X', { b: 'X' }, 1, null],
    });
  });
});

describe('whether a result is imported', () => {
  const signer = { key: key.key, fingerprint: key.fingerprint };
  const document = { problem: null, signer };
  const here: KnownHere = {
    request: { sha256: resultHead.request, at: requestHead.at },
    trusted: [signer],
    named: null,
    importedAt: null,
    nowMs: Date.parse('2026-11-30T08:00:00Z'),
    mostDays: 30,
  };
  const other = createKey();
  it.each<[string, Partial<KnownHere>, string | null]>([
    ['as it should be', {}, null],
    ['by a key that is named', { trusted: [], named: key.fingerprint }, null],
    ['on the last of its days', { nowMs: Date.parse('2026-12-30T06:59:00Z') }, null],
    ['with a clock that is a little late', { nowMs: Date.parse('2026-11-30T06:01:00Z') }, null],
    ['by a stranger', { trusted: [other] }, 'untrusted'],
    ['by a stranger, where another is named', { trusted: [], named: other.fingerprint }, 'untrusted'],
    ['for another machine', { request: null }, 'no-such-request'],
    ['for another request', { request: { sha256: 'e'.repeat(64), at: requestHead.at } }, 'other-request'],
    ['from the future', { nowMs: Date.parse('2026-11-30T05:00:00Z') }, 'future'],
    [
      'from before it was asked for',
      { request: { sha256: resultHead.request, at: '2026-11-30T09:00:00Z' } },
      'before-request',
    ],
    ['too old', { nowMs: Date.parse('2026-12-30T07:01:00Z') }, 'too-old'],
    ['too old for whoever wants less', { nowMs: Date.parse('2026-12-02T08:00:00Z'), mostDays: 1 }, 'too-old'],
    ['that was imported', { importedAt: '2026-11-30T07:30:00Z' }, 'imported-before'],
  ])('%s', (_, change, code) => {
    expect(importProblem(document, resultHead, { ...here, ...change })?.code ?? null).toBe(code);
  });

  it.each([
    ['changed', { problem: { code: 'changed' }, signer } as const, resultHead, 'changed'],
    ['a request', document, null, 'no-result'],
    ['at no time that there is', document, { ...resultHead, at: '2026-99-99T00:00:00Z' }, 'future'],
  ])('%s', (_, made, head, code) => {
    expect(importProblem(made, head, here)?.code).toBe(code);
  });
});

describe('a feature of the catalog', () => {
  it.each(catalog.features.map((feature) => [feature.feature, feature] as const))(
    'is the same out of its file: %s',
    (_, feature) => {
      const file = JSON.parse(JSON.stringify(catalogFileOf(feature))) as unknown;
      expect(parseFeature(file, feature.file ?? '')).toEqual(feature);
    },
  );
});
