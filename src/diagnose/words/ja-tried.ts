import { place } from './en-facts.ts';
import type { FactWords, TriedResult } from './words.ts';

const outcome: Readonly<Record<TriedResult, string>> = {
  answers: '同じアドレスが応答します',
  refuses: '同じアドレスが拒否を返します',
  same: '同じように失敗します',
};

const said = (answer: string): string => (answer === '' ? '応答しません' : `${answer} と応答します`);

/** Japanese sentences about what follow-up experiments tried and what came of it. */
export const tried: FactWords<'tried'> = {
  'tried.again': (a) => `${place(a)}: 単独で繰り返しても、同じように失敗します`,
  'tried.load': ({ host, failure }) =>
    `${host}: 多数の接続が同時に進む間に失敗しました (${failure})。同じように失敗したホストは、単独で試すと動作します`,
  'tried.representative': ({ host, by }) =>
    `${host}: 単独では試していません。実際に試した ${by} と同じように失敗します`,
  'tried.neutral-name': (a) => `${place(a)}: 別のサーバー名 (${a.name}) では、${outcome[a.result]}`,
  'tried.no-name': (a) => `${place(a)}: サーバー名なしでは、${outcome[a.result]}`,
  'tried.neutral-address': (a) =>
    a.result === 'same'
      ? `${place(a)}: 本来のホストには応答するこのアドレスでも、この名前は同じように失敗します`
      : `${place(a)}: 別のホストのこのアドレスでは、この名前に応答があります`,
  'tried.small-hello': (a) => `${place(a)}: ${a.bytes} バイトの ClientHello では、${outcome[a.result]}`,
  'tried.padded-hello': (a) =>
    `${place(a)}: ${a.bytes} バイトまで埋めた従来型の ClientHello では、${outcome[a.result]}`,
  'tried.version': (a) => `${place(a)}: ${a.version} のみでは、${outcome[a.result]}`,
  'tried.wide-ciphers': (a) => `${place(a)}: このプログラムが知るすべての暗号スイートでは、${outcome[a.result]}`,
  'tried.refusable-hello': (a) =>
    a.result === 'same'
      ? `${place(a)}: 受け入れられない ClientHello への小さな拒否さえ戻ってきません`
      : `${place(a)}: 受け入れられない ClientHello への小さな拒否は戻りますが、正しい ClientHello への大きな応答は戻りません`,
  'tried.other-address': (a) =>
    a.result === 'same'
      ? `${place(a)}: ネームサーバーが示すアドレスでも失敗します`
      : `${place(a)}: ネームサーバーが示すアドレスでは動作します`,
  'tried.other-port': (a) =>
    a.result === 'same'
      ? `${place(a)}: 同じアドレスのポート ${a.port} も応答しません`
      : `${place(a)}: 同じアドレスのポート ${a.port} は応答します`,
  'tried.documentation-address': (a) =>
    `${a.address}:${a.port} が ${a.ms} ms 後に接続を受け入れます。ここには誰も存在し得ません (RFC 5737、RFC 3849)`,
  'tried.plain-http': (a) =>
    `${place(a)}: 平文の HTTP にはステータス ${a.status} が返ります${a.location === '' ? '' : ` (転送先: ${a.location})`}`,
  'tried.random-name': ({ name, server, answer }) => `${name} (存在しない名前): ${server} は${said(answer)}`,
  'tried.sibling-name': ({ name, server, answer, zone }) =>
    `${name} (隣の架空の名前): ${server} は${said(answer)}${zone === '' ? '' : ` (ゾーン ${zone})`}`,
  'tried.control-name': ({ name, server, answer }) => `${name} (常に存在する名前): ${server} は${said(answer)}`,
  'tried.other-resolver': ({ name, server, answer }) => `${name}: 別のネームサーバー ${server} は${said(answer)}`,
  'tried.dns-over-tcp': ({ name, server, answer }) => `${name}: TCP では ${server} は${said(answer)}`,
};
