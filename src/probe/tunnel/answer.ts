/** Reads a proxy's answer by hand: its head, and as much of its body as somebody will look at. */

import { type AnswerHead, headEnd, parseAnswerHead, valuesOf } from '../../answer-head.ts';
import { timeUp } from '../../clock.ts';
import type { Keep } from '../../secrets/secrets.ts';
import { StageError } from '../stage/failure.ts';
import type { Peer } from './peer.ts';

/** Bounds on what a hostile proxy can make us read and keep. */
const bounds = {
  head: 65_536,
  interim: 8,
  /** A line of a chunked body: size and extensions. */
  line: 4096,
  trailers: 64,
} as const;

/** Bytes of what is no answer that are read to show the first 64 of them without a secret. */
const shown = { read: 1024, kept: 64 } as const;

/** What came instead of an answer, to show. It may go on. */
export function shownBytes(bytes: Uint8Array, keep: Keep): string {
  const text = keep(Buffer.from(bytes.subarray(0, shown.read)).toString('latin1'), shown.kept, true);
  return text.replace(/[^\x20-\x7e]/g, '.').slice(0, shown.kept);
}

/** Waits until the head is whole. */
async function wholeHead(peer: Peer, keep: Keep): Promise<{ readonly text: number; readonly whole: number }> {
  let end = headEnd(peer.held);
  while (end === null) {
    const { length } = peer.held;
    if (!'HTTP/'.startsWith(peer.held.toString('latin1', 0, 5))) {
      throw new StageError('tunnel.not-http', 'the answer is no HTTP', shownBytes(peer.held, keep));
    }
    if (length > bounds.head) throw new StageError('tunnel.overflow', 'no end of the header block');
    if (!(await peer.fill())) {
      const ended = peer.facts().ended === 'reset' ? 'tunnel.reset' : 'tunnel.closed';
      throw new StageError(ended, length === 0 ? 'closed without an answer' : 'closed within the headers');
    }
    end = headEnd(peer.held, length);
  }
  if (end.text > bounds.head) throw new StageError('tunnel.overflow', 'the header block is too large');
  return end;
}

/**
 * Reads the head of the next final answer; interim ones (1xx) are skipped. Throws StageError: `tunnel.not-http` as
 * soon as the first bytes are no HTTP, `tunnel.overflow` over 64 KiB, `tunnel.closed` if the peer ends before it is whole.
 */
export async function readHead(peer: Peer, keep: Keep): Promise<AnswerHead> {
  for (let interim = 0; ; interim += 1) {
    const { text, whole } = await wholeHead(peer, keep);
    const latin1 = peer.take(whole).toString('latin1', 0, text);
    const head = parseAnswerHead(latin1);
    if (head === null) {
      const [line = ''] = latin1.split(/\r?\n/, 1);
      throw new StageError(
        'tunnel.not-http',
        'the answer has no status line',
        shownBytes(Buffer.from(line, 'latin1'), keep),
      );
    }
    if (head.status >= 200) return head;
    if (interim >= bounds.interim) throw new StageError('tunnel.not-http', 'interim answers without end');
  }
}

/** How a body ends (RFC 9112 section 6.3). */
type BodyFraming =
  | { readonly kind: 'none' | 'chunked' | 'close' }
  | { readonly kind: 'length'; readonly bytes: number };

export function framingOf(head: AnswerHead, method: string): BodyFraming {
  if (method === 'HEAD' || head.status === 204 || head.status === 304) return { kind: 'none' };
  if (method === 'CONNECT' && head.status < 300) return { kind: 'none' };
  const codings = valuesOf(head, 'transfer-encoding')
    .flatMap((value) => value.toLowerCase().split(','))
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '');
  if (codings.length > 0) return { kind: codings.at(-1) === 'chunked' ? 'chunked' : 'close' };
  const [length] = valuesOf(head, 'content-length');
  if (length === undefined || !/^\d{1,15}$/.test(length)) return { kind: 'close' };
  return { kind: 'length', bytes: Number(length) };
}

/** The proxy means to go on with this connection. */
export function keepsOpen(head: AnswerHead): boolean {
  const tokens = [...valuesOf(head, 'connection'), ...valuesOf(head, 'proxy-connection')].join(',').toLowerCase();
  return head.version === '1.1' ? !/\bclose\b/.test(tokens) : /\bkeep-alive\b/.test(tokens);
}

export type BodyEnd = 'complete' | 'bounded' | 'stalled' | 'broken';

export interface AnswerBody {
  /** The start of it, as far as the bound. */
  readonly bytes: Buffer;
  readonly end: BodyEnd;
}

/** Reads one body. `late` settles when it has taken long enough. */
class BodyReader {
  readonly #peer: Peer;
  readonly #max: number;
  readonly #late: Promise<'stalled'>;
  readonly #parts: Buffer[] = [];
  #length = 0;

  constructor(peer: Peer, max: number, late: Promise<'stalled'>) {
    this.#peer = peer;
    this.#max = max;
    this.#late = late;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  async read(framing: BodyFraming): Promise<BodyEnd> {
    if (framing.kind === 'none') return 'complete';
    if (framing.kind === 'chunked') return this.#chunked();
    const cut = await this.#content(framing.kind === 'length' ? framing.bytes : Number.POSITIVE_INFINITY);
    if (cut === 'ended') return framing.kind === 'close' ? 'complete' : 'broken';
    return cut ?? 'complete';
  }

  /** Waits for more bytes; or says why there are none. */
  async #more(): Promise<'more' | 'ended' | 'broken' | 'stalled'> {
    const filling = this.#peer.fill().then(
      (came) => (came ? ('more' as const) : ('ended' as const)),
      () => 'broken' as const,
    );
    return Promise.race([filling, this.#late]);
  }

  /** Takes up to `count` bytes of the body; null when they came. */
  async #content(count: number): Promise<BodyEnd | 'ended' | null> {
    for (let left = count; left > 0; ) {
      if (this.#peer.held.length === 0) {
        const came = await this.#more();
        if (came !== 'more') return came;
        continue;
      }
      const chunk = this.#peer.take(Math.min(left, this.#max - this.#length));
      left -= chunk.length;
      this.#length += chunk.length;
      this.#parts.push(chunk);
      if (this.#length >= this.#max) return left === 0 ? null : 'bounded';
    }
    return null;
  }

  async #line(): Promise<{ readonly text: string } | { readonly end: BodyEnd }> {
    for (let scanned = 0; ; ) {
      const at = this.#peer.held.indexOf('\n', scanned);
      if (at >= 0)
        return {
          text: this.#peer
            .take(at + 1)
            .toString('latin1')
            .trim(),
        };
      scanned = this.#peer.held.length;
      if (scanned > bounds.line) return { end: 'broken' };
      const came = await this.#more();
      if (came !== 'more') return { end: came === 'stalled' ? 'stalled' : 'broken' };
    }
  }

  async #trailers(): Promise<BodyEnd> {
    for (let count = 0; count <= bounds.trailers; count += 1) {
      const line = await this.#line();
      if ('end' in line) return 'broken';
      if (line.text === '') return 'complete';
    }
    return 'broken';
  }

  async #chunked(): Promise<BodyEnd> {
    for (;;) {
      const line = await this.#line();
      if ('end' in line) return line.end;
      const [size = ''] = line.text.split(';', 1);
      if (!/^[0-9a-f]{1,8}$/i.test(size.trim())) return 'broken';
      const count = Number.parseInt(size, 16);
      if (count === 0) return this.#trailers();
      const cut = await this.#content(count);
      if (cut !== null) return cut === 'ended' ? 'broken' : cut;
      if (this.#length >= this.#max) return 'bounded';
      const close = await this.#line();
      if ('end' in close || close.text !== '') return 'broken';
    }
  }
}

/** Reads a body of at most `max` bytes, for at most `ms` milliseconds or until the signal. Never rejects. */
export async function readBody(
  peer: Peer,
  framing: BodyFraming,
  { max, ms, signal }: { readonly max: number; readonly ms: number; readonly signal: AbortSignal },
): Promise<AnswerBody> {
  if (signal.aborted) return { bytes: Buffer.alloc(0), end: 'stalled' };
  let stop = (): void => {};
  const late = new Promise<'stalled'>((resolve) => {
    stop = () => resolve('stalled');
  });
  const forgetTime = timeUp(ms, stop);
  signal.addEventListener('abort', stop, { once: true });
  const reader = new BodyReader(peer, max, late);
  const end = await reader.read(framing);
  forgetTime();
  signal.removeEventListener('abort', stop);
  return { bytes: reader.bytes, end };
}
