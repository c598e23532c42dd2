import type { RefusalWordsOf } from '../refusals.ts';

/** Of the file of ways that notices take, in Dutch. */
export const ways: RefusalWordsOf<'ways'> = {
  'ways.json': ({ file }) => [`${file}: JSON verwacht`, 'docs/notices.md toont zo’n bestand.'],
  'ways.placeholder': ({ file, name, placeholder }) => [
    `${file}: ${name}: niets heet {${placeholder}}`,
    'docs/notices.md noemt wat een bericht mag bevatten.',
  ],
  'ways.event-log': ({ file, name }) => [
    `${file}: ${name}: alleen Windows heeft een gebeurtenislogboek`,
    'Gebruik hier syslog.',
  ],
  'ways.two-secrets': ({ file, name }) => [
    `${file}: ${name}: secretFile en secretEnv sluiten elkaar uit`,
    'Zeg op één plaats waar het geheim staat.',
  ],
  'ways.no-secret': ({ file, name }) => [
    `${file}: ${name}: een account heeft secretFile of secretEnv nodig`,
    'Het wachtwoord staat in een bestand of een variabele, nooit in dit bestand.',
  ],
  'ways.clear-text': ({ file, name }) => [
    `${file}: ${name}: clearText is voor smtp:// zonder user`,
    'Een account gaat nooit onversleuteld, en smtps:// is het nooit.',
  ],
  'ways.empty-variable': ({ name, variable }) => [
    `--notify: ${name}: de variabele ${variable} is niet gezet`,
    'Zet haar in de omgeving van de bewaking.',
  ],
};
