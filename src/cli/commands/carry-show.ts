import { resultBounds } from '../../carry/lines.ts';
import { type Shown, shownHead, shownLines } from '../../carry/show.ts';
import { readCarried, refused } from '../carry-files.ts';
import { stateOf } from '../carry-options.ts';
import { trustedHere, whoseKey } from '../carry-trust.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';

/** Shows what every line of a carried document says, whatever is wrong with it; then 2. */
export async function carryShow({ io, words, options }: Context): Promise<number> {
  const [file = '-'] = words;
  const { bytes, document } = await readCarried(io, 'carry show', file, resultBounds);
  const state = stateOf(io, options.state);
  const trusted = state === null ? { own: null, named: [] } : trustedHere(io, state);
  const shown: Shown = { bytes, document, signer: whoseKey(trusted, document.signer) };
  const outputs = await openOutputs(io, options);
  const written = await outputs.deliver((format, view) => {
    const { sha256, signer, problem, values } = document;
    if (format === 'json')
      return `${JSON.stringify({ sha256, signer, whose: shown.signer, problem, lines: values }, null, 2)}\n`;
    return [shownHead(shown, view), ...shownLines(shown, view)].join('');
  });
  if (document.problem !== null) throw refused(document.problem);
  return written ? 0 : 2;
}
