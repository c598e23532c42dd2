import type { Said } from '../said.ts';

export interface File {
  readonly file: string;
}

/** Of what this machine keeps from run to run, in English. */
export const state = {
  'state.nowhere': (): Said => ['nothing says where this account keeps its state', 'Name a folder by --state.'],
  'state.unwritable': ({ folder, why }: { folder: string; why: string }): Said => [
    `can't write to the state folder ${folder} (${why})`,
    'Name a folder that this account may write to by --state.',
  ],
  'state.unreadable': ({ file, why }: File & { why: string }): Said => [
    `can't read ${file} (${why})`,
    'It belongs to the account that made it.',
  ],
  'state.key-broken': ({ file }: File): Said => [
    `the key of this machine (${file}) is no Ed25519 key`,
    'Move the file away; wayclear carry key makes a new key.',
  ],
  'state.key-open': ({ file }: File): Said => [
    `others can read the key of this machine (${file})`,
    `Whoever read it can sign as this machine. If nobody did: chmod 600 ${file}`,
  ],
  'state.key-rights': ({ file }: File): Said => [
    `can't take the rights of others from ${file} (icacls)`,
    'Name a folder by --state that only this account can read.',
  ],
  'state.folder-rights': ({ folder }: { folder: string }): Said => [
    `can't take the rights of others from the new folder ${folder} (icacls)`,
    'Make it yourself, closed to others: docs/windows.md says how.',
  ],
};
