import type { RefusalWordsOf } from '../refusals.ts';
import { faultsTold } from '../shape-words.ts';
import { shapes } from './shapes.ts';

/** Of files that somebody named, in French. */
export const files: RefusalWordsOf<'file'> = {
  'file.faults': (args) => faultsTold(shapes, args),
};
