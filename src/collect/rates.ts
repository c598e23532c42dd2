import type { Clock } from '../clock.ts';

/** So many names are counted; who comes then, while a minute lasts, counts as over. */
const mostNames = 50_000;
const minuteMs = 60_000;

/** How often something happened in this minute, by name: in memory, of this process alone. */
export function countPerMinute(
  clock: Clock,
  most: number,
): { isOver(name: string): boolean; count(name: string): void } {
  let minute = 0;
  const counts = new Map<string, number>();
  const turn = (): void => {
    const now = Math.floor(clock.now() / minuteMs);
    if (now === minute) return;
    minute = now;
    counts.clear();
  };
  return {
    isOver(name) {
      turn();
      return (counts.get(name) ?? 0) >= most || (counts.size >= mostNames && !counts.has(name));
    },
    count(name) {
      turn();
      if (counts.size < mostNames || counts.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
    },
  };
}
