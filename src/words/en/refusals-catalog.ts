import type { Said } from '../said.ts';
import { meant } from './phrases.ts';

export interface Of {
  readonly file: string;
}

/** Of catalogs, and of fetching one, in English. */
export const catalogs = {
  'catalog.json': ({ file, problem }: Of & { problem: string; line: number | null }): Said => [
    `catalog ${file}: expected JSON: ${problem}`,
    '`wayclear schema catalog` prints what a catalog file may hold.',
  ],
  'catalog.twice': ({
    file,
    feature,
    first,
    bundled,
  }: Of & { feature: string; first: string; bundled: boolean }): Said => [
    `catalog ${file}: feature "${feature}" is in ${first} already`,
    bundled ? 'Rename it, or leave the bundled catalog out by --no-bundled.' : 'Rename one of them.',
  ],
  'catalog.endpoints': ({ file, most }: Of & { most: number }): Said => [
    `catalog ${file}: more than ${most} endpoints in all`,
    'Split the catalog and check one part at a time.',
  ],
  'catalog.empty-folder': ({ file }: Of): Said => [
    `catalog ${file}: the folder holds no catalog file`,
    'A catalog file ends in .json.',
  ],
  'catalog.files': ({ file, most }: Of & { most: number }): Said => [
    `catalog ${file}: more than ${most} files`,
    'Name the files that are meant.',
  ],
  'catalog.no-file': ({ file }: Of): Said => [
    `catalog ${file}: expected a file`,
    'Save the catalog to a file and give its path.',
  ],
  'catalog.text': ({ file }: Of): Said => [`catalog ${file}: expected UTF-8 text`, 'Save it as UTF-8.'],
  'catalog.large': ({ file, mib }: Of & { mib: number }): Said => [
    `catalog ${file}: larger than ${mib} MiB`,
    'Split it: one file a feature.',
  ],
  'catalog.unreadable': ({ file, why }: Of & { why: string }): Said => [
    `catalog ${file}: cannot be read: ${why}`,
    'Give a file, a folder of *.json files, or m365:worldwide.',
  ],
  'catalog.instance': ({ file, near, names }: Of & { near: string | null; names: readonly string[] }): Said => [
    `catalog ${file}: unknown instance${meant(near)}`,
    `There is ${names.join(', ')}; a saved answer is m365:./FILE.`,
  ],
  'catalog.fetch': ({ file, host, why, url }: Of & { host: string; why: string; url: string }): Said => [
    `catalog ${file}: cannot be fetched from ${host}: ${why}`,
    `Save ${url}?ClientRequestId=<GUID> elsewhere and pass the file's path.`,
  ],
  'fetch.account': (): Said => ['the proxy asks for an account (status 407)'],
  'fetch.scheme': ({ schemes }: { schemes: readonly string[] }): Said => [
    `the proxy asks for ${
      schemes.length === 0 ? 'an unknown scheme' : schemes.join(', ')
    }, and catalogs are fetched with Basic alone (status 407)`,
  ],
  'fetch.refused': (): Said => ['the proxy refuses the account (status 407)'],
  'fetch.wait': (): Said => ['the service asks to wait an hour (status 429)'],
  'fetch.status': ({ status }: { status: string }): Said => [`status ${status}`],
  'fetch.large': ({ mib }: { mib: number }): Said => [`the answer is larger than ${mib} MiB`],
  'fetch.late': ({ seconds }: { seconds: number }): Said => [`no answer within ${seconds} s`],
  'fetch.deadline': (): Said => ['the deadline was over first'],
};
