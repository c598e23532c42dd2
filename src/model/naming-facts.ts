/** Facts about what programs on this machine get for a name, with their arguments. */

interface OfHost {
  readonly host: string;
}

export interface NamingFactArgs {
  /** What programs get by the search list. */
  'naming.searched': OfHost & {
    readonly name: string;
    readonly addresses: string;
    readonly search: string;
    readonly ndots: number;
  };
  /** The same by Windows' list of suffixes. */
  'naming.suffix': OfHost & { readonly name: string; readonly addresses: string; readonly suffixes: string };
  /** A rule of Windows' Name Resolution Policy Table, and what its servers say of the name. */
  'naming.rule': OfHost & {
    readonly rule: string;
    readonly from: 'policy' | 'local';
    readonly servers: string;
    readonly answer: string;
  };
  /** What the name servers say of the name itself: addresses, or a response code. */
  'naming.servers-say': OfHost & { readonly answer: string };
  /** Sources of nsswitch.conf in their order. */
  'naming.sources': OfHost & { readonly sources: string };
  'naming.too-late': OfHost & {
    readonly server: string;
    readonly ms: number;
    readonly waitMs: number;
    readonly attempts: number;
  };
  'naming.over-tcp': { readonly servers: string };
  /** With `rotate`: what those get that begin with this server. */
  'naming.turn': OfHost & { readonly server: string; readonly answer: string };
}
