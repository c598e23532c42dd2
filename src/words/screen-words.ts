/** Titles of bundled features by their English one, which the catalog holds; a title of somebody's own catalog stays as it is. */
export type FeatureTitles = Readonly<Record<string, string>>;

/** What the screen, and formats that give the same answer, say besides causes, facts and remedies. */
export interface ScreenWords {
  /** Stands for the title of a feature: addresses that a person typed. */
  readonly typed: string;
  /** Behind a sentence of evidence that does not hold for all hosts of its cause; in brackets. */
  ofHosts(hosts: number, all: number): string;
}
