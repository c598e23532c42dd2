import type { FleetWords } from '../contract.ts';
import { phrase, spaced } from './spacing.ts';

const machines = (count: number): string => `${count} ${count <= 1 ? 'machine' : 'machines'}`;

/** French words of the answer about many machines. */
export const fleet: FleetWords = {
  headline: (failing, all, explanations) =>
    phrase`${failing} sur ${machines(all)} ${failing <= 1 ? 'présente' : 'présentent'} des anomalies, expliquées par ${explanations === 1 ? 'une seule cause' : `${explanations} causes`}`,
  allFine: (all) =>
    all === 1 ? 'Aucune anomalie sur la seule machine' : `Aucune anomalie sur l’ensemble des ${machines(all)}`,
  someFine: (fine, all) =>
    `Aucune anomalie connue, mais l’état est bon de façon certaine pour ${fine} sur ${machines(all)} seulement`,
  span: (from, to, reports) => `${reports} ${reports <= 1 ? 'rapport' : 'rapports'} du ${from} au ${to}`,
  twice: (count) =>
    count === 1
      ? 'Un rapport est venu deux fois et compte une fois'
      : `${count} rapports sont revenus et comptent une fois`,
  nameless: (count) =>
    count === 1
      ? 'Un rapport ne nomme aucune machine et compte comme une machine à part'
      : `${count} rapports ne nomment aucune machine et comptent chacun comme une machine à part`,
  incomplete: (count) => `${machines(count)} n’${count <= 1 ? 'a' : 'ont'} pas tout vérifié`,
  fields: {
    where: 'Où',
    machines: 'Machines',
    endpoints: 'Adresses',
    since: 'Depuis',
    alike: 'Ou selon',
    evidence: 'Indices',
    remedies: 'À faire',
    alternatives: 'Ou bien',
    ask: 'Demander à',
  },
  scopes: {
    machine: 'une seule machine',
    machines: 'des machines isolées, sans rien qui leur soit propre en commun',
    everybody: 'toutes les machines qui l’ont vérifié depuis le début',
    service: 'le service lui-même',
  },
  group: (trait) => `tout ce qui a ${trait}`,
  since: (at, fineUntil) =>
    fineUntil === null ? `${at}, le premier rapport` : phrase`${at} ; encore en ordre le ${fineUntil}`,
  attributes: {
    subnet: 'le sous-réseau',
    egress: 'l’adresse de sortie',
    proxy: 'le proxy',
    resolver: 'le serveur de noms',
    issuer: 'l’autorité d’inspection',
    os: 'le système d’exploitation',
    'os-version': 'la version du système',
    version: 'la version de wayclear',
    account: 'le compte',
  },
  trait: (attribute, value) => `${attribute} ${value}`,
  owners: {
    firewall: 'le responsable du pare-feu',
    dns: 'le responsable du DNS',
    proxy: 'le responsable du proxy',
    inspection: 'le responsable de l’inspection TLS',
    machine: 'le responsable des machines',
    service: 'le fournisseur du service',
    unknown: 'quiconque peut trancher',
  },
  request: (owner, numbers) => phrase`${owner} : ${numbers}`,
  headings: { explanations: 'Ce qui l’explique', requests: 'À qui demander', endpoints: 'Adresses' },
  columns: { endpoint: 'Adresse', failing: 'En échec', where: 'Où', since: 'Depuis', explanation: 'Cause' },
  failing: (count, tested) => `${count} sur ${tested}`,
  reached: (count) =>
    count <= 1
      ? `${count} adresse est atteinte par toutes les machines qui l’ont vérifiée`
      : `${count} adresses sont atteintes par toutes les machines qui les ont vérifiées`,
  serviceTitle: 'Le service lui-même est en panne',
  serviceRemedies: [
    'Consulter la page d’état du service et signaler la panne à son fournisseur, avec ces heures et ces lieux.',
    spaced('Ne rien changer dans le réseau pour cela : le chemin est bon jusqu’au service.'),
  ],
  facts: {
    counted: ({ failing, fine }) =>
      fine === 0
        ? `${machines(failing)} en échec, et aucune de celles qui l’ont vérifié depuis n’y est sans problème.`
        : phrase`${machines(failing)} en échec ; ${fine} qui l’${fine <= 1 ? 'a' : 'ont'} vérifié ${fine <= 1 ? 'n’échoue' : 'n’échouent'} pas.`,
    'only-there': ({ trait, fine }) =>
      phrase`Toutes celles qui l’ont vérifié avec ${trait} échouent ; ailleurs, ${machines(fine)} n’${fine <= 1 ? 'échoue' : 'échouent'} pas.`,
    'no-outside': ({ trait }) =>
      phrase`Rien en dehors de ${trait} ne permet d’en juger : on ignore si c’est seulement là.`,
    exceptions: ({ trait, fine }) =>
      `${machines(fine)} avec ${trait} n’${fine <= 1 ? 'échoue' : 'échouent'} pourtant pas.`,
    places: ({ count }) => `L’échec est le même depuis ${count} lieux qui ont chacun leur sortie.`,
    'others-fine': ({ machines: count }) =>
      `${machines(count)} d’entre elles ${count <= 1 ? 'atteint' : 'atteignent'} d’autres adresses au même moment.`,
    'one-policy': () => 'Une règle commune à tous ces lieux donnerait le même résultat.',
    'one-place': () =>
      spaced(
        'Toutes celles qui l’ont vérifié sont au même endroit ou sortent par le même chemin : une règle à cet endroit et une panne du service se ressemblent.',
      ),
    'places-unknown': () =>
      spaced(
        'On ignore si leurs sorties ont quelque chose en commun : indiquer le site de chaque machine avec --label site=NOM.',
      ),
    'seen-as': ({ title, cause, machines: count }) =>
      phrase`${machines(count)} y ${count <= 1 ? 'voit' : 'voient'} « ${title} » (${cause}).`,
    'not-since': ({ machines: count }) =>
      `${machines(count)} n’y ${count <= 1 ? 'trouvait' : 'trouvaient'} rien d’anormal auparavant et ${count <= 1 ? 'n’a' : 'n’ont'} pas vérifié depuis.`,
    'fine-elsewhere': ({ fine }) =>
      phrase`Le service va bien pour ${machines(fine)} : quelque chose répond à sa place sur le chemin, ou l’un de ses sites est en défaut.`,
  },
};
