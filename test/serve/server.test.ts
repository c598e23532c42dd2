import { get } from 'node:http';
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
