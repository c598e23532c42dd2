import { files } from './refusals-files.ts';
import { options } from './refusals-options.ts';

/** What is wrong with what somebody gave, in English. */
export const refusals = { ...files, ...options };
