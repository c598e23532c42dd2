import { type AnswerHead, valuesOf } from '../../answer-head.ts';
import type { HttpValue, StageResult } from '../../model/observations.ts';
import { hostAndPort } from '../../text-bounds.ts';
import { contentMeter } from '../stage/content.ts';
import { clockOffset, type HttpRequest } from '../stage/http.ts';
import { keptExcerpt, keptHeaders } from '../stage/kept-answer.ts';
import { type StageContext, stage } from '../stage/stage.ts';
import { framingOf, readBody } from './answer.ts';
import type { Peer } from './peer.ts';

/** What the proxy is asked for: a tunnel (`CONNECT`), or a plain HTTP URL in absolute form. */
export interface Forwarded extends Pick<HttpRequest, 'userAgent' | 'body' | 'content'> {
  readonly method: 'CONNECT' | 'GET' | 'HEAD';
  readonly host: string;
  readonly port: number;
  /** Empty for CONNECT. */
  readonly url: string;
  readonly hostHeader?: string;
}

const bounds = { body: 65_536, bodyMs: 2000 } as const;

export interface ProxyRequest {
  readonly method: string;
  /** The request target, as Digest binds it. */
  readonly uri: string;
  /** The request head, with the value of Proxy-Authorization or without. Latin-1. */
  readonly head: (authorization: string | null) => string;
}

/** The request as it is written (RFC 9110 section 9.3.6, RFC 9112 section 3.2.2). */
export function requestFor({ method, host, port, url, userAgent, hostHeader, content }: Forwarded): ProxyRequest {
  const authority = hostAndPort(host, port);
  const parsed = method === 'CONNECT' ? null : new URL(url);
  const uri = parsed === null ? authority : `${parsed.origin}${parsed.pathname}${parsed.search}`;
  const range = content === undefined ? null : contentMeter(content).range;
  const lines = [
    `${method} ${uri} HTTP/1.1`,
    `Host: ${hostHeader ?? parsed?.host ?? authority}`,
    `User-Agent: ${userAgent}`,
    ...(parsed === null ? [] : ['Accept: */*', 'Accept-Encoding: identity']),
    ...(range === null ? [] : [`Range: ${range}`]),
    // Old proxies read this name only; without it some close before the second leg.
    'Proxy-Connection: Keep-Alive',
  ];
  return {
    method,
    uri,
    head: (authorization) =>
      `${[...lines, ...(authorization === null ? [] : [`Proxy-Authorization: ${authorization}`])].join('\r\n')}\r\n\r\n`,
  };
}

/** The origin's, or somebody's, answer to a request in absolute form: read when the tunnel stage is over. */
export function forwarded(
  target: Forwarded,
  { head, peer }: { readonly head: AnswerHead; readonly peer: Peer },
  headersMs: number,
): (context: StageContext) => Promise<StageResult<HttpValue>> {
  return (context) =>
    stage<HttpValue>('http', context, async ({ signal }) => {
      const clockOffsetMs = clockOffset(valuesOf(head, 'date')[0], context.clock.wall());
      const meter = target.content === undefined ? null : contentMeter(target.content);
      const max = target.body?.max ?? meter?.most ?? bounds.body;
      const ms =
        target.body === undefined && meter === null ? Math.min(bounds.bodyMs, context.timeoutMs) : context.timeoutMs;
      const body = await readBody(peer, framingOf(head, target.method), { max, ms, signal });
      if (body.end === 'complete') target.body?.keep(body.bytes);
      meter?.add(body.bytes);
      const [encoding = 'identity'] = valuesOf(head, 'content-encoding');
      const headers = head.headers.map(
        ([name, value]) => [name, Buffer.from(value, 'latin1').toString('utf8')] as const,
      );
      return {
        status: head.status,
        reason: context.keep(head.reason),
        headers: keptHeaders(headers, context.keep, context.room),
        headersMs,
        clockOffsetMs,
        bodyExcerpt:
          encoding.toLowerCase() === 'identity'
            ? keptExcerpt(body.bytes, body.end !== 'complete', context.keep, context.room)
            : '',
        bodyBytes: body.bytes.length,
        bodyEnd: body.end,
        ...(meter === null ? {} : { content: meter.facts(body.end === 'complete') }),
      };
    });
}
