import type { Language } from './language.ts';

/** What the view of proxy settings says besides values. */
export interface ProxyLabels {
  readonly heading: string;
  readonly source: string;
  readonly decides: string;
  readonly says: string;
  readonly yes: string;
  readonly no: string;
  readonly nothing: string;
  readonly direct: string;
  readonly pacFile: string;
  readonly discovery: string;
  readonly mistakes: string;
  /** Names of sources; one that is not here keeps its own. */
  readonly sources: Readonly<Record<string, string>>;
  /** Notes of sources; one that is not here keeps its code. */
  readonly notes: Readonly<Record<string, string>>;
  readonly byPac: (url: string) => string;
}

const en: ProxyLabels = {
  heading: 'Proxy settings, in the order in which they are asked',
  source: 'source',
  decides: 'decides',
  says: 'says',
  yes: 'yes',
  no: 'no',
  nothing: 'nothing',
  direct: 'direct',
  pacFile: 'PAC file',
  discovery: 'automatic discovery (WPAD)',
  mistakes: 'Mistakes in proxy settings',
  sources: {
    flag: 'command line',
    config: 'configuration file',
    environment: 'environment variables',
    winhttp: 'WinHTTP (services)',
    'wininet-system': 'WinINET, Local System account',
    'wininet-user': 'WinINET, this user',
    macos: 'macOS network settings',
    gnome: 'GNOME settings',
  },
  notes: {
    cgi: 'HTTP_PROXY in capitals is not read in a CGI process',
    'per-machine': 'set for the whole machine by policy',
    'gnome-authentication': 'an account is stored',
  },
  byPac: (url) => `decided for each host by the PAC file ${url}`,
};

const fr: ProxyLabels = {
  heading: "Paramètres de proxy, dans l'ordre où ils sont consultés",
  source: 'provenance',
  decides: 'décide',
  says: 'contenu',
  yes: 'oui',
  no: 'non',
  nothing: 'rien',
  direct: 'accès direct',
  pacFile: 'fichier PAC',
  discovery: 'découverte automatique (WPAD)',
  mistakes: 'Erreurs dans les paramètres de proxy',
  sources: {
    flag: 'ligne de commande',
    config: 'fichier de configuration',
    environment: "variables d'environnement",
    winhttp: 'WinHTTP (services Windows)',
    'wininet-system': 'WinINET, compte Système local',
    'wininet-user': 'WinINET, cet utilisateur',
    macos: 'paramètres réseau de macOS',
    gnome: 'paramètres de GNOME',
  },
  notes: {
    cgi: "HTTP_PROXY en majuscules n'est pas lu dans un processus CGI",
    'per-machine': 'défini pour toute la machine par une stratégie',
    'gnome-authentication': 'un compte est enregistré',
  },
  byPac: (url) => `décidé pour chaque hôte par le fichier PAC ${url}`,
};

const ja: ProxyLabels = {
  heading: 'プロキシ設定 (参照順)',
  source: '設定元',
  decides: '採用',
  says: '内容',
  yes: 'はい',
  no: 'いいえ',
  nothing: '設定なし',
  direct: '直接接続',
  pacFile: 'PAC ファイル',
  discovery: '自動検出 (WPAD)',
  mistakes: 'プロキシ設定の誤り',
  sources: {
    flag: 'コマンド ライン',
    config: '構成ファイル',
    environment: '環境変数',
    winhttp: 'WinHTTP (サービス)',
    'wininet-system': 'WinINET (ローカル システム アカウント)',
    'wininet-user': 'WinINET (このユーザー)',
    macos: 'macOS のネットワーク設定',
    gnome: 'GNOME の設定',
  },
  notes: {
    cgi: 'CGI プロセスでは大文字の HTTP_PROXY は読まれない',
    'per-machine': 'ポリシーによりマシン全体に設定されている',
    'gnome-authentication': 'アカウントが保存されている',
  },
  byPac: (url) => `ホストごとに PAC ファイル ${url} が決定`,
};

const nl: ProxyLabels = {
  heading: 'Proxyinstellingen, in de volgorde waarin ze worden geraadpleegd',
  source: 'bron',
  decides: 'beslist',
  says: 'inhoud',
  yes: 'ja',
  no: 'nee',
  nothing: 'niets',
  direct: 'rechtstreeks',
  pacFile: 'PAC-bestand',
  discovery: 'automatische detectie (WPAD)',
  mistakes: 'Fouten in proxyinstellingen',
  sources: {
    flag: 'opdrachtregel',
    config: 'configuratiebestand',
    environment: 'omgevingsvariabelen',
    winhttp: 'WinHTTP (Windows-services)',
    'wininet-system': 'WinINET, account Lokaal systeem',
    'wininet-user': 'WinINET, deze gebruiker',
    macos: 'netwerkinstellingen van macOS',
    gnome: 'instellingen van GNOME',
  },
  notes: {
    cgi: 'HTTP_PROXY in hoofdletters wordt in een CGI-proces niet gelezen',
    'per-machine': 'door beleid voor de hele machine ingesteld',
    'gnome-authentication': 'er is een account opgeslagen',
  },
  byPac: (url) => `per host bepaald door het PAC-bestand ${url}`,
};

const all: Readonly<Record<Language, ProxyLabels>> = { en, fr, ja, nl };

/** What the view of proxy settings says in a language. */
export function proxyLabelsOf(lang: Language): ProxyLabels {
  return all[lang];
}
