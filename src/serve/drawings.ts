/** Drawings of the page, each with the same facts in words for whoever does not see them. Pure. */
import type { Verdict } from '../model/diagnosis.ts';
import { html, type Markup } from '../report/html/markup.ts';

const cell = { width: 14, gap: 2, height: 18 } as const;

/** A day each, the oldest first; null: nobody looked. */
export function daysDrawing(worst: readonly (Verdict | null)[], label: string, titles: readonly string[]): Markup {
  const step = cell.width + cell.gap;
  const cells = worst.map(
    (verdict, day) =>
      html`<rect class="${verdict ?? 'nobody'}" x="${day * step}" width="${cell.width}" height="${cell.height}" rx="2"><title>${titles[day] ?? ''}</title></rect>`,
  );
  const width = Math.max(worst.length * step - cell.gap, 1);
  return html`<svg role="img" aria-label="${label}" viewBox="0 0 ${width} ${cell.height}" preserveAspectRatio="none" width="${width}" height="${cell.height}">${cells}</svg>`;
}

const bar = { width: 320, height: 12 } as const;

/** Stages one after the other, as long as they took of the longest. */
export function stagesDrawing(parts: readonly (readonly [string, number])[], longestMs: number, label: string): Markup {
  let at = 0;
  const drawn = parts.map(([stage, ms]) => {
    const width = longestMs === 0 ? 0 : Math.round((ms / longestMs) * bar.width);
    const rect = html`<rect class="${stage}" x="${at}" width="${width}" height="${bar.height}"></rect>`;
    at += width;
    return rect;
  });
  return html`<svg role="img" aria-label="${label}" viewBox="0 0 ${bar.width} ${bar.height}" preserveAspectRatio="none" width="${bar.width}" height="${bar.height}">${drawn}</svg>`;
}
