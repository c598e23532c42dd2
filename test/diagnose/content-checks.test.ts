import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { propose } from '../../src/diagnose/propose/propose.ts';
import type { ContentExpectation } from '../../src/model/catalog.ts';
import type { HttpValue, Observations } from '../../src/model/observations.ts';
import { run } from './observations.ts';

const host = 'cdn.adatum.org';
const url = `https://${host}/update.cab`;
const content: ContentExpectation = { range: [0, 1023], startsWith: '4d534346', length: null, sha256: null };
const facts = { bytes: 1024, firstBytes: '4d534346', sha256: null };
const part: Partial<HttpValue> = { status: 206, headers: [['content-range', 'bytes 0-1023/9000']], content: facts };

const download = (http: Partial<HttpValue>): Observations =>
  run([{ host, target: { content, url }, at: [{ address: '20.1.2.3', http }] }]);

/** The run with what HEAD brought. */
function withHead(head: Partial<HttpValue>): Observations {
  const observations = download(part);
  const [experiment] = propose(observations);
  const [probe] = download(head).probes;
  if (experiment === undefined || probe === undefined) throw new Error('nothing is asked for');
  return { ...observations, experiments: [{ ...experiment, observation: probe }] };
}

const checkOf = (observations: Observations) => diagnose(observations).checks.find(({ id }) => id === 'content-head');

describe('HEAD for a download', () => {
  it('is asked for once where GET brought it, and for nothing else', () => {
    expect(propose(download(part)).map(({ kind }) => kind)).toEqual(['head']);
    expect(propose(withHead({ status: 200 }))).toEqual([]);
    expect(propose(run([{ host, at: [{ address: '20.1.2.3' }] }]))).toEqual([]);
  });

  it.each<[string, Partial<HttpValue>, object | undefined]>([
    ['says the same', { status: 200, headers: [['content-length', '9000']] }, undefined],
    ['tells no length', { status: 200 }, undefined],
    ['is refused', { status: 405 }, { args: { by: '405', status: 206, length: 0, documented: 0 } }],
    [
      'tells another length',
      { status: 200, headers: [['content-length', '120']] },
      { args: { length: 120, documented: 9000 } },
    ],
  ])('%s', (_, head, detail) => {
    const observations = withHead(head);
    expect(checkOf(observations)?.detail).toEqual(detail === undefined ? undefined : expect.objectContaining({}));
    if (detail !== undefined) expect(checkOf(observations)).toMatchObject({ verdict: 'warn', cause: null, detail });
    expect(diagnose(observations).rootCauses).toEqual([]);
  });
});

describe('a range that is answered by the whole', () => {
  const whole: Partial<HttpValue> = { status: 200, content: { ...facts, bytes: 5000 } };
  const asked = (startsWith: string | null, scheme: 'https' | 'http'): Observations =>
    run([
      {
        host,
        target: { content: { ...content, startsWith }, url: `${scheme}://${host}/update.cab`, scheme },
        at: [{ address: '20.1.2.3', http: whole }],
      },
    ]);

  it.each([
    ['4d534346', 'https', 'high', []],
    [null, 'https', 'high', []],
    ['4d534346', 'http', 'high', []],
    [null, 'http', 'medium', ['http.block-page']],
  ] as const)('begins with %s over %s: a range that is blocked', (startsWith, scheme, confidence, alternatives) => {
    expect(diagnose(asked(startsWith, scheme)).rootCauses).toMatchObject([
      { cause: 'http.range-blocked', confidence, alternatives },
    ]);
  });
});

describe('a download that breaks off', () => {
  const cut: Partial<HttpValue> = { ...part, bodyEnd: 'broken', content: { ...facts, bytes: 300 } };

  /** The run, and the same again as it was asked for. */
  function again(second: Partial<HttpValue>): Observations {
    const observations = download(cut);
    const wish = propose(observations).find(({ kind }) => kind === 'again');
    const [probe] = download(second).probes;
    if (wish === undefined || probe === undefined) throw new Error('nothing is asked for again');
    return { ...observations, experiments: [{ ...wish, observation: probe }] };
  }

  it('is said with little certainty after one look, and asked for again', () => {
    expect(diagnose(download(cut)).rootCauses).toMatchObject([{ cause: 'http.truncated', confidence: 'medium' }]);
    expect(propose(download(cut)).find(({ kind }) => kind === 'again')?.does).toMatchObject({ url, content });
  });

  it('is certain when it breaks off again', () => {
    const observations = again(cut);
    const { rootCauses } = diagnose(observations);
    expect(rootCauses).toMatchObject([{ cause: 'http.truncated', confidence: 'high', alternatives: [] }]);
    expect(rootCauses[0]?.evidence.map(({ code }) => code)).toContain('tried.again');
    expect(propose(observations).map(({ kind }) => kind)).not.toContain('again');
  });

  it('is no finding where it came whole then, and told as what happened once', () => {
    const { rootCauses, checks } = diagnose(again(part));
    expect(rootCauses).toEqual([]);
    expect(checks.find(({ id }) => id === 'steadiness')).toMatchObject({
      verdict: 'pass',
      detail: { args: { what: host, tried: 2 } },
    });
  });
});

describe('something else than the documented object', () => {
  const page = { bytes: 40, firstBytes: '3c68746d6c3e', sha256: null };
  const other: Partial<HttpValue> = { status: 200, headers: [['content-type', 'text/html']], content: page };
  const plainly = (http: Partial<HttpValue>): Observations =>
    run([
      {
        ...{ host, target: { content, scheme: 'http', url: `http://${host}/update.cab` } },
        at: [{ address: '20.1.2.3', http }],
      },
    ]);

  it('is somebody’s page over plain HTTP, for every path of the host as well', () => {
    const observations = plainly(other);
    expect(diagnose(observations).rootCauses).toMatchObject([{ cause: 'http.block-page', confidence: 'low' }]);
    const wishes = propose(observations).filter(({ kind }) => kind === 'other-content');
    expect(wishes).toHaveLength(1);
    const [probe] = plainly(other).probes;
    const experiments = wishes.map((wish) => ({ ...wish, observation: probe }));
    const followed = { ...observations, experiments } as unknown as Observations;
    expect(diagnose(followed).rootCauses).toMatchObject([{ cause: 'http.block-page', confidence: 'medium' }]);
    expect(diagnose(plainly(part)).rootCauses).toEqual([]);
  });

  it('is a check under the certificate of the host itself, in bytes or in length', () => {
    const objectOf = (observations: Observations) =>
      diagnose(observations).checks.find(({ id }) => id === 'content-object');
    const sent = download(other);
    expect(objectOf(sent)).toMatchObject({ verdict: 'warn', cause: null, detail: { args: { first: '3c68746d6c3e' } } });
    expect(diagnose(sent).rootCauses).toEqual([]);
    expect(objectOf(download(part))).toBeUndefined();
    const documented = { ...content, length: 5000 };
    const longer = run([{ host, target: { content: documented, url }, at: [{ address: '20.1.2.3', http: part }] }]);
    expect(objectOf(longer)).toMatchObject({ detail: { args: { length: 9000, documented: 5000 } } });
  });
});
