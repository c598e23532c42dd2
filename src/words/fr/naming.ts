import type { FactWords, TellingWords } from '../contract.ts';
import { phrase, spaced } from './spacing.ts';

/** French sentences about what programs on this machine get for a name. */
export const naming: FactWords<'naming'> = {
  'naming.searched': ({ host, name, addresses, search, ndots }) =>
    phrase`${host} : les programmes de cette machine demandent ${name} et obtiennent ${addresses} (resolv.conf : search ${search}, ndots ${ndots})`,
  'naming.suffix': ({ host, name, addresses, suffixes }) =>
    phrase`${host} : les programmes de cette machine demandent ${name} et obtiennent ${addresses} (suffixes DNS : ${suffixes})`,
  'naming.rule': ({ host, rule, from, servers, answer }) =>
    phrase`${host} : une règle de la table de stratégie de résolution de noms (${from === 'policy' ? 'stratégie de groupe' : 'cette machine'}, « ${rule} ») interroge ${servers} ; la réponse y est : ${answer}`,
  'naming.servers-say': ({ host, answer }) =>
    phrase`${host} : pour le nom lui-même, les serveurs de noms disent ${answer}`,
  'naming.sources': ({ host, sources }) =>
    phrase`${host} : les programmes de cette machine cherchent dans « ${sources} » (nsswitch.conf) et n'obtiennent rien`,
  'naming.too-late': ({ host, server, ms, waitMs, attempts }) =>
    phrase`${host} : ${server} a répondu après ${ms} ms ; les programmes de cette machine attendent ${waitMs} ms (resolv.conf), et ${attempts} autres requêtes sont restées sans réponse dans ce délai`,
  'naming.over-tcp': ({ servers }) =>
    phrase`Les programmes de cette machine interrogent ${servers} uniquement par TCP (resolv.conf : use-vc)`,
  'naming.turn': ({ host, server, answer }) =>
    phrase`${host} : qui commence par ${server} obtient ${answer} (resolv.conf : rotate)`,
};

/** French sentences about address families that don't meet. */
export const family: FactWords<'family'> = {
  'family.only': ({ host, family, machine }) =>
    phrase`${host} : le nom n'a que des adresses IPv${family}, et cette machine n'a que IPv${machine}`,
};

/** French sentences about what fails at times. */
export const share: FactWords<'share'> = {
  'share.failed': ({ what, failed, tried }) =>
    phrase`${what} : ${failed} essais sur ${tried} ont échoué, l'un après l'autre`,
};

/** French titles and remedies of root causes of which a fact says more than the cause. */
export const telling: TellingWords = {
  'naming.searched': {
    title: 'La liste de recherche envoie le nom ailleurs',
    remedies: [
      'Retirer le domaine de la liste de recherche de cette machine, ou réduire ndots, dans resolv.conf ou là où il est produit (DHCP, réglages du pod).',
      "Ou demander au responsable DNS de supprimer l'enregistrement générique de ce domaine.",
    ],
  },
  'naming.suffix': {
    title: 'Un suffixe DNS envoie le nom ailleurs',
    remedies: [
      phrase`Retirer le suffixe de la liste de cette machine : la stratégie « Liste de recherche de suffixes DNS », les réglages de la carte réseau, ou DHCP.`,
      "Ou demander au responsable DNS de supprimer l'enregistrement générique de ce domaine.",
    ],
  },
  'naming.rule': {
    title: "Une stratégie de résolution envoie le nom vers d'autres serveurs",
    remedies: [
      phrase`Demander à qui gère la stratégie (VPN, DirectAccess, stratégie de groupe ; Get-DnsClientNrptPolicy l'affiche) d'exclure ce nom de la règle.`,
      'Ou demander au responsable DNS des serveurs de la règle de répondre pour ce nom.',
    ],
  },
  'naming.sources': {
    title: 'Les programmes de cette machine ne trouvent pas le nom',
    remedies: [
      phrase`Corriger la ligne hosts de /etc/nsswitch.conf : « files dns » consulte le fichier hosts, puis les serveurs de noms.`,
    ],
  },
  'naming.too-late': {
    title: "Le serveur de noms répond plus tard que les programmes n'attendent",
    remedies: [
      'Demander au responsable DNS pourquoi le serveur met si longtemps.',
      'En attendant, augmenter les options timeout et attempts dans resolv.conf.',
    ],
  },
  'naming.over-tcp': {
    title: 'Aucun serveur de noms ne répond par TCP',
    remedies: [
      'Demander au responsable du pare-feu d’autoriser le port TCP 53 de cette machine vers ses serveurs de noms, ou au responsable DNS de servir TCP.',
      phrase`Ou retirer « options use-vc » de resolv.conf.`,
    ],
  },
  'naming.turn': {
    title: 'Un des serveurs de noms en sait moins que les autres',
    remedies: [
      "Retirer ce serveur de resolv.conf, ou demander au responsable DNS d'y relayer les noms publics.",
      phrase`Sans « options rotate », les programmes commenceraient toujours par le premier serveur.`,
    ],
  },
  'family.only': {
    title: "Le nom et cette machine n'ont aucune famille d'adresses en commun",
    remedies: [
      phrase`Si les noms n'ont que IPv4 : demander au responsable du réseau NAT64 avec DNS64, ou IPv4.`,
      phrase`S'ils n'ont que IPv6 : demander IPv6 au responsable du réseau.`,
      phrase`Ou passer par un proxy qui a les deux : --proxy URL.`,
    ],
  },
  'share.failed': {
    title: 'Cela marche parfois, et échoue parfois',
    remedies: [
      phrase`Demander au responsable de ce qui répond là d'examiner ses machines une à une : l'une d'elles est peut-être en panne ou surchargée.`,
      phrase`Indiquer la proportion et l'heure : un seul essai réussira souvent.`,
    ],
  },
  'proxy.pac-answer': {
    title: 'Le fichier PAC envoie des cibles par le mauvais chemin',
    remedies: [
      phrase`Demander au responsable du fichier PAC de corriger ce qu'il répond pour ces hôtes : le proxy là où le chemin direct est fermé, DIRECT pour les hôtes internes auxquels le proxy ne mène pas. Rien n'est à ouvrir pour cela.`,
    ],
  },
  'tcp.refused-here': {
    title: "Rien n'écoute sur ce port de cette machine",
    remedies: [
      spaced(
        "Démarrer le service qui devrait y répondre, ou corriger l'adresse : aucun pare-feu ne se trouve sur le chemin.",
      ),
    ],
  },
};
