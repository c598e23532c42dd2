/**
 * New connections that may start at once, and again in each further tick: 1,200 a second at most. A browser that restores
 * its tabs does no less; detectors of scans count thousands a second from one source.
 */
const group = 60;
const tickMs = 50;
/** At the same time to one address, whatever the port, and for one host name: a server has other clients too. */
const perAddress = 32;
const perHost = 16;

/** When a connection may start. Nobody waits for a host, an address or a proxy but its own. */
export interface Pace {
  /**
   * Resolves when it may, with what has to be called when the connection is over. `to` is null for a connection to a
   * proxy. Waiting counts in no stage; nobody waits for a new group once `signal` has aborted.
   */
  turn(to: { readonly host: string; readonly address: string } | null, signal: AbortSignal): Promise<() => void>;
}

interface Gate {
  inside: number;
  readonly waiting: (() => void)[];
}

/** `most` at a time for each key, first come first served. Gives what lets the next one in. */
function gates(most: number): (key: string) => Promise<() => void> {
  const open = new Map<string, Gate>();
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

/** Groups of starts, one a tick. */
function starter(): (signal: AbortSignal) => Promise<void> {
  const waiting: (() => void)[] = [];
  let left = group;
  let ticking = false;
  const arm = (signal: AbortSignal): void => {
    if (ticking) return;
    ticking = true;
    setTimeout(() => {
      ticking = false;
      const next = waiting.splice(0, signal.aborted ? waiting.length : group);
      left = Math.max(0, group - next.length);
      for (const start of next) start();
      if (next.length > 0) arm(signal);
    }, tickMs);
  };
  return (signal) => {
    if (signal.aborted) return Promise.resolve();
    arm(signal);
    if (left > 0) {
      left--;
      return Promise.resolve();
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
}

/** For one run; `mostOpen` is the number of connections that may be open at the same time. */
export function createPace(mostOpen: number): Pace {
  const byHost = gates(perHost);
  const byAddress = gates(perAddress);
  const all = gates(mostOpen);
  const started = starter();
  return {
    async turn(to, signal) {
      const leaves: (() => void)[] = [];
      if (to !== null) leaves.push(await byHost(to.host), await byAddress(to.address));
      leaves.push(await all(''));
      await started(signal);
      return () => {
        for (const leave of leaves) leave();
      };
    },
  };
}
