/** What formats for programs and tickets say besides causes, facts and remedies. */
export interface FormatWords {
  /** Head of the column with titles of features. */
  readonly feature: string;
  /** Which version measured, when, and on which machine; null where it is to stay unnamed. */
  measured(version: string, at: string, machine: string | null): string;
}
