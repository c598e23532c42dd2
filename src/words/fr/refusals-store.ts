import type { RefusalWordsOf } from '../refusals.ts';
import { phrase } from './spacing.ts';

/** Of a store that can't be used, in French. */
export const store: RefusalWordsOf<'store'> = {
  'store.no-driver': () => [
    'un historique demande SQLite, que cet environnement n’a pas',
    phrase`Prenez Node.js 22.13 ou plus récent, l’exécutable, ou ajoutez le paquet : npm install @photostructure/sqlite@1.2.1`,
  ],
  'store.scheme': ({ where, scheme }) => [
    phrase`${where} : une adresse ${scheme} n’est pas un historique`,
    'Nommez un fichier, que SQLite tient, ou postgres://USER@HOST/DATABASE.',
  ],
  'store.none-yet': ({ place }) => [
    phrase`historique ${place} : il n’y en a pas encore`,
    'wayclear watch le crée, wayclear check --store aussi.',
  ],
  'store.other-program': ({ place }) => [
    phrase`historique ${place} : c’est l’œuvre d’un autre programme`,
    'Nommez-en un autre.',
  ],
  'store.newer': ({ place, theirs, ours }) => [
    phrase`historique ${place} : un wayclear plus récent l’a écrit (version ${theirs} de l’historique, ce programme connaît ${ours})`,
    'Prenez cette version, ou nommez-en un autre.',
  ],
  'store.older': ({ place }) => [
    phrase`historique ${place} : un wayclear plus ancien l’a écrit`,
    'wayclear watch --once le met à jour.',
  ],
  'store.denied': ({ place }) => [
    phrase`historique ${place} : ce compte n’y a pas droit`,
    'Donnez au compte de la surveillance le droit d’y écrire.',
  ],
  'store.locked': ({ place }) => [
    phrase`historique ${place} : un autre programme le tient verrouillé`,
    'Attendez que l’autre programme ait fini, ou arrêtez-le.',
  ],
  'store.read-only': ({ place }) => [
    phrase`historique ${place} : il est en lecture seule`,
    'Donnez au compte de la surveillance le droit d’y écrire, ou nommez-en un autre.',
  ],
  'store.disk': ({ place }) => [
    phrase`historique ${place} : le disque ne lit ou n’écrit pas`,
    'Regardez le disque et sa place libre.',
  ],
  'store.damaged': ({ place }) => [
    phrase`historique ${place} : il est endommagé`,
    phrase`Remettez-en une copie, ou déplacez-le : un nouveau sera créé.`,
  ],
  'store.full': ({ place }) => [
    phrase`historique ${place} : le disque est plein`,
    phrase`Faites de la place ; rien de ce qui fut enregistré n’est perdu.`,
  ],
  'store.cannot-open': ({ place }) => [
    phrase`historique ${place} : il ne s’ouvre pas`,
    'Son dossier doit exister, et ce compte doit pouvoir y écrire.',
  ],
  'store.no-database': ({ place }) => [
    phrase`historique ${place} : ce n’en est pas un : pas une base de données, ou une base endommagée`,
    'Nommez un autre fichier.',
  ],
  'store.no-server': ({ place }) => [
    phrase`historique ${place} : rien n’écoute là`,
    phrase`PostgreSQL y tourne-t-il, et le port est-il le bon ?`,
  ],
  'store.no-name': ({ place }) => [
    phrase`historique ${place} : son nom est introuvable`,
    phrase`Le nom du serveur est-il le bon ?`,
  ],
  'store.no-answer': ({ place }) => [
    phrase`historique ${place} : il ne répond pas, ou a fermé la connexion`,
    'Regardez le serveur et le réseau qui y mène.',
  ],
  'store.password': ({ place }) => [
    phrase`historique ${place} : il refuse ce compte ou son mot de passe`,
    'Le mot de passe vient de l’adresse, de PGPASSWORD, ou du fichier que nomme PGPASSFILE.',
  ],
  'store.missing-database': ({ place }) => [
    phrase`historique ${place} : le serveur n’a pas cette base`,
    phrase`Créez-la : createdb NAME`,
  ],
  'store.busy': ({ place }) => [
    phrase`historique ${place} : le serveur ne peut pas servir maintenant`,
    phrase`Il démarre, s’arrête, a trop de connexions ou tarde trop ; réessayez.`,
  ],
};
