import type { RefusalWords } from '../refusals.ts';
import { commands } from './refusals-commands.ts';
import { files } from './refusals-files.ts';
import { options } from './refusals-options.ts';
import { state } from './refusals-state.ts';
import { store } from './refusals-store.ts';

/** What is wrong with what somebody gave, in Dutch. */
export const refusals: RefusalWords = {
  ...commands,
  ...files,
  ...options,
  ...state,
  ...store,
};
