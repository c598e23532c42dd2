/**
 * What a web page says to a reader: markup, scripts and style sheets become blanks, runs of blanks one, the ends are
 * trimmed. One pass over the text: the page is written by whoever answered.
 */
export function pageText(html: string): string {
  const lower = html.toLowerCase();
  const unclosed = new Set<string>();
  const endAfter = (end: string, from: number): number => {
    const at = unclosed.has(end) ? -1 : lower.indexOf(end, from);
    if (at < 0) unclosed.add(end);
    return at < 0 ? -1 : at + end.length;
  };
  const parts: string[] = [];
  let kept = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', Math.max(kept, open + 1))) {
    const hidden = /^(?:script|style)\b/.exec(lower.slice(open + 1, open + 8))?.[0];
    const whole = hidden === undefined ? -1 : endAfter(`</${hidden}>`, open);
    const end = whole < 0 ? endAfter('>', open) : whole;
    if (end < 0) continue;
    parts.push(html.slice(kept, open));
    kept = end;
  }
  return [...parts, html.slice(kept)].join(' ').replace(/\s+/g, ' ').trim();
}
