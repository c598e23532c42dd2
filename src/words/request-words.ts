import type { Owner } from '../model/causes.ts';

/**
 * What a root cause calls for. `open`: let connections out; `path`: stop disturbing them; `let-through`: a proxy's or
 * filter's list; `proxy`: the proxy itself; `settings`: what sends connections the wrong way.
 */
export type RequestKind =
  | 'open'
  | 'path'
  | 'let-through'
  | 'exempt'
  | 'resolve'
  | 'proxy'
  | 'settings'
  | 'machine'
  | 'service'
  | 'unknown';

/** Words of the change request. */
export interface RequestWords {
  readonly title: string;
  readonly nothing: string;
  made(version: string, at: string): string;
  readonly machine: string;
  readonly account: string;
  readonly sources: string;
  /** Stands for what the report keeps to itself. */
  readonly unnamed: string;
  readonly to: string;
  readonly owners: Readonly<Record<Owner, string>>;
  /** What is asked for, said of the destinations in the table below it. */
  readonly asks: Readonly<Record<RequestKind, string>>;
  /** What is not to be opened or changed, because something else is to blame. */
  readonly not: Readonly<Record<RequestKind, string>>;
  readonly columns: {
    readonly host: string;
    readonly pattern: string;
    readonly addresses: string;
    readonly port: string;
    readonly direction: string;
    readonly purpose: string;
    readonly exempt: string;
    readonly document: string;
  };
  readonly outbound: string;
  through(proxy: string): string;
  readonly yes: string;
  readonly no: string;
  readonly evidence: string;
  readonly remedies: string;
  readonly documents: string;
  more(rows: number): string;
}
