import type { Fault } from '../../model/faults.ts';
import type { Said } from '../said.ts';
import { faultsTold, type ReadFile } from '../shape-words.ts';
import { shapes } from './shapes.ts';

/** Of files that somebody named, in English. */
export const files = {
  'file.faults': (args: { read: ReadFile; faults: readonly Fault[] }): Said => faultsTold(shapes, args),
};
