/** What allow-lists say beside the rules themselves. */
export interface RuleWords {
  readonly title: string;
  documented(version: string): string;
  /** `sources`: addresses of the machine; empty where the report keeps them to itself. */
  failed(version: string, at: string, sources: string): string;
  readonly nothing: string;
  /** Why a destination is not among the rules. */
  readonly left: Readonly<
    Record<
      'template' | 'invalid' | 'udp' | 'wildcard' | 'network' | 'port' | 'address',
      (destination: string, parameters: readonly string[]) => string
    >
  >;
  notOpened(destination: string, cause: string, owner: string): string;
  /** Above names in a list without ports. */
  onlyPort(port: string): string;
  readonly squidPlace: string;
  squidPorts(ports: string): string;
  pac(proxy: string): string;
  readonly yes: string;
  readonly no: string;
  readonly columns: {
    readonly destination: string;
    readonly port: string;
    readonly exempt: string;
    readonly document: string;
  };
}
