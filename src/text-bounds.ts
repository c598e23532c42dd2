/** Without what a text ends in, in time that grows with the text alone (`/x+$/` starts anew at each x). */
export function trimEndOf(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}

/** What stands before the first of a character; all of a text that has none. */
export function before(text: string, character: string): string {
  const at = text.indexOf(character);
  return at < 0 ? text : text.slice(0, at);
}

/** `host:port`, with brackets around an IPv6 address. */
export function hostAndPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
