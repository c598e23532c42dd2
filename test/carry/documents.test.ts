import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { requestBounds, resultBounds } from '../../src/carry/lines.ts';
import { eachText, isInside, redacted, restored, textsOf } from '../../src/carry/redact.ts';
import { type CarryRequest, linesOfRequest, planOfRequest, requestOf } from '../../src/carry/request.ts';
import { type CarryResult, linesOfResult, resultOf } from '../../src/carry/result.ts';
import { importProblem, type KnownHere } from '../../src/carry/verdict.ts';
import { catalogFileOf, loadCatalog } from '../../src/catalog/load.ts';
import { parseFeature } from '../../src/catalog/parse.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { type CarryRequestHead, type CarryResultHead, carryRequestHead } from '../../src/model/message.ts';
import type { Observations } from '../../src/model/observations.ts';
import { type CarriedPlan, carriedPlan, type UnroutedPlan, unroutedTarget } from '../../src/model/plan.ts';
import type { ZodMiniType } from '../../src/model/shape.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { faultsOf } from '../../src/reading/faults.ts';
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

interface Definition {
  readonly type: string;
  readonly innerType: ZodMiniType;
  readonly options: readonly ZodMiniType[];
  readonly element: ZodMiniType;
  readonly valueType: ZodMiniType;
  readonly shape: Readonly<Record<string, ZodMiniType>>;
  readonly entries: Readonly<Record<string, unknown>>;
  readonly values?: readonly unknown[];
}

/** Values of a shape that hold every member, each alternative in one of them, and `text` wherever it may stand. */
function samplesOf(shape: ZodMiniType, text: string, path = ''): { values: unknown[]; texts: string[] } {
  const def = shape._zod.def as unknown as Definition;
  const below = (inner: ZodMiniType, name: string): ReturnType<typeof samplesOf> =>
    samplesOf(inner, text, path === '' ? name : `${path}/${name}`);
  if (faultsOf(shape, text).length === 0 && def.type === 'string') return { values: [text], texts: [path] };
  if (def.type === 'nullable' || def.type === 'optional') return samplesOf(def.innerType, text, path);
  if (def.type === 'union') {
    const all = def.options.map((option) => samplesOf(option, text, path));
    return { values: all.flatMap(({ values }) => values), texts: all.flatMap(({ texts }) => texts) };
  }
  if (def.type === 'array' || def.type === 'record') {
    const { values, texts } = below(def.type === 'array' ? def.element : def.valueType, '*');
    return def.type === 'array' ? { values: [values], texts } : { values: [{ [text]: values[0] }], texts };
  }
  if (def.type === 'object') {
    const members = Object.entries(def.shape).map(([name, member]) => [name, below(member, name)] as const);
    const count = Math.max(1, ...members.map(([, { values }]) => values.length));
    const values = Array.from({ length: count }, (_, index) =>
      Object.fromEntries(members.map(([name, one]) => [name, one.values[index % one.values.length]])),
    );
    return { values, texts: members.flatMap(([, { texts }]) => texts) };
  }
  const others = [1, true, [0, 1], 'a'.repeat(32), 'a'.repeat(64), '2026-11-30T08:00:00.000Z', text.slice(0, 3), null];
  const closed = def.type === 'enum' ? Object.values(def.entries) : (def.values ?? []);
  const value = [...closed, ...others].find((candidate) => faultsOf(shape, candidate).length === 0);
  if (value === undefined) throw new Error(`no value for ${path}`);
  return { values: [value], texts: [] };
}

/** Where in values a text stands as it is. */
function textsIn(values: readonly unknown[], text: string): readonly string[] {
  const visit = (value: unknown, path: readonly string[]): readonly string[] => {
    if (value === text) return [path.join('/')];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) => visit(part, [...path, Array.isArray(value) ? '*' : key]));
  };
  return values.flatMap((value) => (Array.isArray(value) ? value.flatMap((one) => visit(one, [])) : visit(value, [])));
}

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

  const known = textsOf(catalog.features.map(catalogFileOf));
  const hide = (plan: UnroutedPlan, more: Partial<CarryRequestHead> = {}, salt = 'salt') =>
    redacted({ plan, head: { ...requestHead, machine: inside.machine, ...more } }, inside, known, salt);
  const plan = makePlan(catalog, { what: ['https://wsus.corp.contoso.com/x', 'files:445', 'www.contoso.com:443'] });
  const parameters = { server: 'wsus.corp.contoso.com', tenantId: 'corp' };
  const sources = { ...requestHead.catalog, sources: ['srv9.json'] };
  const made = hide(plan, { parameters, catalog: sources });
  const text = JSON.stringify([made.plan, made.head]);

  it('leave no trace, and are not probed', () => {
    expect(text).not.toMatch(/wsus|files|scp01|corp|srv9/);
    expect(made.plan.targets.map(({ id, host }) => [id, host]).at(-1)).toEqual(
      plan.targets.map(({ id, host }) => [id, host]).at(-1),
    );
    expect(made.plan.targets.map(({ untested }) => untested?.code ?? null)).toEqual(['inside', 'inside', null]);
    expect(requestFrom(made.plan)).toMatchObject({ targets: made.plan.targets });
  });

  it('are other hashes with another salt', () => {
    expect(JSON.stringify(hide(plan, {}, 'other'))).not.toContain(made.head.machine);
  });

  it('come back', () => {
    expect(restored(made.plan, made.names)).toEqual({
      ...plan,
      targets: plan.targets.map((target, index) => (index < 2 ? { ...target, untested: { code: 'inside' } } : target)),
    });
    const head = restored(made.head, made.names);
    expect([head.machine, head.catalog, Object.values(head.parameters)]).toEqual([
      inside.machine,
      sources,
      Object.values(parameters),
    ]);
  });

  it('are replaced as a whole where they are asked: what merely holds one stays', () => {
    const near = makePlan(catalog, { what: ['https://files/myfiles-files.txt?files=1'] });
    const [target] = hide(near).plan.targets;
    expect(target?.url).toMatch(
      /^https:\/\/inside-[0-9a-f]{16}\.invalid\/myfiles-files\.txt\?inside-[0-9a-f]{16}\.invalid=1$/,
    );
  });

  it.each([
    ['https://a.example/?from=db.corp.contoso.com.bak', false],
    ['https://a.example/10.1.2.3/x', false],
    ['https://a.example/fd00::7/x', false],
    ['https://a.example/scp01', false],
    ['https://www.home-office.example/local-x', true],
  ])('are found in what a public host is asked, and it is not asked then: %s', (url, isAsked) => {
    const near = makePlan(catalog, { what: [url] });
    const { plan: there, names } = hide(near);
    expect(there.targets[0]?.untested ?? null).toEqual(isAsked ? null : { code: 'inside' });
    expect(restored(there.targets[0]?.url, names)).toBe(near.targets[0]?.url);
    expect(/corp|10\.1|fd00|scp01/.test(JSON.stringify(there))).toBe(false);
  });

  it("are not looked for in the program's own catalog, which leaves as everybody knows it", () => {
    const own = makePlan(catalog, {});
    expect(hide(own).plan).toEqual(own);
  });

  it('may be thousands, and come back each as it was', () => {
    const [first] = plan.targets;
    if (first === undefined) throw new Error('no target');
    const many = Array.from({ length: 3000 }, (_, index) => ({
      ...first,
      id: `mine/${index}`,
      endpoint: `e${index}`,
    }));
    const large = hide({ ...plan, targets: many });
    expect(Object.keys(large.names).length).toBeGreaterThan(6000);
    expect(restored(large.plan.targets.at(-1)?.id, large.names)).toBe('mine/2999');
    expect(restored(large.plan, large.names).targets.every(({ id }, index) => id === `mine/${index}`)).toBe(true);
  });

  it('leave in no member of a request that can hold text, be it one that nobody thought of yet', () => {
    // Whatever is said: a name with a dot, addresses, and names that only people could tell from words.
    const said = 'see intranet01 or db.corp.internal, 10.7.7.7 and fd00::77 on scp01';
    const head = samplesOf(carryRequestHead, said);
    const { features = [], ...carried } = samplesOf(carriedPlan, said).values[0] as CarriedPlan;
    const targets = samplesOf(unroutedTarget, said);
    const members = [...head.texts, ...samplesOf(carriedPlan, said).texts, ...targets.texts];
    expect(members.length).toBeGreaterThan(25);
    const leaving = {
      head: head.values[0] as CarryRequestHead,
      plan: { ...plan, ...carried, features, targets: targets.values as UnroutedPlan['targets'] },
    };
    const hid = redacted(leaving, inside, known, 'salt');
    const lines = [...linesOfRequest(hid.head, hid.plan, [])].map((line) => JSON.stringify(line)).join('\n');
    // Of a form of its own, though its shape does not say which; the program, or the catalog's reader, makes sure of it.
    const formed = textsIn([hid.head, hid.plan.targets, { ...hid.plan, targets: [] }], said);
    expect([...new Set(formed)].sort()).toEqual([
      ...['anchors/*/pem', 'anchors/*/sha256', 'catalog/version', 'content/sha256', 'content/startsWith', 'key'],
      ...['tls/anchors/*', 'untested/protocol', 'wayclear'],
    ]);
    // Where something is asked as it stands, a word that nobody calls a host stays.
    const left = lines.replaceAll(JSON.stringify(said), '""').replaceAll('see intranet01 or', '');
    expect(left).not.toMatch(/intranet01|corp\.internal|10\.7\.7|fd00|scp01/);
    expect(restored(hid.plan, hid.names).targets.map(({ source, url }) => [source, url])).toEqual(
      leaving.plan.targets.map(({ source, url }) => [source, url]),
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
