/** Why the system refused something, by its code, in Japanese. */
export const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'ファイルまたはフォルダーが存在しない',
  EACCES: 'アクセスが拒否された',
  EPERM: 'アクセスが拒否された',
  EISDIR: 'フォルダーである',
  ENOTDIR: 'パスの途中がフォルダーではない',
  ENOSPC: '空き領域がない',
  EROFS: 'ファイル システムが読み取り専用',
  ENAMETOOLONG: '名前が長すぎる',
  ELOOP: 'リンクが循環している',
  UNREAD: '読み手がいない',
  ABORT_ERR: '時間内に書き込まれなかった',
  ETIMEDOUT: '時間内に応答がない',
  ECONNREFUSED: '接続が拒否された',
  ECONNRESET: '接続がリセットされた',
  ENOTFOUND: '名前が見つからない',
  EADDRINUSE: '別のプログラムがアドレスを使用している',
  EADDRNOTAVAIL: 'このマシンにそのアドレスはない',
};
export const unknownReason = '理由不明';
