/** One POST over HTTPS, directly or through a proxy, bounded in size. */
import { request as clearRequest } from 'node:http';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type DocumentProxy, documentAgent } from '../proxy/document-agent.ts';
import { Undelivered } from './sender.ts';
import type { Post } from './webhook.ts';

export interface PostSettings {
  readonly url: URL;
  /** What it goes through, asked anew each time: networks change. Null: the direct path. */
  readonly proxyFor: (url: URL, signal: AbortSignal) => Promise<DocumentProxy | null>;
  readonly lookup: LookupFunction;
  /** Roots in PEM in place of the runtime's own. */
  readonly ca: string | undefined;
}

/** `isOwn`: by whom the address says; what comes in place of a tunnel is the proxy's own. */
type Answer = Awaited<ReturnType<Post>> & { readonly isOwn: boolean };

/** What a proxy says of itself neither takes a notice nor gives it up, and sets no time. */
function own(answer: Answer): Answer {
  if (!answer.isOwn) throw new Undelivered(`proxy-status ${answer.status}`);
  return answer;
}

export function createPost({ url, proxyFor, lookup, ca }: PostSettings): Post {
  const send = async (proxy: string | null, ...[headers, body, signal]: Parameters<Post>): Promise<Answer> => {
    const agent = proxy === null ? false : await documentAgent(proxy, lookup);
    return await new Promise((resolve, reject) => {
      const trust = ca === undefined ? {} : { ca };
      const options = {
        method: 'POST',
        signal,
        agent,
        lookup,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      };
      const start = url.protocol === 'https:' ? request : clearRequest;
      const outgoing = start(url, { ...options, ...trust }, (answer) => {
        const isOwn = url.protocol === 'http:' || answer.socket instanceof TLSSocket;
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, isOwn });
        // What it says besides is nobody's.
        answer.destroy();
      });
      outgoing.on('error', reject);
      // A request whose connection a proxy has not given yet tells nobody that it was ended.
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      outgoing.end(body);
    });
  };
  return async (...given) => {
    const proxy = await proxyFor(url, given[2]);
    const first = await send(proxy?.url ?? null, ...given);
    if (first.status !== 407 || proxy === null) return own(first);
    const asked = [first.headers['proxy-authenticate'] ?? []].flat().join(', ');
    if (proxy.withAccount === null || !/(?:^|,\s?)basic(?:[\s,]|$)/i.test(asked)) {
      throw new Undelivered('proxy-account');
    }
    return own(await send(proxy.withAccount, ...given));
  };
}
