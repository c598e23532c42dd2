/** Why the system refused something, by its code, in English. */
export const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  ENOSPC: 'no space left',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
  UNREAD: 'nobody reads it',
  ABORT_ERR: 'nobody wrote into it in time',
  ETIMEDOUT: 'nobody answers in time',
  ECONNREFUSED: 'the connection is refused',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'the name is not found',
  EADDRINUSE: 'another program has the address',
  EADDRNOTAVAIL: 'this machine has no such address',
};
export const unknownReason = 'unknown reason';
