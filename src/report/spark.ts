/** Numbers as a line of characters. */
const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** One character a value, by its share of the largest; `·` for null. */
export function sparkline(values: readonly (number | null)[]): string {
  const largest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return values
    .map((value) => {
      if (value === null) return '·';
      return bars[largest === 0 ? 0 : Math.min(bars.length - 1, Math.floor((value / largest) * bars.length))] ?? '█';
    })
    .join('');
}
