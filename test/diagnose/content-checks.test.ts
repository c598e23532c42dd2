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
