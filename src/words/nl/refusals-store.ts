import type { RefusalWordsOf } from '../refusals.ts';

/** Of a store that can't be used, in Dutch. */
export const store: RefusalWordsOf<'store'> = {
  'store.no-driver': () => [
    'een opslag heeft SQLite nodig, en deze omgeving heeft het niet',
    'Gebruik Node.js 22.13 of nieuwer, het uitvoerbare bestand, of voeg het pakket toe: npm install @photostructure/sqlite@1.2.1',
  ],
  'store.scheme': ({ where, scheme }) => [
    `${where}: onder ${scheme}:// wordt geen opslag bewaard`,
    'Noem een bestand, dat SQLite bijhoudt, of postgres://USER@HOST/DATABASE.',
  ],
  'store.none-yet': ({ place }) => [
    `opslag ${place}: er is er nog geen`,
    'wayclear watch maakt hem, en wayclear check --store ook.',
  ],
  'store.other-program': ({ place }) => [`opslag ${place}: hij is van een ander programma`, 'Noem een andere opslag.'],
  'store.newer': ({ place, theirs, ours }) => [
    `opslag ${place}: een nieuwere wayclear schreef hem (versie ${theirs} van de opslag, dit programma kent ${ours})`,
    'Gebruik die versie, of noem een andere opslag.',
  ],
  'store.older': ({ place }) => [
    `opslag ${place}: een oudere wayclear schreef hem`,
    'wayclear watch --once werkt hem bij.',
  ],
  'store.denied': ({ place }) => [
    `opslag ${place}: dit account mag hem niet gebruiken`,
    'Geef het account van de bewaking het recht om daar te schrijven.',
  ],
  'store.locked': ({ place }) => [
    `opslag ${place}: een ander programma houdt hem vergrendeld`,
    'Wacht tot het andere programma klaar is, of beëindig het.',
  ],
  'store.read-only': ({ place }) => [
    `opslag ${place}: hij is alleen-lezen`,
    'Geef het account van de bewaking het recht om daar te schrijven, of noem een andere opslag.',
  ],
  'store.disk': ({ place }) => [
    `opslag ${place}: de schijf leest of schrijft niet`,
    'Kijk naar de schijf en haar vrije ruimte.',
  ],
  'store.damaged': ({ place }) => [
    `opslag ${place}: hij is beschadigd`,
    'Zet er een kopie voor in de plaats, of verplaats hem: er komt een nieuwe.',
  ],
  'store.full': ({ place }) => [
    `opslag ${place}: de schijf is vol`,
    'Maak ruimte; niets van wat is vastgelegd is verloren.',
  ],
  'store.cannot-open': ({ place }) => [
    `opslag ${place}: hij gaat niet open`,
    'Zijn map moet er zijn, en dit account moet erin mogen schrijven.',
  ],
  'store.no-database': ({ place }) => [
    `opslag ${place}: dat is er geen: geen database, of een beschadigde`,
    'Noem een ander bestand.',
  ],
  'store.no-server': ({ place }) => [
    `opslag ${place}: daar luistert niets`,
    'Draait PostgreSQL daar, en klopt de poort?',
  ],
  'store.no-name': ({ place }) => [`opslag ${place}: zijn naam is niet te vinden`, 'Klopt de naam van de server?'],
  'store.no-answer': ({ place }) => [
    `opslag ${place}: hij antwoordt niet, of verbrak de verbinding`,
    'Kijk naar de server en naar het netwerk ernaartoe.',
  ],
  'store.password': ({ place }) => [
    `opslag ${place}: hij weigert dit account of het wachtwoord`,
    'Het wachtwoord komt uit het adres, PGPASSWORD, of het bestand dat PGPASSFILE noemt.',
  ],
  'store.missing-database': ({ place }) => [
    `opslag ${place}: de server heeft die database niet`,
    'Maak hem: createdb NAME',
  ],
  'store.busy': ({ place }) => [
    `opslag ${place}: de server kan nu niet`,
    'Hij start, stopt, heeft te veel verbindingen of doet er te lang over; probeer het opnieuw.',
  ],
};
