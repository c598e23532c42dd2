import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { propose } from '../../src/diagnose/propose/propose.ts';
import type { Attempt, FailureCode, Observations, TlsValue } from '../../src/model/observations.ts';
import type { Route } from '../../src/model/plan.ts';
import { type AddressSpec, controls, failure, type HostSpec, run } from './observations.ts';

const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
const native: Partial<TlsValue> = { helloBytes: 350, bytesWritten: 350, bytesRead: 40 };

/** Hosts whose handshake fails so, as the native socket shows it: without first bytes. */
function failing(tls: AddressSpec['tls'], partial: Partial<TlsValue> = {}, count = 1): Observations {
  const hosts = Array.from(
    { length: count },
    (_, index): HostSpec => ({
      host: `www.adatum${index}.org`,
      at: [
        {
          address: `20.1.2.${index + 3}`,
          ...(tls === undefined ? {} : { tls }),
          tlsPartial: { ...native, ...partial },
        },
      ],
    }),
  );
  const observations = run([...hosts, ...controls]);
  const probes = observations.probes.map((probe) => ({ ...probe, attempts: probe.attempts.map(withoutFirstBytes) }));
  return { ...observations, probes };
}

function withoutFirstBytes(attempt: Attempt): Attempt {
  if (attempt.tls.status !== 'failed') return attempt;
  const { firstBytes: _, ...partial } = attempt.tls.partial ?? {};
  return { ...attempt, tls: { ...attempt.tls, partial } };
}

const wishes = (observations: Observations) => propose(observations).filter(({ kind }) => kind === 'first-bytes');

/** What every place answered that was asked, and all is judged again. */
function answered(observations: Observations, text: string, code: FailureCode = 'tls.not-tls'): Observations {
  const experiments = wishes(observations).map((experiment) => {
    const { does, host } = experiment;
    const address = does.action === 'connect' ? does.address : '20.1.2.3';
    const [probe] = run([
      { host, at: [{ address, tls: code, tlsPartial: { ...native, firstBytes: base64(text) } }] },
    ]).probes;
    if (probe === undefined) throw new Error('no probe');
    return { ...experiment, observation: { ...probe, target: experiment.target } };
  });
  return { ...observations, experiments };
}

const oldVersion = failure('tls.protocol', {
  raw: { name: 'Error', code: 'ERR_SSL_UNSUPPORTED_PROTOCOL', message: 'unsupported protocol' },
});
const serverHello10 = '\x16\x03\x01\0\x2a\x02\0\0\x26\x03\x01';

describe('what answers where a handshake shows nothing of it', () => {
  it('is asked for, and stands in the evidence', () => {
    const observations = failing('tls.not-tls');
    expect(wishes(observations)).toMatchObject([
      { does: { action: 'connect', address: '20.1.2.3', firstBytes: true } },
    ]);
    const [root] = diagnose(answered(observations, 'SSH-2.0-x\r\n')).rootCauses;
    expect(root).toMatchObject({ cause: 'tls.not-tls', confidence: 'medium' });
    expect(root?.evidence[0]).toMatchObject({ code: 'tls.not-tls', args: { text: 'SSH-2.0-x.' } });
  });

  it('is no TLS without that as well, and there is nothing to show', () => {
    const [root] = diagnose(failing('tls.not-tls')).rootCauses;
    expect(root).toMatchObject({ cause: 'tls.not-tls', evidence: [{ args: { text: '' } }] });
  });

  it('is asked for at four places, and one cause stands for all', () => {
    const observations = failing('tls.not-tls', {}, 9);
    expect(wishes(observations)).toHaveLength(4);
    const { rootCauses } = diagnose(answered(observations, 'HTTP/1.1 400 Bad Request'));
    expect(rootCauses.map(({ cause, targets }) => [cause, targets.length])).toEqual([['tls.not-tls', 9]]);
  });

  it('may be an older version, whose name the answer holds', () => {
    const observations = failing(oldVersion);
    expect(diagnose(observations).rootCauses[0]?.cause).toBe('tls.version-mismatch');
    const [root] = diagnose(answered(observations, serverHello10, 'tls.protocol')).rootCauses;
    expect(root).toMatchObject({ cause: 'tls.version-mismatch', confidence: 'high' });
    expect(root?.evidence[0]).toMatchObject({ code: 'tls.old-version', args: { version: 'TLS 1.0' } });
  });

  it('is TLS after all where it was answered with an alert', () => {
    const [root] = diagnose(failing('tls.not-tls', { bytesWritten: 357 })).rootCauses;
    expect(root?.cause).toBe('undetermined');
  });

  it('is no TLS where fewer bytes than a record header came, and they are none', () => {
    const firstBytes = base64('no');
    const [host, ...others] = [
      {
        host: 'www.adatum.org',
        at: [{ address: '20.1.2.3', tls: 'tls.closed', tlsPartial: { bytesRead: 2, firstBytes } }],
      },
      ...controls,
    ] as const satisfies readonly HostSpec[];
    expect(diagnose(run([host, ...others])).rootCauses[0]?.cause).toBe('tls.not-tls');
  });

  it('is not asked for where the handshake shows enough', () => {
    for (const bytesRead of [0, 5]) expect(wishes(failing('tls.closed', { bytesRead }))).toEqual([]);
    expect(wishes(failing(failure('tls.alert', { alert: 70 })))).toEqual([]);
  });
});

describe('what answers at a proxy that was to speak TLS', () => {
  const route: Route = {
    kind: 'proxy',
    protocol: 'https',
    host: 'proxy.corp.example',
    port: 3128,
    source: 'flag',
    why: '--proxy',
  };
  const proxy = 'https://proxy.corp.example:3128';

  function proxied(): Observations {
    const observations = failing('tls.not-tls', {}, 3);
    const { plan, probes } = observations;
    const tunnel = {
      status: 'failed',
      at: 0,
      ms: 5,
      failure: failure('tunnel.tls', { detail: 'not-tls' }),
      partial: { proxy, via: 'connect', status: null, headers: [] },
    } as const;
    const skipped = { status: 'skipped', because: 'tunnel' } as const;
    return {
      ...observations,
      plan: { ...plan, targets: plan.targets.map((target) => ({ ...target, route })) },
      probes: probes.map((probe) => ({
        ...probe,
        route,
        attempts: probe.attempts.slice(0, 1).map((attempt) => ({
          ...attempt,
          address: null,
          family: null,
          proxy: { proxy, dns: null, address: '10.9.8.7', failed: [] },
          tunnel,
          tls: skipped,
          http: skipped,
        })),
      })),
    };
  }

  it('is asked for once, at the proxy itself, and stands in the evidence', () => {
    const observations = proxied();
    expect(wishes(observations)).toMatchObject([
      { does: { action: 'connect', address: '10.9.8.7', port: 3128, servername: 'proxy.corp.example' } },
    ]);
    const [root] = diagnose(answered(observations, 'HTTP/1.1 400 Bad Request\r\n')).rootCauses;
    expect(root?.cause).toBe('proxy.tls-failed');
    expect(root?.evidence).toContainEqual({
      code: 'proxy.not-http',
      args: { proxy, text: 'HTTP/1.1 400 Bad Request.' },
    });
  });
});
