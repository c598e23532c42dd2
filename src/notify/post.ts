/** One POST over HTTPS, directly or through a proxy, bounded in size. */
import type { LookupFunction } from 'node:net';
import { type DocumentProxy, ProxyDemand, requestDocument } from '../proxy/document-request.ts';
import { Undelivered } from './sender.ts';
import type { Post } from './webhook.ts';

export interface PostSettings {
  readonly url: URL;
  /** What it goes through, asked anew each time: networks and passwords change. Null: the direct path. */
  readonly proxyFor: (url: URL, signal: AbortSignal) => Promise<DocumentProxy | null>;
  readonly lookup: LookupFunction;
  /** Roots in PEM in place of the runtime's own. */
  readonly ca: string | undefined;
}

export function createPost({ url, proxyFor, lookup, ca }: PostSettings): Post {
  const trust = ca === undefined ? {} : { ca };
  return async (headers, body, signal, onOpen) => {
    const proxy = await proxyFor(url, signal);
    const request = { proxy, lookup, signal, method: 'POST', headers, body, onOpen, ...trust };
    const { answer, isOwn } = await requestDocument(url, request).catch((error: unknown) => {
      if (!(error instanceof ProxyDemand)) throw error;
      throw new Undelivered(error.why === 'refused' ? 'proxy-refused' : 'proxy-account');
    });
    const { statusCode: status = 0 } = answer;
    // What it says besides is nobody's.
    answer.destroy();
    // What a proxy says of itself neither takes a notice nor gives it up, and sets no time.
    if (!isOwn) throw new Undelivered(`proxy-status ${status}`);
    return { status, headers: answer.headers };
  };
}
