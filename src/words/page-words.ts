/** What the page says besides what the table says too. */
export interface PageWords {
  /** First words of the page: what can't be used, of how many tested, for how many causes. */
  verdict(broken: number, tested: number, causes: number): string;
  fine(tested: number): string;
  readonly skip: string;
  readonly measured: string;
  readonly machine: string;
  readonly route: string;
  readonly feature: string;
  readonly endpoints: string;
  readonly matrix: string;
  /** Of those that got to a stage so many passed it; for those who hear the page. */
  passed(passed: number, reached: number): string;
  readonly notReached: string;
  readonly search: string;
  readonly all: string;
  readonly sort: string;
  readonly sorts: { readonly verdict: string; readonly host: string; readonly slowest: string };
  readonly shown: string;
  readonly steps: string;
  readonly chainsIntro: string;
  /** Above the root of a chain. */
  readonly trustedBy: string;
  readonly stores: Readonly<Record<'public' | 'machine' | 'extra' | 'catalog', string>>;
  readonly usedBy: string;
  readonly notSent: string;
  readonly request: string;
  readonly print: string;
}
