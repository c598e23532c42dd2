import type { Said } from '../said.ts';

export interface Of {
  readonly file: string;
}

export interface Named {
  readonly name: string;
}

/** Of the file of ways that notices take, in English. */
export const ways = {
  'ways.json': ({ file }: Of): Said => [`${file}: expected JSON`, 'docs/notices.md shows such a file.'],
  'ways.placeholder': ({ file, name, placeholder }: Of & Named & { placeholder: string }): Said => [
    `${file}: ${name}: nothing is called {${placeholder}}`,
    'docs/notices.md lists what a body may hold.',
  ],
  'ways.event-log': ({ file, name }: Of & Named): Said => [
    `${file}: ${name}: only Windows has an event log`,
    'Use syslog here.',
  ],
  'ways.two-secrets': ({ file, name }: Of & Named): Said => [
    `${file}: ${name}: secretFile and secretEnv cannot both be there`,
    'Say in one place where the secret is.',
  ],
  'ways.no-secret': ({ file, name }: Of & Named): Said => [
    `${file}: ${name}: an account needs secretFile or secretEnv`,
    'The password stands in a file or a variable, never in this file.',
  ],
  'ways.clear-text': ({ file, name }: Of & Named): Said => [
    `${file}: ${name}: clearText is for smtp:// without a user`,
    'An account is never sent in clear, and smtps:// never is.',
  ],
  'ways.empty-variable': ({ name, variable }: Named & { variable: string }): Said => [
    `--notify: ${name}: the variable ${variable} is not set`,
    'Set it in the environment of the watch.',
  ],
};
