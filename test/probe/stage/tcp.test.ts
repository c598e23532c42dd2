import { getEventListeners } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Origin, tcpOrigin } from '../../../src/demo/listen.ts';
import { refusing, resetting, silent } from '../../../src/demo/origins-tcp.ts';
import { stage } from '../../../src/probe/stage/stage.ts';
import { onAbort } from '../../../src/probe/stage/stop.ts';
import { connectTcp } from '../../../src/probe/stage/tcp.ts';
import { unanswering } from '../../servers/broken-tcp.ts';
import { contextOf } from '../attempt-kit.ts';

const open: Origin[] = [];
async function started(starting: Promise<Origin>): Promise<Origin> {
  const origin = await starting;
  open.push(origin);
  return origin;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((origin) => origin.close()));
});

describe('connecting', () => {
  it('passes with the local end of the connection', async () => {
    let peer: Socket | undefined;
    const origin = await started(
      tcpOrigin({}, (socket) => {
        peer = socket;
      }),
    );
    const { result, socket } = await connectTcp('127.0.0.1', origin.port, contextOf());
    expect(result).toMatchObject({ status: 'passed', value: { localAddress: '127.0.0.1' } });
    await expect.poll(() => peer?.remotePort).toBe(socket?.localPort);
    socket?.destroy();
  });

  it('goes to exactly the address it is given', async () => {
    const origin = await started(silent({ address: '127.0.0.2' }));
    const other = await connectTcp('127.0.0.3', origin.port, contextOf());
    expect(other.result).toMatchObject({ status: 'failed', failure: { code: 'tcp.refused' } });
    const same = await connectTcp('127.0.0.2', origin.port, contextOf());
    expect(same.result.status).toBe('passed');
    same.socket?.destroy();
  });

  it.each<[string, () => Promise<Origin>, readonly string[]]>([
    ['a closed port is refused', refusing, ['tcp.refused']],
    ['a dropped SYN times out', unanswering, ['tcp.timeout']],
  ])('%s', async (_name, start, codes) => {
    const origin = await started(start());
    const { result, socket } = await connectTcp(origin.address, origin.port, contextOf({ timeoutMs: 300 }));
    expect(socket).toBeNull();
    expect(result.status === 'failed' ? result.failure.code : result.status).toBeOneOf([...codes]);
  });

  it('survives a reset that comes right after the connection', async () => {
    const origin = await started(resetting({ at: 'accept' }));
    for (let round = 0; round < 20; round++) {
      const { result, socket } = await connectTcp(origin.address, origin.port, contextOf());
      if (result.status === 'failed') expect(result.failure.code).toBe('tcp.reset');
      await new Promise((resolve) => setTimeout(resolve, 5));
      socket?.destroy();
    }
  });

  it.each(['deadline', 'interrupted'] as const)('is skipped when the run ends by %s', async (reason) => {
    const origin = await started(unanswering());
    const run = new AbortController();
    const connecting = connectTcp(origin.address, origin.port, contextOf({ signal: run.signal }));
    setTimeout(() => run.abort(reason), 20);
    expect(await connecting).toEqual({ result: { status: 'skipped', because: reason }, socket: null });
    expect((await connectTcp(origin.address, origin.port, contextOf({ signal: run.signal }))).result).toEqual({
      status: 'skipped',
      because: reason,
    });
  });

  it('refuses a name: that would be looked up in the thread pool', async () => {
    await expect(connectTcp('localhost', 1, contextOf())).rejects.toThrow(TypeError);
  });
});

describe('a stage', () => {
  it('times what it runs by the injected clock', async () => {
    let now = 1_000;
    const clock = { now: () => now, wall: () => 0 };
    const context = { ...contextOf(), clock, startedAt: 400 };
    const result = await stage('http', context, async () => {
      now += 12.34567;
      return 'value';
    });
    expect(result).toEqual({ status: 'passed', at: 600, ms: 12.346, value: 'value' });
  });

  it('never rejects, whatever is thrown', async () => {
    const thrown: unknown[] = [null, Symbol('s'), 'text', new Error('x')];
    for (const error of thrown) {
      const result = await stage('tcp', contextOf(), () => {
        throw error;
      });
      expect(result).toMatchObject({ status: 'failed', failure: { code: 'unclassified' } });
    }
  });

  it('ends at its timeout even if what it runs does not listen', async () => {
    const result = await stage('dns', contextOf({ timeoutMs: 20 }), (step) => {
      step.partial = () => ({ half: true });
      return new Promise<{ half: boolean }>(() => {});
    });
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'dns.timeout' }, partial: { half: true } });
  });

  it('takes a value that is given on being aborted', async () => {
    const result = await stage(
      'http',
      contextOf({ timeoutMs: 20 }),
      (step) =>
        new Promise((resolve) => {
          step.stop = () => resolve('what there is');
        }),
    );
    expect(result).toMatchObject({ status: 'passed', value: 'what there is' });
  });

  it('leaves nothing behind on the signal after 30,000 calls', async () => {
    const run = new AbortController();
    const warnings: string[] = [];
    const warned = (warning: Error): void => {
      warnings.push(warning.name);
    };
    process.on('warning', warned);
    const context = contextOf({ signal: run.signal });
    const slow = Array.from({ length: 2_000 }, () =>
      stage('tcp', context, () => new Promise((resolve) => setTimeout(resolve, 5))),
    );
    const ended: AbortSignal[] = [];
    for (let round = 0; round < 280; round++)
      await Promise.all(
        Array.from({ length: 100 }, () => stage('tcp', context, async (step) => ended.push(step.signal))),
      );
    await Promise.all(slow);
    process.off('warning', warned);
    expect(warnings).toEqual([]);
    expect(getEventListeners(run.signal, 'abort')).toEqual([]);
    let woken = 0;
    const forget = onAbort(run.signal, () => {
      woken += 10;
    });
    onAbort(run.signal, () => {
      woken++;
    });
    forget();
    run.abort('deadline');
    expect(woken).toBe(1);
    expect(ended.filter((signal) => signal.aborted)).toEqual([]);
  });
});

describe('the origin that answers no SYN', () => {
  it('gives its port back', async () => {
    const origin = await unanswering();
    await origin.close();
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(origin.port, '127.0.0.1', resolve);
    });
    server.close();
  });
});
