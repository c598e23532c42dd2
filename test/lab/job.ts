/** What goes into the sealed namespaces and what comes out. */
import type { CommandResult } from './network.ts';
import type { Fault, Scenario } from './scenario.ts';
import type { LabStory, StoryResult } from './story.ts';
import type { CatalogFile } from './world.ts';

export interface LabJob {
  readonly scenario: Scenario;
  /** Feature files; left out: those of `catalogFolder`. */
  readonly catalog?: readonly CatalogFile[];
  readonly catalogFolder: string;
  /** The bundled list of public roots. */
  readonly publicRoots: string;
  /** Run on the client one after the other. `@CATALOG@`, `@ROOTS@`, `@COMPANY@`, `@ANTIVIRUS@` stand for the lab's own paths. */
  readonly commands: readonly (readonly string[])[];
  readonly commandTimeoutMs: number;
  /** Several clients of one network in place of the one: each runs its own command, and nothing of `commands` is run. */
  readonly machines?: readonly LabMachine[];
  /** The machines send to a collector on the internet, whose answer is the result. */
  readonly collects?: boolean;
  /** A network that changes while one program runs on the client, and nothing of `commands`. */
  readonly story?: LabStory;
  /** A shell on the client first. */
  readonly interactive?: boolean;
  /** Set by sealed.ts. */
  readonly folder: string;
  readonly outsideNamespace: string;
  readonly boxesProgram: string;
  /** What a shell runs as `wayclear`. */
  readonly program: string;
  readonly delayRouter: string | null;
}

/** A client with a namespace, a network and a host name of its own, behind the same router as the others. */
export interface LabMachine {
  readonly name: string;
  readonly command: readonly string[];
  /** Its own hosts file; left out: that of the scenario. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** What stands on its own way alone: of packets. */
  readonly faults?: readonly Fault[];
  /** The address that stands for its own on the internet; left out: nothing translates it. */
  readonly egress?: string;
}

export interface JobResult {
  /** The lab itself failed; nothing else counts then. */
  readonly error?: string;
  /** Milliseconds since the start, by phase. */
  readonly marks: Readonly<Record<string, number>>;
  readonly commands: readonly CommandResult[];
  readonly story?: StoryResult;
  /** What the collector says of the fleet, as JSON. */
  readonly fleet?: string;
  readonly traffic: {
    /** Packets from the client that reached the router. */
    readonly sent: number;
    /** Of those all that say something: bare acknowledgements are fewer the busier a machine is. */
    readonly spoken: number;
    /** TCP connection attempts among them. */
    readonly opened: number;
    /** Connections that arrived at the internet's servers. */
    readonly arrived: number;
    readonly peakPerSecond: number;
  };
  /** `host:port` of each of those, in order. */
  readonly arrivals: readonly string[];
}
