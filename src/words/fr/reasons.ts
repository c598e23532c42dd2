/** Why the system refused something, by its code, in French. */
export const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'fichier ou dossier introuvable',
  EACCES: 'accès refusé',
  EPERM: 'accès refusé',
  EISDIR: 'c’est un dossier',
  ENOTDIR: 'une partie du chemin n’est pas un dossier',
  ENOSPC: 'plus d’espace disponible',
  EROFS: 'le système de fichiers est en lecture seule',
  ENAMETOOLONG: 'le nom est trop long',
  ELOOP: 'ses liens tournent en rond',
  UNREAD: 'personne ne lit',
  ABORT_ERR: 'personne n’y a écrit à temps',
  ETIMEDOUT: 'personne ne répond à temps',
  ECONNREFUSED: 'la connexion est refusée',
  ECONNRESET: 'la connexion a été réinitialisée',
  ENOTFOUND: 'le nom est introuvable',
  EADDRINUSE: 'un autre programme occupe l’adresse',
  EADDRNOTAVAIL: 'cette machine n’a pas cette adresse',
};
export const unknownReason = 'raison inconnue';
