import { carry } from './refusals-carry.ts';
import { catalogs } from './refusals-catalog.ts';
import { collect } from './refusals-collect.ts';
import { commands } from './refusals-commands.ts';
import { files } from './refusals-files.ts';
import { mode } from './refusals-mode.ts';
import { options } from './refusals-options.ts';
import { plans } from './refusals-plan.ts';
import { proxies } from './refusals-proxy.ts';
import { remote } from './refusals-remote.ts';
import { state } from './refusals-state.ts';
import { store } from './refusals-store.ts';
import { targets } from './refusals-targets.ts';
import { watching } from './refusals-watch.ts';
import { ways } from './refusals-ways.ts';

/** What is wrong with what somebody gave, in English. */
export const refusals = {
  ...carry,
  ...catalogs,
  ...collect,
  ...commands,
  ...files,
  ...mode,
  ...options,
  ...plans,
  ...proxies,
  ...remote,
  ...state,
  ...store,
  ...watching,
  ...targets,
  ...ways,
};
