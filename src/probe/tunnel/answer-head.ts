import { harmless } from '../../harmless.ts';
import { StageError } from '../stage/failure.ts';
import type { Peer } from './peer.ts';

/** Bounds on what a hostile proxy can make us read and keep. */
const bounds = {
  head: 65_536,
  headers: 100,
  interim: 8,
  /** A line of a chunked body: size and extensions. */
  line: 4096,
  trailers: 64,
} as const;

/** The head of an answer, as it came: a Latin-1 string keeps each byte. */
export interface AnswerHead {
  readonly version: '1.0' | '1.1';
  readonly status: number;
  readonly reason: string;
  /** Names in lower case, in order, 100 at most. */
  readonly headers: readonly (readonly [string, string])[];
}

/** Values of a header, one for each field line. */
export function valuesOf(head: Pick<AnswerHead, 'headers'>, name: string): readonly string[] {
  return head.headers.flatMap(([known, value]) => (known === name ? [value] : []));
}

/** What came instead of an answer, to show. */
export function shownBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  return harmless(text.replace(/[^\x20-\x7e]/g, '.'), 64);
}

function parseHead(text: string): AnswerHead {
  const [first = '', ...lines] = text.split(/\r?\n/);
  const [, minor, status, reason = ''] = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: (.*))?$/.exec(first) ?? [];
  if (status === undefined) {
    throw new StageError('tunnel.not-http', 'the answer has no status line', shownBytes(Buffer.from(first, 'latin1')));
  }
  const headers: (readonly [string, string])[] = [];
  for (const line of lines) {
    const [, name, value = ''] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name !== undefined && headers.length < bounds.headers) headers.push([name.toLowerCase(), value]);
  }
  return { version: minor === '0' ? '1.0' : '1.1', status: Number(status), reason, headers };
}

/** End of the header block, and its length with the empty line; null while it did not come. */
function headEnd(bytes: Buffer): { readonly text: number; readonly whole: number } | null {
  const strict = bytes.indexOf('\r\n\r\n');
  const bare = bytes.indexOf('\n\n');
  if (strict >= 0 && (bare < 0 || strict < bare)) return { text: strict, whole: strict + 4 };
  return bare < 0 ? null : { text: bare, whole: bare + 2 };
}

/**
 * Reads the head of the next final answer; interim ones (1xx) are skipped. Throws StageError: `tunnel.not-http` as
 * soon as the first bytes are no HTTP, `tunnel.overflow` over 64 KiB, `tunnel.closed` if the peer ends before it is whole.
 */
export async function readHead(peer: Peer): Promise<AnswerHead> {
  for (let interim = 0; ; interim += 1) {
    let end = headEnd(peer.held);
    while (end === null) {
      const start = peer.held.toString('latin1', 0, 5);
      if (!'HTTP/'.startsWith(start.slice(0, 5))) {
        throw new StageError('tunnel.not-http', 'the answer is no HTTP', shownBytes(peer.held));
      }
      if (peer.held.length > bounds.head) throw new StageError('tunnel.overflow', 'no end of the header block');
      if (!(await peer.fill())) {
        const ended = peer.facts().ended === 'reset' ? 'tunnel.reset' : 'tunnel.closed';
        throw new StageError(ended, peer.held.length === 0 ? 'closed without an answer' : 'closed within the headers');
      }
      end = headEnd(peer.held);
    }
    if (end.text > bounds.head) throw new StageError('tunnel.overflow', 'the header block is too large');
    const head = parseHead(peer.take(end.whole).toString('latin1', 0, end.text));
    if (head.status >= 200) return head;
    if (interim >= bounds.interim) throw new StageError('tunnel.not-http', 'interim answers without end');
  }
}

/** How a body ends (RFC 9112 section 6.3). */
export type Framing =
  | { readonly kind: 'none' | 'chunked' | 'close' }
  | { readonly kind: 'length'; readonly bytes: number };

export function framingOf(head: AnswerHead, method: string): Framing {
  if (method === 'HEAD' || head.status === 204 || head.status === 304) return { kind: 'none' };
  if (method === 'CONNECT' && head.status < 300) return { kind: 'none' };
  const coding = valuesOf(head, 'transfer-encoding').join(',');
  if (coding !== '') return { kind: /(^|,)\s*chunked\s*$/i.test(coding) ? 'chunked' : 'close' };
  const [length] = valuesOf(head, 'content-length');
  if (length === undefined || !/^\d{1,15}$/.test(length)) return { kind: 'close' };
  return { kind: 'length', bytes: Number(length) };
}

/** The proxy means to go on with this connection. */
export function keepsOpen(head: AnswerHead): boolean {
  const tokens = [...valuesOf(head, 'connection'), ...valuesOf(head, 'proxy-connection')].join(',').toLowerCase();
  return head.version === '1.1' ? !/\bclose\b/.test(tokens) : /\bkeep-alive\b/.test(tokens);
}

export interface Body {
  /** The start of it, as far as the bound. */
  readonly bytes: Buffer;
  readonly end: 'complete' | 'bounded' | 'stalled' | 'broken';
}

/** Reads a body of at most `max` bytes, for at most `ms` milliseconds or until the signal. Never rejects. */
export async function readBody(
  peer: Peer,
  framing: Framing,
  { max, ms, signal }: { readonly max: number; readonly ms: number; readonly signal: AbortSignal },
): Promise<Body> {
  const parts: Buffer[] = [];
  let length = 0;
  let timer: NodeJS.Timeout | undefined;
  let stop = (): void => {};
  const late = new Promise<'stalled'>((resolve) => {
    stop = () => resolve('stalled');
    timer = setTimeout(stop, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
  /** More bytes; or why there are none. */
  const more = async (): Promise<'more' | 'ended' | 'broken' | 'stalled'> => {
    const filling = peer.fill().then(
      (came) => (came ? ('more' as const) : ('ended' as const)),
      () => 'broken' as const,
    );
    return Promise.race([filling, late]);
  };
  /** Takes up to `count` bytes of the body; null when they came. */
  const content = async (count: number): Promise<Body['end'] | 'ended' | null> => {
    for (let left = count; left > 0; ) {
      if (peer.held.length === 0) {
        const came = await more();
        if (came !== 'more') return came;
        continue;
      }
      const chunk = peer.take(Math.min(left, max - length));
      left -= chunk.length;
      length += chunk.length;
      parts.push(chunk);
      if (length >= max) return left === 0 ? null : 'bounded';
    }
    return null;
  };
  const line = async (): Promise<string | Body['end'][]> => {
    for (;;) {
      const at = peer.held.indexOf('\n');
      if (at >= 0)
        return peer
          .take(at + 1)
          .toString('latin1')
          .trim();
      if (peer.held.length > bounds.line) return ['broken'];
      const came = await more();
      if (came !== 'more') return [came === 'stalled' ? 'stalled' : 'broken'];
    }
  };
  const chunked = async (): Promise<Body['end']> => {
    for (;;) {
      const size = await line();
      if (typeof size !== 'string') return size[0] ?? 'broken';
      const [, digits] = /^([0-9a-f]{1,8})\s*(?:;.*)?$/i.exec(size) ?? [];
      if (digits === undefined) return 'broken';
      const count = Number.parseInt(digits, 16);
      for (let trailers = 0; count === 0; trailers += 1) {
        const trailer = await line();
        if (trailer === '') return 'complete';
        if (typeof trailer !== 'string' || trailers >= bounds.trailers) return 'broken';
      }
      const cut = await content(count);
      if (cut !== null) return cut === 'ended' ? 'broken' : cut;
      if (length >= max) return 'bounded';
      if ((await line()) !== '') return 'broken';
    }
  };
  const whole = async (): Promise<Body['end']> => {
    if (framing.kind === 'none') return 'complete';
    if (framing.kind === 'chunked') return chunked();
    const cut = await content(framing.kind === 'length' ? framing.bytes : Number.POSITIVE_INFINITY);
    if (cut === 'ended') return framing.kind === 'close' ? 'complete' : 'broken';
    return cut ?? 'complete';
  };
  const end = signal.aborted ? 'stalled' : await whole();
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  return { bytes: Buffer.concat(parts), end };
}
