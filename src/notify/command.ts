import { feed } from './child.ts';
import type { Sender } from './sender.ts';

/** A program of the person's own, which gets the notice as JSON on its standard input. */
export function createCommand(name: string, program: string, parameters: readonly string[]): Sender {
  return {
    name,
    send: ({ notice }, signal) => feed(program, parameters, `${JSON.stringify(notice)}\n`, signal),
  };
}
