import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Ending } from './ending.ts';

/** What a terminal is read from and written to. */
type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };
type PromptStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/**
 * Asks for a line without showing what is typed; null where nobody sits at a terminal, nothing was entered, or the work
 * ended. Ctrl-C interrupts it: a terminal that hides its input hands that over as a key.
 */
export function askSecret(
  input: Input,
  output: PromptStream,
  question: string,
  ending: Pick<Ending, 'work' | 'interrupt'>,
): Promise<string | null> {
  if (input.isTTY !== true || output.isTTY !== true) return Promise.resolve(null);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  output.write(question);
  const reader = createInterface({ input, output: nowhere, terminal: true, historySize: 0, signal: ending.work });
  return new Promise((resolve) => {
    let answer: string | null = null;
    reader.once('line', (line) => {
      answer = line === '' ? null : line;
      reader.close();
    });
    reader.once('SIGINT', () => {
      reader.close();
      ending.interrupt();
    });
    reader.once('close', () => {
      output.write('\n');
      resolve(answer);
    });
  });
}
