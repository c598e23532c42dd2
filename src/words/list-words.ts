/** What the overview of the catalog says, besides titles. */
export interface ListWords {
  readonly columns: Readonly<Record<'feature' | 'id' | 'critical' | 'other' | 'needs' | 'date', string>>;
  /** What to type for the endpoints of a feature. */
  readonly more: string;
}
