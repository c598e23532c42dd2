/** What is told on standard error besides mistakes: the files of all languages are loaded from the start, for a fault tells no second one. */
export interface NoticeWords {
  readonly passwordReadable: string;
  readonly askPassword: string;
  /** A configuration file that merely lies in the working directory. */
  sets(file: string, keys: readonly string[]): string;
  /** `file`: null for standard output. */
  outputFailed(format: string, file: string | null, why: string): string;
  /** `where`: null where nobody knows. */
  fault(where: string | null, text: string): string;
  readonly stuck: string;
  readonly tooFewFiles: { line(code: string): string; readonly hint: string };
}
