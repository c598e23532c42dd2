/** Findings of `doctor` that are no causes of a run. */
export type DoctorCode =
  | 'pac'
  | 'proxy-mistakes'
  | 'no-resolver'
  | 'no-address'
  | 'no-default-route'
  | 'store-unread'
  | 'store-empty';

/** What `doctor` says of its judgement. */
export interface DoctorWords {
  /** First line: how many things are wrong, and how many need a look. */
  verdict(wrong: number, look: number): string;
  /** What is wrong, without a full stop, and the next step, a whole sentence. */
  readonly findings: Readonly<Record<DoctorCode, { readonly what: string; readonly next: string }>>;
}
