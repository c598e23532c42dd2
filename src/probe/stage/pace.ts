import type { Clock } from '../../clock.ts';

/**
 * How fast names and connections start, each for itself: 990 a second, at most nine at once, 6 ms apart. What counts every
 * connection of one source, healthy or not, takes more than that for a scan, by its default threshold:
 *
 * - FortiOS `tcp_port_scan`: 1,000 SYN a second (Administration Guide, "DoS protection").
 * - Junos `tcp-sweep`: 10 addresses within 5 ms (CLI Reference, "tcp-sweep"); `syn-flood source-threshold`: 4,000 SYN a second.
 *
 * Others count hosts that failed over minutes (Zeek's scan.zeek: 25 within 5), which no pace can keep under. More would
 * gain nothing: a processor core does half as many handshakes.
 */
const perMs = 0.99;
const group = 9;
const tickMs = 6;

/** At the same time for one host name and to one address, whatever the port: a server has other clients too. */
const perHost = 16;
const perAddress = 32;
/** To one proxy; browsers keep 32 busy for one person. */
const perProxy = 128;

/** Where a connection leads: the target itself or the proxy before it. */
export type PacedPeer = { readonly host: string; readonly address: string } | { readonly proxy: string };

/**
 * When a name may be asked for and a connection may start. Both resolve then, with what has to be called at the end of it.
 * Waiting counts in no stage, and nobody waits for a tick once `signal` has aborted.
 */
export interface Pace {
  name(signal: AbortSignal): Promise<() => void>;
  /** Nobody waits for a host, an address or a proxy but its own, unless the machine itself holds no more connections. */
  connection(to: PacedPeer, signal: AbortSignal): Promise<() => void>;
}

type Gate = (key: string) => Promise<() => void>;

/** `most` at a time for each key, first come first served. Gives what lets the next one in. */
function gates(most: number): Gate {
  const open = new Map<string, { inside: number; readonly waiting: (() => void)[] }>();
  return async (key) => {
    const gate = open.get(key) ?? { inside: 0, waiting: [] };
    open.set(key, gate);
    if (gate.inside < most) gate.inside++;
    else await new Promise<void>((resolve) => gate.waiting.push(resolve));
    return () => {
      const next = gate.waiting.shift();
      if (next !== undefined) next();
      else if (--gate.inside === 0) open.delete(key);
    };
  };
}

/**
 * Groups of starts. A late tick brings no more than a full group: while there is more work than processor, what was
 * started is served first, lest its stages run out of time for want of a processor.
 */
function starter(clock: Clock): (signal: AbortSignal) => Promise<void> {
  const waiting: (() => void)[] = [];
  let earned = group;
  let counted = clock.now();
  /** When the last group had been sent off. */
  let sent = Number.NEGATIVE_INFINITY;
  let armed = false;
  const arm = (signal: AbortSignal): void => {
    const wait = sent + tickMs - clock.now();
    if (wait > 0) setTimeout(tick, Math.ceil(wait), signal);
    else setImmediate(tick, signal);
  };
  const tick = (signal: AbortSignal): void => {
    const now = clock.now();
    if (now - sent < tickMs && !signal.aborted) {
      arm(signal);
      return;
    }
    earned = Math.min(group, earned + (now - counted) * perMs);
    counted = now;
    const next = waiting.splice(0, signal.aborted ? waiting.length : Math.floor(earned));
    earned = Math.max(0, earned - next.length);
    for (const start of next) start();
    // What has been let go calls the kernel before this turn of the loop is over, however long that takes.
    setImmediate(() => {
      sent = clock.now();
      armed = waiting.length > 0;
      if (armed) arm(signal);
    });
  };
  return (signal) => {
    if (signal.aborted) return Promise.resolve();
    const turn = new Promise<void>((resolve) => waiting.push(resolve));
    if (!armed) arm(signal);
    armed = true;
    return turn;
  };
}

/** For one run: so many names and connections at the same time, whoever they are for. */
export function createPace(most: { readonly names: number; readonly connections: number }, clock: Clock): Pace {
  const host = gates(perHost);
  const address = gates(perAddress);
  const proxy = gates(perProxy);
  const names = gates(most.names);
  const connections = gates(most.connections);
  const started = { name: starter(clock), connection: starter(clock) };
  return {
    async name(signal) {
      const leave = await names('');
      await started.name(signal);
      return leave;
    },
    async connection(to, signal) {
      // Always in this order, so that no two wait for each other.
      const leaves = 'proxy' in to ? [await proxy(to.proxy)] : [await host(to.host), await address(to.address)];
      leaves.push(await connections(''));
      await started.connection(signal);
      return () => {
        for (const leave of leaves) leave();
      };
    },
  };
}
