/** Why the system refused something, by its code, in Dutch. */
export const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'bestand of map bestaat niet',
  EACCES: 'toegang geweigerd',
  EPERM: 'toegang geweigerd',
  EISDIR: 'het is een map',
  ENOTDIR: 'een deel van het pad is geen map',
  ENOSPC: 'geen ruimte meer',
  EROFS: 'het bestandssysteem is alleen-lezen',
  ENAMETOOLONG: 'de naam is te lang',
  ELOOP: 'de koppelingen lopen in een kring',
  UNREAD: 'niemand leest het',
  ABORT_ERR: 'niemand schreef er op tijd in',
  ETIMEDOUT: 'niemand antwoordt op tijd',
  ECONNREFUSED: 'de verbinding is geweigerd',
  ECONNRESET: 'de verbinding werd verbroken',
  ENOTFOUND: 'de naam is niet gevonden',
  EADDRINUSE: 'een ander programma heeft het adres',
  EADDRNOTAVAIL: 'deze machine heeft dat adres niet',
};
export const unknownReason = 'onbekende reden';
