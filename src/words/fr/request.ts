import type { RequestWords } from '../contract.ts';

/** French words of the change request. */
export const request: RequestWords = {
  title: 'Demande de changement réseau',
  nothing: 'Rien à demander\u00a0: aucun point de terminaison n’a échoué.',
  intro: (version, at, sources) =>
    `Mesuré par wayclear ${version} le ${at} depuis ${sources}. Toutes les connexions sont sortantes depuis ces adresses.`,
  to: 'À',
  owners: {
    firewall: 'responsable du pare-feu',
    dns: 'responsable des serveurs de noms',
    proxy: 'responsable du proxy ou du filtre web',
    inspection: 'responsable de l’inspection TLS',
    machine: 'administrateur de cette machine',
    service: 'responsable des serveurs',
    unknown: 'équipe réseau',
  },
  asks: {
    firewall: 'Autoriser ces destinations, par nom, sans intervenir dans TLS\u00a0:',
    dns: 'Résoudre ces noms comme le DNS public\u00a0:',
    proxy: 'Laisser passer ces destinations\u00a0:',
    inspection: 'Exclure ces destinations de l’inspection TLS\u00a0:',
    machine: 'Réparer cette machine\u00a0; ces destinations en dépendent\u00a0:',
    service: 'Réparer ce qui répond à ces destinations\u00a0:',
    unknown: 'Chercher ce qui arrive aux connexions vers ces destinations\u00a0:',
  },
  columns: {
    host: 'Destination',
    pattern: 'Documenté comme',
    addresses: 'Adresses vues',
    port: 'Port',
    direction: 'Sens',
    importance: 'Importance',
  },
  outbound: 'sortant',
  evidence: 'Constats',
  remedies: 'En détail',
};
