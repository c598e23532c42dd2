/** Where the service connection point writes its logs. */
import { stat } from 'node:fs/promises';
import type { RoleLogs } from '../model/windows.ts';
import type { RunProgram } from '../system-program.ts';
import { trimEndOf } from '../text-bounds.ts';
import { textOf, valuesOf } from './registry.ts';

/** The role's own check of its endpoints, and what it sends and fetches (learn.microsoft.com, Configuration Manager log files). */
const names = ['EndpointConnectivityCheckWorker.log', 'Dmpuploader.log', 'Dmpdownloader.log'] as const;

/** On the site server and on a site system server: `Installation Directory`. */
const keys = ['HKLM\\SOFTWARE\\Microsoft\\SMS\\Setup', 'HKLM\\SOFTWARE\\Microsoft\\SMS\\Identification'] as const;

/** The documented default of the site server. */
const usualFolder = 'C:\\Program Files\\Microsoft Configuration Manager\\Logs';

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  );

/** The folder by the registry, else the documented one, and which of the files are in it. Reads nothing of what they say. */
export async function readRoleLogs(run: RunProgram): Promise<RoleLogs> {
  const answers = await Promise.all(keys.map((key) => run('reg.exe', ['query', key, '/v', 'Installation Directory'])));
  const installed = answers
    .map((answer) => (answer?.status === 0 ? textOf(valuesOf(answer.stdout), 'installation directory') : ''))
    .find((folder) => folder !== '');
  const folder = installed === undefined ? usualFolder : `${trimEndOf(installed, '\\')}\\Logs`;
  const files = await Promise.all(names.map(async (name) => ({ name, there: await isThere(`${folder}\\${name}`) })));
  return { folder, from: installed === undefined ? 'default' : 'registry', files };
}
