import type { Results } from './benchmarks.ts';
export const markdownOf = (results: Results): string => `${JSON.stringify(results.machine)}\n`;
