import type { OfCatalog } from '../contract.ts';

/** Why an endpoint is as important as it is, in Japanese: what the bundled catalog says in English. */
export const importance: OfCatalog = {
  'No longer in use: nothing of a supported version breaks without it.':
    'もう使われていない。サポート中のバージョンでは、これがなくても何も止まらない。',
  'The page lists it without marking it optional; enrolment or management of devices stops without it.':
    'ページは省略可能とせずに挙げている。これがないとデバイスの登録や管理が止まる。',
  'Marked as required, yet a certificate names the addresses it needs by itself, and cached answers bridge an outage for days.':
    '必須とされているが、証明書が必要なアドレスを自ら示し、キャッシュされた応答で数日の停止をしのげる。',
  'Needed for the purpose that the notes name, not for running jobs.':
    '注記にある目的のために必要で、ジョブの実行には要らない。',
  'Needed where revocation is checked, and cached answers bridge an outage for days.':
    '失効を確認する場合に必要。キャッシュされた応答で数日の停止をしのげる。',
  'One of several regional addresses; a tenant uses those of its own region.':
    '地域別アドレスの一つ。テナントは自分の地域のものを使う。',
  'Takes uploads of error reports; updates are offered and installed without it.':
    'エラー報告のアップロード先。なくても更新は提示され、インストールされる。',
  'Without it the cache does not fill and clients fall back to the CDN.':
    'これがないとキャッシュが満たされず、クライアントは CDN に切り替わる。',
  'The gateway keeps its content, state and keys here.': 'ゲートウェイはコンテンツ、状態、キーをここに保存する。',
  'Named in a list of TCP checks, not in a list of requirements.':
    '要件の一覧ではなく、TCP 確認の一覧に挙げられている。',
  'Store apps are found, licensed or installed through this address.':
    'ストア アプリの検索、ライセンス、インストールはこのアドレスを通る。',
  'Software update points of the hierarchy synchronize with each other here.':
    '階層内のソフトウェアの更新ポイントは、ここで互いに同期する。',
  'Signing in to Azure from the console needs this page and its parts.':
    'コンソールから Azure へのサインインには、このページとその部品が要る。',
  'Internet clients reach the gateway and its content here.':
    'インターネット クライアントはここでゲートウェイとそのコンテンツに到達する。',
  'From version 2603 clients with Microsoft Entra tokens are refused if the management point cannot validate them.':
    'バージョン 2603 からは、管理ポイントが検証できない Microsoft Entra トークンのクライアントは拒否される。',
  'The servicing data and content of the feature come from here; without it the feature has nothing to show.':
    '機能のサービス データとコンテンツの提供元。これがないと機能には示すものがない。',
  'Scripts and Win32 apps are downloaded from here.': 'スクリプトと Win32 アプリはここからダウンロードされる。',
  'Only reading the endpoint lists needs it.': 'エンドポイント一覧を読むときだけ必要。',
  'One of several regional addresses; a device uses that of its own region.':
    '地域別アドレスの一つ。デバイスは自分の地域のものを使う。',
  'Needed when a server is connected or disconnected, and not in between.':
    'サーバーの接続時と切断時に必要で、その間は要らない。',
  'Needed at installation time only.': 'インストール時だけ必要。',
  'With two or more instances the channel runs over these ports, one an instance.':
    'インスタンスが二つ以上のとき、チャネルはインスタンスごとに一つのこれらのポートを使う。',
  'Update content is downloaded from these names.': '更新のコンテンツはこれらの名前からダウンロードされる。',
  'Update content is downloaded from here.': '更新のコンテンツはここからダウンロードされる。',
  'The gateway and the notification service of tenant attach are here.':
    'テナントのアタッチのゲートウェイと通知サービスがここにある。',
  'The document states no purpose; the update itself is offered and downloaded without it.':
    '文書に目的の記載はない。更新はこれがなくても提示され、ダウンロードされる。',
  'The connection point builds its channel to the gateway here; without it no internet client is served.':
    '接続ポイントはここにゲートウェイへのチャネルを張る。これがないとインターネット クライアントは応対されない。',
  'Synchronization asks sws.update.microsoft.com today; these older addresses are listed beside it.':
    '同期は現在 sws.update.microsoft.com を使う。これらの古いアドレスは併記されている。',
  'Only the documentation node of the console needs it.': 'コンソールの [ドキュメント] ノードだけが必要とする。',
  'No client asks for these names; only firewalls that match on resolved names see them.':
    'クライアントはこれらの名前を問い合わせない。解決後の名前で照合するファイアウォールだけが目にする。',
  'Needed for extended security updates only.': '拡張セキュリティ更新プログラムだけに必要。',
  'Needed for SSH and Windows Admin Center only.': 'SSH と Windows Admin Center だけに必要。',
  'Every call of the feature to Azure goes to this address.': '機能から Azure への呼び出しはすべてこのアドレスに行く。',
  'Clients that authenticate with Microsoft Entra get their token here.':
    'Microsoft Entra で認証するクライアントはここでトークンを得る。',
  'A cloud management gateway is deployed and monitored through this address.':
    'クラウド管理ゲートウェイの展開と監視はこのアドレスを通る。',
  'Update content of Microsoft 365 Apps comes from here.': 'Microsoft 365 Apps の更新コンテンツはここから届く。',
  'The update manifest link leads through a host of this domain, and the payload comes from one.':
    '更新マニフェストのリンクはこのドメインのホストを経由し、本体もそこから届く。',
  'The update manifest is found through a forward link of this host; without it no update is offered.':
    '更新マニフェストはこのホストの転送リンクから見つかる。これがないと更新は提示されない。',
  'The update manifest is downloaded from here; without it no update is offered.':
    '更新マニフェストはここからダウンロードされる。これがないと更新は提示されない。',
  'The support article on failing downloads tests this host first: content of an update comes from it.':
    'ダウンロード失敗のサポート記事が最初に試すホスト。更新のコンテンツはここから届く。',
  'The service locator: the role learns from it which gateway to use.':
    'サービス ロケーター。役割はここで使うゲートウェイを知る。',
  'The service locator of tenant attach and links of other features stand behind it.':
    'テナントのアタッチのサービス ロケーターとほかの機能のリンクがこの先にある。',
  'The service behind it ended for Configuration Manager in 2022.':
    'その先のサービスは 2022 年に Configuration Manager 向けの提供を終えた。',
  'The release list is found through this link.': 'リリースの一覧はこのリンクから見つかる。',
  'The release list comes from here; without it no version can be chosen.':
    'リリースの一覧はここから届く。これがないとバージョンを選べない。',
  'The payload of an update is downloaded from here.': '更新の本体はここからダウンロードされる。',
  'The older WSUS address, which is to be shut down; sws.update.microsoft.com replaces it.':
    '廃止予定の古い WSUS アドレス。sws.update.microsoft.com に置き換わる。',
  'The names of the files of an update come from here; without them it cannot be downloaded.':
    '更新のファイル名はここから届く。これがないと更新をダウンロードできない。',
  'The name is most likely a slip of the page.': 'この名前はおそらくページの誤記である。',
  'The file list of an update is found through this forward link.': '更新のファイル一覧はこの転送リンクから見つかる。',
  'The content of the deployment is downloaded from here.': '展開のコンテンツはここからダウンロードされる。',
  'The connected computer uploads usage data and downloads updates through these hosts.':
    '接続されたコンピューターは、これらのホストを通じて使用状況データを送り、更新をダウンロードする。',
  'Takes diagnostic data of the connector; devices are uploaded and actions arrive without it.':
    'コネクタの診断データの送信先。なくてもデバイスはアップロードされ、操作は届く。',
  'Synchronization runs over HTTPS; the plain HTTP form is listed beside it.':
    '同期は HTTPS で行われる。平文の HTTP は併記されている。',
  'Synchronization asks sws.update.microsoft.com; without it no update metadata arrives.':
    '同期は sws.update.microsoft.com を使う。これがないと更新のメタデータは届かない。',
  'Synchronization asks sws.update.microsoft.com today; this older address is listed beside it.':
    '同期は現在 sws.update.microsoft.com を使う。この古いアドレスは併記されている。',
  'Serves a readiness dashboard whose support ended.': 'サポートが終わった準備状況ダッシュボードを提供する。',
  'Reported not to answer anywhere; nothing is known to break.':
    'どこからも応答しないと報告されている。支障が出るものは知られていない。',
  'Replaced the wildcard for the storage that holds update content; named twice in the section.':
    '更新コンテンツを置くストレージのワイルドカードに代わったもの。その節に二度挙げられている。',
  'Only sending feedback from the console needs it.': 'コンソールからのフィードバック送信だけに必要。',
  'Only peers are coordinated here; content still comes from the distribution point or the CDN.':
    'ここで調整されるのはピアだけ。コンテンツは引き続き配布ポイントか CDN から届く。',
  'Only notices of the vendor in the console come from here.': 'ここから届くのはコンソール内のベンダーのお知らせだけ。',
  'Only making a new configuration in the console needs it.': 'コンソールで新しい構成を作るときだけ必要。',
  'Notifications are handed to the logic app at this address and nowhere else.':
    '通知はこのアドレスのロジック アプリだけに渡される。',
  'Needed for Windows Admin Center only.': 'Windows Admin Center だけに必要。',
  'Microsoft Entra user and group discovery asks this address and nothing else.':
    'Microsoft Entra のユーザーとグループの探索は、このアドレスだけに問い合わせる。',
  'From March 2025 the payload moves to configmgrbits.cdn.manage.microsoft.com, which decides.':
    '2025 年 3 月から本体は configmgrbits.cdn.manage.microsoft.com に移り、そちらで決まる。',
  'Every update download of the role starts at a forward link of this host.':
    '役割の更新ダウンロードはすべて、このホストの転送リンクから始まる。',
  'Devices upload the data of the feature to this domain.': 'デバイスは機能のデータをこのドメインにアップロードする。',
  'Collections and devices are synchronized through this domain.':
    'コレクションとデバイスはこのドメインを通じて同期される。',
  'Azure AD Graph, the service behind it, is retired; the page still lists it.':
    'その先のサービス Azure AD Graph は廃止されたが、ページにはまだ載っている。',
  'Automatic root update; needed where a chain ends in a root that the machine lacks.':
    'ルートの自動更新。マシンにないルートでチェーンが終わる場合に必要。',
  'A remote service connection point reads and writes the site database.':
    'リモートのサービス接続ポイントはサイト データベースを読み書きする。',
};
