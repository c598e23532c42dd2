/** What every language says in `help TOPIC`: lines of at most 80 columns, the first a heading. */
export interface TopicWords {
  readonly texts: {
    'exit-codes'(): string;
    /** `languages`: the tags, separated by commas; likewise for the formats. */
    environment(languages: string): string;
    proxy(): string;
    /** `rows`: a line for each format, made of its name and its purpose. */
    formats(languages: string, rows: string): string;
    catalog(): string;
  };
  /** What a format is for; one that is not here is told by its name. */
  readonly purposes: Readonly<Record<string, string>>;
}
