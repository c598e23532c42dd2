import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { createRoom } from '../../../src/probe/stage/kept-answer.ts';
import { stage } from '../../../src/probe/stage/stage.ts';

/** Keeps this process from reading for so long. */
const busy = (ms: number): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

it('takes an answer that lay there in time, however late this process read it', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  try {
    await once(socket, 'listening');
    // After the turn of the network, so that the timer of the stage is looked at before it.
    await turn();
    const context = { clock: systemClock, startedAt: 0, timeoutMs: 20, signal: new AbortController().signal };
    const result = await stage('dns', { ...context, keep: String, room: createRoom() }, (step) => {
      step.stop = () => socket.removeAllListeners('message');
      const answer = once(socket, 'message').then(([bytes]) => String(bytes));
      socket.send('answer', socket.address().port, '127.0.0.1');
      process.nextTick(process.nextTick, busy, 60);
      return answer;
    });
    expect(result).toMatchObject({ status: 'passed', value: 'answer' });
  } finally {
    socket.close();
  }
});
