import { entryOf } from '../../entry.ts';
import type { FactWords, Words } from '../contract.ts';
import { place } from '../place.ts';
import { family, naming, share } from './naming.ts';
import { compte, phrase } from './spacing.ts';

const received = (count: number): string =>
  count === 0 ? 'rien reçu' : `${compte(count, 'octet')} ${count === 1 ? 'reçu' : 'reçus'}`;

const skew = (seconds: number): string => {
  const size = Math.abs(seconds);
  const text = size < 120 ? `${size} s` : size < 7200 ? `${Math.round(size / 60)} min` : `${Math.round(size / 3600)} h`;
  return `${seconds >= 0 ? 'retarde' : 'avance'} de ${text}`;
};

/** Classes of addresses (IANA special-purpose registries) as an adjective or a complement of «adresse». */
const classes: Readonly<Record<string, string>> = {
  global: 'publique',
  unspecified: 'non spécifiée',
  loopback: 'de bouclage',
  private: 'privée',
  shared: 'partagée (CGNAT)',
  'link-local': 'link-local',
  'unique-local': 'locale unique',
  documentation: 'de documentation',
  benchmarking: "de banc d'essai",
  multicast: 'multicast',
  reserved: 'réservée',
};

const stores: Readonly<Record<string, string>> = { machine: 'de la machine', extra: 'supplémentaire' };

const names: FactWords<'dns'> = {
  'dns.rcode': ({ host, rcode, server, ms }) =>
    phrase`${host} : le serveur de noms ${server} répond ${rcode} après ${ms} ms`,
  'dns.extended-error': ({ host, code, text }) =>
    phrase`${host} : le serveur de noms précise : erreur étendue ${code}${text === '' ? '' : phrase` « ${text} »`}`,
  'dns.no-soa': ({ host, server }) =>
    phrase`${host} : la réponse négative de ${server} ne nomme aucune zone (pas de SOA), comme souvent les réponses fabriquées`,
  'dns.no-answer': ({ host, server, ms }) => phrase`${host} : aucune réponse du serveur de noms ${server} en ${ms} ms`,
  'dns.unreachable': ({ host, server }) => phrase`${host} : le serveur de noms ${server} est injoignable`,
  'dns.no-server': ({ host }) => phrase`${host} : aucun serveur de noms n'est configuré sur cette machine`,
  'dns.malformed': ({ host, server }) => phrase`${host} : la réponse du serveur de noms ${server} est illisible`,
  'dns.no-address': ({ host, server }) =>
    phrase`${host} : le serveur de noms ${server} connaît le nom et ne donne aucune adresse`,
  'dns.truncated': ({ host, server }) =>
    phrase`${host} : la réponse de ${server} ne tient pas dans UDP, et la nouvelle requête par TCP échoue`,
  'dns.system-error': ({ host, error }) => phrase`${host} : le système d'exploitation dit ${error}`,
  'dns.none-resolve': ({ names: count, servers }) =>
    phrase`Aucun des ${count} noms publics ne se résout ; serveurs de noms qui ont répondu : ${servers}`,
  'dns.nobody-answers': ({ names: count, servers }) =>
    phrase`Aucun des ${count} noms n'a reçu de réponse ; serveurs de noms interrogés : ${servers}`,
  'dns.others-resolve': ({ names: count }) =>
    count === 1 ? '1 autre nom se résout' : `${count} autres noms se résolvent`,
  'dns.internal-resolve': ({ names: count }) =>
    `${count === 1 ? '1 nom interne se résout' : `${count} noms internes se résolvent`} sur les mêmes serveurs de noms`,
  'dns.address': ({ host, address, class: kind }) =>
    phrase`${host} : se résout en ${address} (adresse ${entryOf(classes, kind) ?? kind})`,
  'dns.cname': ({ host, chain }) => phrase`${host} : chaîne d'alias ${chain}`,
  'dns.privatelink': ({ host, alias }) =>
    phrase`${host} : l'alias ${alias} indique qu'un point de terminaison privé est voulu`,
  'dns.hosts-entry': ({ host, address }) => phrase`${host} : le fichier hosts dit ${address}`,
  'dns.hosts-differs': ({ host, addresses }) => phrase`${host} : les serveurs de noms disent ${addresses}`,
  'dns.same-alias': ({ alias, names, sample }) => phrase`${names} noms sont des alias de ${alias} : ${sample}`,
  'dns.same-address': ({ address, names: count, sample }) =>
    `${address} est la réponse pour ${count} domaines sans lien (${sample})`,
};

const certificates: FactWords<'certificate'> = {
  'certificate.missing': ({ host }) => phrase`${host} : la négociation a abouti, et aucun certificat n'a été capturé`,
  'certificate.issuer': ({ host, issuer }) => phrase`${host} : certificat émis par ${issuer}`,
  'certificate.private-root': ({ host, root, store }) =>
    phrase`${host} : la chaîne aboutit à ${root}, que seul le magasin ${entryOf(stores, store) ?? store} contient : pas une racine publique`,
  'certificate.unknown-root': ({ host, authority }) =>
    phrase`${host} : la chaîne aboutit à ${authority}, absent des magasins d'ici et de tout ensemble public`,
  'certificate.recurs': ({ authority, domains, sample }) =>
    `${authority} signe pour ${domains} domaines sans lien (${sample})`,
  'certificate.recurs-in-domain': ({ authority, hosts, sample }) =>
    `${authority} signe pour ${hosts} hôtes (${sample})`,
  'certificate.vendor': ({ vendor, subject }) => `Le nom ${subject} est celui que ${vendor} donne à son autorité`,
  'certificate.self-signed': ({ host, subject }) => phrase`${host} : le certificat ${subject} est signé par lui-même`,
  'certificate.incomplete': ({ host, sent, issuer }) =>
    phrase`${host} : ${compte(sent, 'certificat')} ${sent < 2 ? 'envoyé' : 'envoyés'}, et l'émetteur ${issuer} n'en fait pas partie`,
  'certificate.completed': ({ host, root }) =>
    phrase`${host} : avec l'émetteur qui n'a pas été envoyé, la chaîne atteint ${root}`,
  'certificate.issuer-seen': ({ host, issuer }) =>
    phrase`${host} : un autre serveur envoie l'émetteur manquant ${issuer}`,
  'certificate.issuer-named': ({ host, issuer }) => phrase`${host} : le catalogue nomme l'émetteur manquant ${issuer}`,
  'certificate.issuer-listed': ({ host, issuer }) =>
    phrase`${host} : l'émetteur manquant ${issuer} est un intermédiaire public, d'après son nom et l'identifiant de sa clé`,
  'certificate.bad-signature': ({ host, position }) =>
    phrase`${host} : la signature du certificat ${position + 1} de la chaîne n'est pas valide`,
  'certificate.distrusted': ({ host, root }) => phrase`${host} : ${root} est explicitement interdit sur cette machine`,
  'certificate.dates': ({ host, subject, notBefore, notAfter, now }) =>
    phrase`${host} : ${subject} est valide du ${notBefore} au ${notAfter} ; l'horloge de cette machine indiquait ${now}`,
  'certificate.names': ({ host, names: list }) =>
    list === ''
      ? phrase`${host} : le certificat ne nomme aucun hôte`
      : phrase`${host} : le certificat est pour ${list}`,
  'certificate.purpose': ({ host, subject }) => phrase`${host} : ${subject} n'est pas destiné aux serveurs TLS`,
  'certificate.weak': ({ host, subject, weakness }) => phrase`${host} : ${subject} est trop faible : ${weakness}`,
  'certificate.common-name': ({ host }) =>
    phrase`${host} : il ne figure que dans le nom commun, où seuls d'anciens clients regardent (RFC 9525, section 2)`,
  'certificate.pinned': ({ host }) => phrase`${host} : son client épingle le certificat et n'en accepte aucun autre`,
  'certificate.inspection-unsupported': ({ host }) =>
    phrase`${host} : l'éditeur ne prend pas en charge l'inspection TLS ici`,
  'certificate.inspection-works': ({ host }) =>
    phrase`${host} : la racine est approuvée sur cette machine, la session fonctionne donc`,
  'certificate.no-scts': ({ host }) =>
    phrase`${host} : le certificat ne porte aucune preuve de transparence (Certificate Transparency)`,
  'certificate.revoked': ({ host, subject, at, url }) =>
    phrase`${host} : ${subject} est révoqué${at === '' ? '' : ` depuis ${at}`}, selon ${url}`,
  'certificate.root-missing': ({ host, root, sha256 }) =>
    phrase`${host} : la chaîne a besoin de ${root} (SHA-256 ${sha256}), absent du magasin de la machine`,
  'certificate.root-expired': ({ host, root, notAfter }) =>
    phrase`${host} : la chaîne a besoin de ${root}, expiré depuis ${notAfter}`,
  'certificate.root-corrupt': ({ host, root, found }) =>
    phrase`${host} : la chaîne a besoin de ${root} ; à sa place, le magasin de la machine contient ${found}`,
};

const ends = (usedBy: number): string => phrase`chaînes qui y aboutissent : ${usedBy}`;

const checks: FactWords<'check'> = {
  'check.root-present': ({ name, usedBy }) => phrase`${name} est dans le magasin de la machine ; ${ends(usedBy)}`,
  'check.root-absent': ({ name, usedBy }) => phrase`${name} n'est pas dans le magasin de la machine ; ${ends(usedBy)}`,
  'check.root-absent-automatic': ({ name, usedBy }) =>
    phrase`${name} n'est pas dans le magasin de la machine ; la mise à jour automatique des racines est active et le télécharge au besoin ; ${ends(usedBy)}`,
  'check.root-absent-unneeded': ({ name }) =>
    phrase`${name} n'est pas dans le magasin de la machine, et aucune chaîne de cette exécution n'en a besoin`,
  'check.root-absent-retired': ({ name, notAfter, usedBy }) =>
    phrase`${name} n'est pas dans le magasin de la machine, et n'a plus à y être (expiré le ${notAfter}) ; ${ends(usedBy)}`,
  'check.root-expired': ({ name, notAfter, usedBy }) =>
    phrase`${name}, dans le magasin de la machine, a expiré le ${notAfter} ; ${ends(usedBy)}`,
  'check.root-expired-retired': ({ name, notAfter, usedBy }) =>
    phrase`${name} est dans le magasin de la machine, a expiré le ${notAfter} et n'est plus nécessaire ; ${ends(usedBy)}`,
  'check.root-corrupt': ({ name, sha256, found }) =>
    phrase`${name} : le magasin de la machine contient ${found === '' ? 'un autre certificat' : found} à la place de ${sha256}`,
  'check.root-distrusted': ({ name }) => `${name} est explicitement interdit sur cette machine`,
  'check.root-unknown': ({ name }) => phrase`${name} : le magasin de la machine est illisible`,
  'check.clock-right': ({ hosts }) => `L'horloge concorde avec ${compte(hosts, 'hôte')} à cinq minutes près`,
  'check.clock-wrong': ({ seconds, hosts }) => `L'horloge ${skew(seconds)} sur l'heure de ${compte(hosts, 'hôte')}`,
  'check.clock-suspect': ({ hosts }) =>
    `Les certificats de ${hosts} hôtes sans lien sont hors de leurs dates d'après cette horloge`,
  'check.clock-untested': () => "Aucune réponse ne portait de date à comparer à l'horloge",
  'check.network-families': ({ families }) => phrase`Adresses et routes : ${families}`,
  'check.network-none': () => "Aucune interface active n'a d'adresse",
  'check.network-no-route': ({ families }) => `Pas de route par défaut pour ${families}`,
  'check.resolver-answers': ({ servers }) => phrase`Serveurs de noms qui répondent : ${servers}`,
  'check.resolver-silent': ({ servers }) => `Aucune réponse de ${servers}`,
  'check.resolver-internal': ({ servers }) =>
    phrase`Des serveurs de noms répondent et ne connaissent aucun nom public : ${servers}`,
  'check.resolver-none': () => "Aucun serveur de noms n'est configuré",
  'check.content-head': ({ host, by, status, length, documented }) =>
    length === documented
      ? phrase`${host} : GET apporte le téléchargement (statut ${status}), HEAD non (${by}) ; les programmes qui demandent d'abord la taille échoueront`
      : phrase`${host} : HEAD annonce ${length} octets, GET ${documented} ; les programmes qui demandent d'abord la taille seront trompés`,
  'check.content-object': ({ host, status, first, expected, length, documented }) =>
    length === documented
      ? phrase`${host} : sous son propre certificat est arrivé autre chose que l’objet documenté (statut ${status}) : le début est ${first === '' ? 'vide' : first}, la documentation donne ${expected}`
      : phrase`${host} : sous son propre certificat l’objet a ${length} octets, la documentation en donne ${documented} ; l’éditeur y a peut-être mis un objet plus récent`,
  'check.cdn-edge-denial': ({ network, hosts, sample, references }) =>
    phrase`Le serveur de périphérie de ${network} refuse lui-même ${compte(hosts, 'hôte')} (403) sous ${hosts === 1 ? 'son propre certificat' : 'leurs propres certificats'} : ${sample}. Il se peut qu'il refuse l'adresse par laquelle ce réseau sort ; transmettez à l'éditeur ${references === '' ? "cette adresse et l'heure" : phrase`cette référence : ${references}`}`,
  'check.store-empty': ({ store }) =>
    phrase`Le magasin de la machine (${store}) ne contient aucun certificat ; ce rapport s'appuie sur les racines publiques fournies, que les autres programmes n'ont pas`,
  'check.resolver-untested': ({ servers }) =>
    servers === '' ? "Aucun nom n'a été demandé" : phrase`Aucun nom n'a été demandé ; configurés : ${servers}`,
  'check.names-differ': ({ names: count, sample }) =>
    `Les programmes de cette machine obtiennent pour ${count} ${count === 1 ? 'nom' : 'noms'} d'autres adresses que celles des serveurs de noms (${sample})`,
  'check.pace-limited': ({ failed, sample }) =>
    phrase`${failed} échecs quand beaucoup de demandes partaient à la fois, réussites l'une après l'autre : quelque chose limite leur nombre (${sample})`,
  'check.steadiness-once': ({ what, tried }) => phrase`${what} : un essai sur ${tried} a échoué`,
  'check.revocation-good': ({ addresses }) =>
    phrase`Adresses de révocation et d'émetteurs des chaînes : toutes répondent (${addresses})`,
  'check.revocation-partly': ({ failed, addresses }) =>
    phrase`Adresses de révocation et d'émetteurs des chaînes : ${failed} sur ${addresses} ne ${failed < 2 ? 'répond' : 'répondent'} pas`,
  'check.revocation-revoked': ({ certificates: count }) =>
    count === 1 ? '1 certificat est révoqué' : `${count} certificats sont révoqués`,
  'check.revocation-untested': () => "Aucune chaîne n'indique d'adresse qui ait été testée",
};

/** French sentences of all facts, except those that quote the other words. */
export const facts: Omit<Words['facts'], 'experiment' | 'http.status-meaning' | `tried.${string}` | `proxy.${string}`> =
  {
    ...names,
    ...naming,
    ...family,
    ...share,
    ...certificates,
    ...checks,
    'tcp.timeout': (a) => phrase`${place(a)} : aucune réponse à la tentative de connexion en ${a.ms} ms`,
    'tcp.refused': (a) => phrase`${place(a)} : connexion refusée après ${a.ms} ms`,
    'tcp.refused-here': (a) =>
      phrase`${place(a)} : une adresse de cette machine, où aucun programme n'écoute sur ce port`,
    'tcp.reset': (a) => phrase`${place(a)} : connexion réinitialisée à l'ouverture, après ${a.ms} ms`,
    'tcp.host-unreachable': (a) => phrase`${place(a)} : « host unreachable », signalé après ${a.ms} ms`,
    'tcp.network-unreachable': (a) => phrase`${place(a)} : un routeur dit « network unreachable », après ${a.ms} ms`,
    'tcp.no-route': (a) => phrase`${place(a)} : cette machine n'a pas de route vers l'adresse`,
    'tcp.refused-near': (a) =>
      phrase`${place(a)} : le refus est venu après ${a.ms} ms, et aucun autre hôte ne répond en moins de ${a.quickest} ms : il vient de tout près`,
    'tcp.permission': (a) =>
      phrase`${place(a)} : le système d'exploitation interdit la connexion (erreur d'autorisation)`,
    'tcp.nothing-connects': ({ addresses, targets }) =>
      `Aucune des ${addresses} adresses extérieures (${compte(targets, 'cible')}) n'accepte de connexion`,
    'tcp.others-connect': ({ addresses }) =>
      addresses === 1 ? '1 autre adresse accepte la connexion' : `${addresses} autres adresses acceptent la connexion`,
    'address.failed': (a) => phrase`${place(a)} : échec à l'étape ${a.stage} (${a.failure})`,
    'address.works': ({ host, working, tried }) =>
      phrase`${host} : ${working} adresse${working < 2 ? '' : 's'} sur ${tried} ${working < 2 ? 'fonctionne' : 'fonctionnent'}`,
    'ipv6.all-fail': ({ addresses, hosts }) =>
      phrase`Toutes les adresses IPv6 (${addresses}) échouent, et IPv4 fonctionne pour ${hosts === 1 ? 'le même hôte (1)' : `les mêmes ${hosts} hôtes`}`,
    'tunnel.failed': ({ host, proxy, failure }) =>
      phrase`${host} : le proxy ${proxy} n'accorde pas de tunnel (${failure})`,
    'tls.reset': (a) =>
      phrase`${place(a)} : connexion réinitialisée ${a.ms} ms après le début de la négociation TLS ; ${received(a.bytesRead)} auparavant`,
    'tls.closed': (a) =>
      phrase`${place(a)} : connexion fermée ${a.ms} ms après le début de la négociation TLS ; ${received(a.bytesRead)} auparavant`,
    'tls.before-hello': (a) => phrase`${place(a)} : fin de connexion avant l'envoi du ClientHello`,
    'tls.timeout': (a) =>
      phrase`${place(a)} : la négociation TLS s'arrête ; ${a.bytesRead === 0 ? 'aucun octet' : `seulement ${compte(a.bytesRead, 'octet')}`} en ${a.ms} ms`,
    'tls.hello-size': ({ host, bytes }) => phrase`${host} : le ClientHello faisait ${compte(bytes, 'octet')}`,
    'tls.alert': (a) => phrase`${place(a)} : alerte TLS ${a.alert} (${a.name})`,
    'tls.not-tls': (a) =>
      phrase`${place(a)} : ${a.text === '' ? 'la réponse n’est pas du TLS' : phrase`les premiers octets ne sont pas du TLS : « ${a.text} »`}`,
    'tls.old-version': (a) => phrase`${place(a)} : répond avec ${a.version}`,
    'tls.protocol': (a) =>
      phrase`${place(a)} : la réponse TLS n'est pas acceptable${a.detail === '' ? '' : ` (${a.detail})`}`,
    'revocation.unreachable': ({ host, url, failure }) => phrase`${host} : ${url} est injoignable (${failure})`,
    'revocation.refused': ({ host, url, status }) => phrase`${host} : ${url} est refusé avec le statut ${status}`,
    'revocation.block-page': ({ host, url }) =>
      phrase`${host} : ${url} répond par une page web au lieu de données de révocation`,
    'http.status': ({ host, status, reason }) =>
      phrase`${host} : statut HTTP ${status}${reason === '' ? '' : ` ${reason}`}`,
    'http.header': ({ host, name, value }) => phrase`${host} : en-tête de réponse ${name}: ${value}`,
    'http.page': ({ host, vendor }) => phrase`${host} : la réponse porte les marques de ${vendor}`,
    'http.body': ({ host, text }) => phrase`${host} : la page commence par « ${text} »`,
    'http.plain': ({ host }) => phrase`${host} : le chemin n'est pas chiffré, n'importe qui en chemin peut répondre`,
    'http.content': ({ host, status, bytes, first }) =>
      first === ''
        ? phrase`${host} : statut ${status}, rien de l’objet n’est arrivé`
        : phrase`${host} : statut ${status}, ${bytes} octets qui commencent par ${first}`,
    'http.truncated': ({ host, bytes, expected, how }) => {
      const end = how === 'stalled' ? 'le corps s’immobilise' : 'la connexion se termine';
      return expected < 0
        ? phrase`${host} : ${end} après ${bytes} octets`
        : phrase`${host} : ${end} après ${bytes} octets sur ${expected}`;
    },
    'http.expected-bytes': ({ host, expected }) => phrase`${host} : l’objet documenté commence par ${expected}`,
    'http.range-ignored': ({ host }) => phrase`${host} : la plage demandée est ignorée`,
    'http.content-length': ({ host, length, documented }) =>
      phrase`${host} : l’objet a ${length} octets, la documentation en donne ${documented}`,
    'http.content-hash': ({ host, sha256 }) =>
      phrase`${host} : l’objet a une autre empreinte que celle documentée : ${sha256}`,
    'http.cdn': ({ host, header }) => phrase`${host} : le frontal du service a répondu (en-tête ${header})`,
    'http.redirect': ({ host, location }) => phrase`${host} : redirigé vers ${location}`,
    'http.same-page': ({ host, domains }) =>
      phrase`${host} répond en HTTP en clair comme ${domains} domaines sans lien : une seule et même demande de connexion`,
    'http.shared-page': ({ host, domains }) =>
      phrase`${host} répond en HTTP en clair par la page que donnent ${domains} domaines sans lien`,
    'http.same-redirect': ({ location, domains }) => `${location} est la destination de ${domains} domaines sans lien`,
    'http.added-header': ({ name, value, domains }) =>
      phrase`Chaque réponse HTTP en clair (${domains} domaines sans lien) porte l'en-tête ${name} : ${value}, et aucune réponse par TLS ne le porte`,
    'http.expected-status': ({ host, status, expected }) =>
      phrase`${host} : d'après la documentation, le service répond ${expected}, et non ${status}`,
    'http.expected-header': ({ host, name }) => phrase`${host} : l'en-tête ${name}, que le service envoie, manque`,
    'http.timeout': (a) => phrase`${place(a)} : aucune réponse HTTP en ${a.ms} ms`,
    'http.reset': (a) => phrase`${place(a)} : connexion réinitialisée ${a.ms} ms après la requête`,
    'http.closed': (a) => phrase`${place(a)} : connexion fermée sans réponse ${a.ms} ms après la requête`,
    'http.malformed': (a) =>
      phrase`${place(a)} : la réponse n'est pas du HTTP valide${a.detail === '' ? '' : ` (${a.detail})`}`,
    'http.overflow': (a) => phrase`${place(a)} : les en-têtes de la réponse dépassent la limite sans se terminer`,
    'http.hop': ({ host, hop, cause }) => phrase`${host} : redirige vers ${hop}, qui échoue (${cause})`,
    'local.no-address': () => "Aucune interface active n'a d'adresse en dehors du bouclage",
    'local.no-default-route': () => "Il n'y a de route par défaut dans aucune famille d'adresses",
    'local.nothing-leaves': ({ targets }) => `Aucune des ${targets} cibles hors de cette machine n'a répondu`,
    'local.resources': ({ host, error }) => phrase`${host} : non testé, cette machine ayant signalé ${error}`,
    'local.fault': ({ host, error }) => phrase`${host} : une erreur de wayclear lui-même, non du réseau : ${error}`,
    'clock.offset': ({ seconds, hosts }) => `L'horloge ${skew(seconds)} sur l'heure de ${compte(hosts, 'hôte')}`,
    'clock.dates': ({ hosts }) =>
      `Les certificats de ${hosts} hôtes sans lien sont hors de leurs dates d'après cette horloge`,
    'failure.raw': ({ host, stage, failure, message }) =>
      phrase`${host} : l'étape ${stage} se termine par ${failure} : ${message}`,
  };
