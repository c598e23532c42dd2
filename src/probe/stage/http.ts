import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { timeUp } from '../../clock.ts';
import type { ContentExpectation } from '../../model/catalog.ts';
import type { EchoHeader } from '../../model/experiments.ts';
import type { HttpValue, StageResult } from '../../model/observations.ts';
import { type ContentMeter, contentMeter } from './content.ts';
import { StageError } from './failure.ts';
import { type ConnectionEnding, clientOn, hearEnding, maxHeaderBlock } from './http-client.ts';
import { keptExcerpt, keptHeaders, mostExcerptBytes } from './kept-answer.ts';
import { type StageContext, type Step, stage } from './stage.ts';

export interface HttpRequest {
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  /** Host header; left out: what the URL says. */
  readonly host?: string;
  readonly userAgent: string;
  /** Sent by TRACE to the first who reads it, in place of the method. */
  readonly echo?: EchoHeader | undefined;
  /** Of a download: what of it is read, and asked for. */
  readonly content?: ContentExpectation;
  /** Where the body itself is wanted (a revocation list): called with a complete body of at most `max` bytes, or never. */
  readonly body?: { readonly max: number; readonly keep: (bytes: Buffer) => void } | undefined;
}

/** Bounds on what a hostile peer can make us read and keep. */
const maxBody = 65_536;
/** Milliseconds that a body may take once its headers have proven the path. */
const maxBodyMs = 2_000;

type Headers = readonly (readonly [string, string])[];

function headersOf(raw: unknown): Headers {
  if (!Array.isArray(raw)) return [];
  const text = (part: unknown): string => (Buffer.isBuffer(part) ? part.toString('utf8') : String(part));
  return Array.from({ length: Math.floor(raw.length / 2) }, (_, index) => [
    text(raw[2 * index]).toLowerCase(),
    text(raw[2 * index + 1]),
  ]);
}

const firstValue = (headers: Headers, name: string): string | undefined =>
  headers.find(([header]) => header === name)?.[1];

/** A `Date` header minus this clock, in milliseconds; null if it can't be read. */
export function clockOffset(date: string | undefined, wall: number): number | null {
  const there = date?.endsWith(' GMT') ? Date.parse(date) : Number.NaN;
  return Number.isFinite(there) ? Math.round(there - wall) : null;
}

/** What is compressed in spite of `identity` stays so, and says nothing. */
const isPlain = (encoding: string | undefined): boolean =>
  encoding === undefined || encoding.toLowerCase() === 'identity';

type Head = Omit<HttpValue, 'bodyExcerpt' | 'bodyBytes' | 'bodyEnd'>;

/** An answer as it comes in: its start is kept, the rest is counted. */
function startAnswer(wanted: HttpRequest['body'], meter: ContentMeter | null, { keep, room }: StageContext) {
  const bodyBound = wanted?.max ?? meter?.most ?? maxBody;
  const excerptBound = wanted?.max ?? mostExcerptBytes;
  const excerpt: Buffer[] = [];
  let head: Head | null = null;
  let encoding: string | undefined;
  let wireBytes = 0;
  let headBytes = 0;
  let bodyBytes = 0;
  return {
    hasHead: () => head !== null,
    /** Counts what came over the wire; whether that is too much for what it is: framing has no other bound. */
    isOver(bytes: number): boolean {
      wireBytes += bytes;
      return head === null ? wireBytes > 2 * maxHeaderBlock : wireBytes - headBytes > 2 * bodyBound;
    },
    begin(answerHead: Head, headers: Headers): void {
      head = answerHead;
      headBytes = wireBytes;
      encoding = firstValue(headers, 'content-encoding');
    },
    /** Whether the body has reached its bound. */
    add(chunk: Buffer): boolean {
      if (bodyBytes < excerptBound) excerpt.push(Buffer.from(chunk));
      bodyBytes += chunk.length;
      meter?.add(chunk);
      return bodyBytes >= bodyBound;
    },
    /** Null without a head. */
    end(bodyEnd: HttpValue['bodyEnd']): HttpValue | null {
      if (head === null) return null;
      if (bodyEnd === 'complete') wanted?.keep(Buffer.concat(excerpt));
      const bodyExcerpt = isPlain(encoding)
        ? keptExcerpt(Buffer.concat(excerpt), bodyEnd !== 'complete', keep, room)
        : '';
      const content = meter === null ? {} : { content: meter.facts(bodyEnd === 'complete') };
      return { ...head, bodyExcerpt, bodyBytes: Math.min(bodyBytes, bodyBound), bodyEnd, ...content };
    },
  };
}

/** What undici is asked to send. */
function messageOf({ url, method, host, userAgent, echo }: HttpRequest, range: string | null) {
  const { pathname, search, host: authority } = new URL(url);
  return {
    path: pathname + search,
    method: echo === undefined ? method : 'TRACE',
    reset: true,
    headers: {
      host: host ?? authority,
      'user-agent': userAgent,
      accept: '*/*',
      'accept-encoding': 'identity',
      ...(range === null ? {} : { range }),
      ...(echo === undefined ? {} : { 'max-forwards': '0', [echo.name]: echo.value }),
    },
  } as const;
}

/** Why a connection that has served is ended: of an error of its own for each, undici and streams write out the stack. */
const over = new Error('the exchange is over');

/** Sends the request, and reads the answer until it ends or has shown enough. */
async function exchange(
  socket: Socket | TLSSocket,
  asked: HttpRequest,
  context: StageContext,
  step: Step<HttpValue>,
  ending: ConnectionEnding,
): Promise<HttpValue> {
  const { clock, timeoutMs, keep, room } = context;
  const meter = asked.content === undefined ? null : contentMeter(asked.content);
  const answer = startAnswer(asked.body, meter, context);
  // A virus scanner may hold a download for seconds.
  const mostBodyMs = asked.body === undefined && meter === null ? maxBodyMs : timeoutMs;
  let overflow = (): void => {};
  const client = await clientOn(socket, new URL(asked.url).origin, ending, (bytes) => {
    const isOver = answer.isOver(bytes);
    if (isOver) overflow();
    return isOver;
  });
  const began = clock.now();
  let forgetBody = (): void => {};
  const close = (): void => {
    forgetBody();
    client.destroy(over).catch(() => {});
  };
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(error);
      close();
    };
    const finish = (bodyEnd: HttpValue['bodyEnd']): void => {
      const value = answer.end(bodyEnd);
      if (value === null) return;
      resolve(value);
      close();
    };
    overflow = () =>
      answer.hasHead() ? finish('bounded') : fail(new StageError('http.overflow', 'no end of the header block'));
    step.stop = () => (answer.hasHead() ? finish('stalled') : close());
    client.dispatch(messageOf(asked, meter?.range ?? null), {
      onRequestStart: () => {},
      onResponseStart: (controller, status, _headers, reason) => {
        if (status < 200) return;
        const headers = headersOf(controller.rawHeaders);
        const elapsed = clock.now() - began;
        answer.begin(
          {
            status,
            reason: keep(reason ?? ''),
            headers: keptHeaders(headers, keep, room),
            headersMs: Math.round(elapsed * 1000) / 1000,
            clockOffsetMs: clockOffset(firstValue(headers, 'date'), clock.wall()),
          },
          headers,
        );
        const left = Math.max(0, timeoutMs - elapsed);
        forgetBody = timeUp(Math.min(mostBodyMs, left), () => finish('stalled'));
      },
      onResponseData: (_controller, chunk) => {
        if (answer.add(chunk)) finish('bounded');
      },
      onResponseEnd: () => finish('complete'),
      onResponseError: (_controller, error) => (answer.hasHead() ? finish('broken') : fail(ending.error() ?? error)),
    });
  });
}

/**
 * One request on this socket and on no other. Passes when a final response's header block came, whatever it says; a body
 * that stalls, drips, breaks or never ends fails nothing. No redirect is followed. Nothing is inflated. The socket is of no use afterwards.
 */
export function request(
  socket: Socket | TLSSocket,
  asked: HttpRequest,
  context: StageContext,
): Promise<StageResult<HttpValue>> {
  return stage<HttpValue>('http', context, (step) => {
    const ending = hearEnding(socket);
    step.ended = ending.end;
    return exchange(socket, asked, context, step, ending);
  });
}
