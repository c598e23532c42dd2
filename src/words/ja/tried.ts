import type { TriedResult } from '../../model/facts.ts';
import type { FactWords } from '../contract.ts';
import { place } from '../place.ts';

/** Each begins with its particle: what fails alike takes another one than what differs. */
const outcome: Readonly<Record<TriedResult, string>> = {
  answers: 'では、同じアドレスが応答する',
  refuses: 'では、同じアドレスが拒否を返す',
  same: 'でも、同じように失敗する',
};

const serverSays = (server: string, answer: string): string =>
  answer === '' ? `${server} から応答なし` : `${server} の応答は ${answer}`;

const echoed = {
  altered: '変更されて戻った: 経路上の機器が平文の HTTP を書き換えている',
  other: '通常の要求とは別の相手が応答した: 経路上の機器が平文の HTTP を読んでいる',
  same: '送信したとおりに戻った',
} as const;

/** Japanese sentences about what follow-up experiments tried and what came of it. */
export const tried: FactWords<'tried'> = {
  'tried.whole': ({ host, status }) => `${host}: 範囲を指定しなければオブジェクトが届く (ステータス ${status})`,
  'tried.other-content': ({ host, status }) => `${host}: 同じホストの別のパスは応答する (ステータス ${status})`,
  'tried.again': (a) => `${place(a)}: 単独で繰り返しても、同じように失敗する`,
  'tried.load': ({ host, failure }) =>
    `${host}: 多数の通信と並行すると失敗する (${failure})。同じように失敗したホストは、単独では成功する`,
  'tried.representative': ({ host, by }) => `${host}: それ自体は試していない。試した ${by} と同じように失敗する`,
  'tried.neutral-name': (a) => `${place(a)}: 別のサーバー名 (${a.name}) ${outcome[a.result]}`,
  'tried.no-name': (a) => `${place(a)}: サーバー名なし${outcome[a.result]}`,
  'tried.neutral-address': (a) =>
    a.result === 'same'
      ? `${place(a)}: 本来のホストには応答するこのアドレスでも、この名前は同じように失敗する`
      : `${place(a)}: 別のホストのこのアドレスでは、この名前に応答がある`,
  'tried.small-hello': (a) => `${place(a)}: ${a.bytes} バイトの ClientHello ${outcome[a.result]}`,
  'tried.padded-hello': (a) =>
    `${place(a)}: ${a.bytes} バイトまでパディングした従来の ClientHello ${outcome[a.result]}`,
  'tried.version': (a) => `${place(a)}: ${a.version} のみ${outcome[a.result]}`,
  'tried.wide-ciphers': (a) => `${place(a)}: このプログラムが扱えるすべての暗号スイート${outcome[a.result]}`,
  'tried.refusable-hello': (a) =>
    a.result === 'same'
      ? `${place(a)}: 成立しえない ClientHello に対する小さな拒否すら返らない`
      : `${place(a)}: 成立しえない ClientHello に対する小さな拒否は返るが、正しい ClientHello に対する大きな応答は返らない`,
  'tried.other-address': (a) =>
    a.result === 'same'
      ? `${place(a)}: ネーム サーバーが返すこのアドレスでも失敗する`
      : `${place(a)}: ネーム サーバーが返すこのアドレスでは成功する`,
  'tried.other-port': (a) =>
    a.result === 'same'
      ? `${place(a)}: 同じアドレスのポート ${a.port} も応答しない`
      : `${place(a)}: 同じアドレスのポート ${a.port} は応答する`,
  'tried.elsewhere': ({ host }) => `${host}（対象とは無関係）: こちらにも接続できない`,
  'tried.neutral-request': ({ host, status, genuine }) =>
    `${host}（誰にでも同じ文で答える）: ステータス ${status}、${genuine === 1 ? '本来の文どおり。平文 HTTP に成り代わって答える者はいない' : '本来の文ではない'}`,
  'tried.documentation-address': (a) =>
    `${a.address}:${a.port} が ${a.ms} ms 後に接続を受け付けるが、そこに応答するものはないはず (RFC 5737、RFC 3849)`,
  'tried.plain-http': (a) =>
    `${place(a)}: 平文の HTTP に対するステータスは ${a.status}${a.location === '' ? '' : `。リダイレクト先は ${a.location}`}`,
  'tried.body': ({ host, by }) =>
    `${host}: GET で取得したページで初めて応答元が分かる (${host === by ? 'このホストで取得' : `応答の特徴が同じ ${by} で取得`})`,
  'tried.made-up-host': ({ host, name, status }) =>
    `${host}: 架空の名前 (${name}) でも同じパスで同じページが返る (ステータス ${status})。このホストのページではない`,
  'tried.echo': ({ host, echo }) => `${host}: 最初の読み手がそのまま返す要求 (TRACE) は${echoed[echo]}`,
  'tried.random-name': ({ name, server, answer }) => `${name} (存在しない名前): ${serverSays(server, answer)}`,
  'tried.sibling-name': ({ name, server, answer, zone }) =>
    `${name} (同じゾーンの架空の名前): ${serverSays(server, answer)}${zone === '' ? '' : ` (ゾーン ${zone})`}`,
  'tried.control-name': ({ name, server, answer }) => `${name} (必ず存在する名前): ${serverSays(server, answer)}`,
  'tried.other-resolver': ({ name, server, answer }) => `${name}: 別のネーム サーバー ${serverSays(server, answer)}`,
  'tried.dns-over-tcp': ({ name, server, answer }) => `${name}: TCP では ${serverSays(server, answer)}`,
  'tried.pattern-refused': ({ pattern, name, status }) =>
    `${pattern}: 架空の名前 (${name}) に対するプロキシの応答は ${status}。ポリシーがパターン全体を拒否しているため、個々の名前ではなく ${pattern} の許可が必要`,
  'tried.name-refused': ({ host, pattern, name, status }) =>
    `${host}: この名前だけが拒否される。架空の名前 (${name}) に対するプロキシの応答は ${status} で、ポリシーは ${pattern} を通している`,
  'tried.pattern-allowed': ({ pattern, name, status }) =>
    `${pattern}: 架空の名前 (${name}) に対するプロキシの応答は ${status}。ポリシーはパターンを通している`,
};
