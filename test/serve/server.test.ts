import { get, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../../src/serve/server.ts';

let server: Listening;
beforeAll(async () => {
  server = await listen(
    { host: '127.0.0.1', port: 0, tls: null },
    async ({ address }) => ({ status: 200, type: 'text/plain', body: address }),
    (error) => {
      throw error;
    },
  );
});
afterAll(() => server.close());

const addressOf = (headers: Readonly<Record<string, string>>): Promise<string> =>
  new Promise((resolve, reject) => {
    get(server.url, { headers }, (answer) => {
      let text = '';
      answer.on('data', (part: Buffer) => {
        text += part.toString();
      });
      answer.on('end', () => resolve(text));
    }).on('error', reject);
  });

describe('where a question came from', () => {
  it.each<[Readonly<Record<string, string>>, string]>([
    [{}, '127.0.0.1'],
    [{ 'x-forwarded-for': '192.0.2.1, 198.51.100.7' }, '198.51.100.7'],
    [{ 'x-forwarded-for': '198.51.100.7:4711' }, '198.51.100.7'],
    [{ 'x-forwarded-for': '[2001:db8::1]:4711' }, '2001:db8::1'],
    // Somebody elsewhere, whoever that is.
    [{ 'x-forwarded-for': 'unknown' }, 'unknown'],
    [{ forwarded: 'for=192.0.2.1' }, 'unknown'],
  ])('behind a proxy that says %j is %s', async (headers, address) => {
    expect(await addressOf(headers)).toBe(address);
  });
});

describe('a door', () => {
  it('waits for a slow reader as often as it takes, and leaves nothing behind each time', async () => {
    let response: ServerResponse | undefined;
    const listeners: number[] = [];
    async function* body(): AsyncIterable<string> {
      for (let count = 0; count < 30; count += 1) {
        listeners.push(response?.listenerCount('close') ?? -1);
        yield 'x'.repeat(512 * 1024);
      }
    }
    const long = await listen(
      { host: '127.0.0.1', port: 0, tls: null },
      async () => ({ status: 200, type: 'text/plain', body: body() }),
      (error) => {
        throw error;
      },
    );
    long.server.prependListener('request', (_, own) => {
      response = own;
    });
    expect(await (await fetch(long.url)).text()).toHaveLength(30 * 512 * 1024);
    await long.close();
    expect(new Set(listeners).size).toBe(1);
  });

  it('lets others have their turn while it is read as fast as it is made', async () => {
    let [turns, isOver] = [0, false];
    const turn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    async function* body(): AsyncIterable<string> {
      setImmediate(turn);
      for (let count = 0; count < 4000; count += 1) yield 'x'.repeat(1024);
      isOver = true;
    }
    const long = await listen(
      { host: '127.0.0.1', port: 0, tls: null },
      async () => ({ status: 200, type: 'text/plain', body: body() }),
      (error) => {
        throw error;
      },
    );
    expect(await (await fetch(long.url)).text()).toHaveLength(4000 * 1024);
    await long.close();
    // From Node.js 22 on a response takes 64 KiB before it wants to rest, 16 KiB before.
    expect(turns).toBeGreaterThan(30);
  });
});
