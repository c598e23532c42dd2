import type { NoticeWords } from '../contract.ts';

/** What is told on standard error, in Dutch. */
export const notices: NoticeWords = {
  passwordReadable: 'iedereen op deze machine kan het wachtwoordbestand van de proxy lezen',
  askPassword: 'Wachtwoord voor de proxy: ',
  sets: (file, keys) => `${file} in deze map stelt in: ${keys.join(', ')}`,
  outputFailed: (format, file, why) => `de ${format}-uitvoer${file === null ? '' : ` naar ${file}`} is mislukt: ${why}`,
  fault: (where, text) =>
    `een fout in wayclear zelf${where === null ? '' : ` (${where})`}, meld die alstublieft: ${text}`,
  stuck: 'het werk wacht op iets wat niet komt',
  tooFewFiles: {
    line: (code) => `er mogen te weinig bestanden tegelijk open zijn (${code})`,
    hint: 'Verhoog de grens, bijvoorbeeld met ulimit -n 1024.',
  },
};
