import type { NameRule, RoleLogs, WindowsFacts, WindowsNaming, WindowsPart } from '../model/observations.ts';

/** Findings of `doctor` that are no causes of a run. */
export type DoctorCode =
  | 'pac'
  | 'proxy-mistakes'
  | 'no-resolver'
  | 'no-address'
  | 'no-default-route'
  | 'store-unread'
  | 'store-empty'
  | 'other-account'
  | 'own-roots';

/** What `doctor` says of its judgement. */
export interface DoctorWords {
  /** First line: how many things are wrong, and how many need a look. */
  verdict(wrong: number, look: number): string;
  /** What is wrong, without a full stop, and the next step, a whole sentence. */
  readonly windows: WindowsWords;
  readonly findings: Readonly<Record<DoctorCode, { readonly what: string; readonly next: string }>>;
}

/** What `doctor` shows of Windows alone. */
export interface WindowsWords {
  readonly account: string;
  readonly accounts: Readonly<Record<WindowsFacts['account'], string>>;
  readonly suffixes: string;
  readonly rules: string;
  readonly servers: string;
  readonly sources: Readonly<Record<NameRule['from'] | WindowsNaming['adapters'][number]['from'], string>>;
  readonly logs: string;
  readonly logsFrom: Readonly<Record<RoleLogs['from'], string>>;
  readonly notThere: string;
  /** Heading and columns of the table of parts. */
  readonly proven: string;
  readonly part: string;
  readonly proof: string;
  readonly parts: Readonly<Record<WindowsPart, string>>;
  readonly proofs: Readonly<Record<WindowsFacts['parts'][number]['proof'], string>>;
}
