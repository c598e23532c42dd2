/** What most text is made of, and needs nothing done to it. */
const plain = /^[ -~]*$/;

/**
 * Text from the network, a catalog or a PAC file, made fit to store and to show: C0 and C1 controls,
 * line and paragraph separators, bidirectional overrides and lone surrogates become U+FFFD, and the
 * length is bounded (in UTF-16 code units, an ellipsis marks the cut).
 */
export function harmless(text: string, max = 300): string {
  if (text.length <= max && plain.test(text)) return text;
  const cut = text.length > max ? `${text.slice(0, max - 1)}…` : text;
  return cut
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
