import type { Owner } from '../model/causes.ts';
import type { Language } from './language.ts';

/** Words of the change request. */
export interface RequestWords {
  readonly title: string;
  readonly nothing: string;
  intro(version: string, at: string, sources: string): string;
  readonly to: string;
  readonly owners: Readonly<Record<Owner, string>>;
  /** What is asked for, said of the destinations in the table below it. */
  readonly asks: Readonly<Record<Owner, string>>;
  readonly columns: {
    readonly host: string;
    readonly pattern: string;
    readonly addresses: string;
    readonly port: string;
    readonly direction: string;
    readonly importance: string;
  };
  readonly outbound: string;
  readonly evidence: string;
  readonly remedies: string;
}

const en: RequestWords = {
  title: 'Network change request',
  nothing: 'Nothing to ask for: no endpoint failed.',
  intro: (version, at, sources) =>
    `Measured by wayclear ${version} at ${at} from ${sources}. All connections are outbound from there.`,
  to: 'To',
  owners: {
    firewall: 'the owner of the firewall',
    dns: 'the owner of the name servers',
    proxy: 'the owner of the web proxy or filter',
    inspection: 'the owner of the TLS inspection',
    machine: 'the administrator of this machine',
    service: 'the owner of the servers',
    unknown: 'the network team',
  },
  asks: {
    firewall: 'Allow these destinations, by name, without interfering with TLS:',
    dns: 'Resolve these names as the public DNS does:',
    proxy: 'Let these destinations through:',
    inspection: 'Exempt these destinations from TLS inspection:',
    machine: 'Mend this machine; these destinations depend on it:',
    service: 'Mend what answers at these destinations:',
    unknown: 'Find out what happens to connections to these destinations:',
  },
  columns: {
    host: 'Destination',
    pattern: 'Documented as',
    addresses: 'Addresses seen',
    port: 'Port',
    direction: 'Direction',
    importance: 'Importance',
  },
  outbound: 'outbound',
  evidence: 'Evidence',
  remedies: 'In detail',
};

const fr: RequestWords = {
  title: 'Demande de changement réseau',
  nothing: 'Rien à demander\u00a0: aucun point de terminaison n’a échoué.',
  intro: (version, at, sources) =>
    `Mesuré par wayclear ${version} le ${at} depuis ${sources}. Toutes les connexions sont sortantes depuis ces adresses.`,
  to: 'À',
  owners: {
    firewall: 'responsable du pare-feu',
    dns: 'responsable des serveurs de noms',
    proxy: 'responsable du proxy ou du filtre web',
    inspection: 'responsable de l’inspection TLS',
    machine: 'administrateur de cette machine',
    service: 'responsable des serveurs',
    unknown: 'équipe réseau',
  },
  asks: {
    firewall: 'Autoriser ces destinations, par nom, sans intervenir dans TLS\u00a0:',
    dns: 'Résoudre ces noms comme le DNS public\u00a0:',
    proxy: 'Laisser passer ces destinations\u00a0:',
    inspection: 'Exclure ces destinations de l’inspection TLS\u00a0:',
    machine: 'Réparer cette machine\u00a0; ces destinations en dépendent\u00a0:',
    service: 'Réparer ce qui répond à ces destinations\u00a0:',
    unknown: 'Chercher ce qui arrive aux connexions vers ces destinations\u00a0:',
  },
  columns: {
    host: 'Destination',
    pattern: 'Documenté comme',
    addresses: 'Adresses vues',
    port: 'Port',
    direction: 'Sens',
    importance: 'Importance',
  },
  outbound: 'sortant',
  evidence: 'Constats',
  remedies: 'En détail',
};

const ja: RequestWords = {
  title: 'ネットワーク変更依頼',
  nothing: '依頼する項目はありません。失敗したエンドポイントはありません。',
  intro: (version, at, sources) =>
    `wayclear ${version} が ${at} に ${sources} から測定しました。すべてここからの送信接続です。`,
  to: '宛先',
  owners: {
    firewall: 'ファイアウォールの管理者',
    dns: 'ネーム サーバーの管理者',
    proxy: 'Web プロキシまたはフィルターの管理者',
    inspection: 'TLS インスペクションの管理者',
    machine: 'このマシンの管理者',
    service: 'サーバーの管理者',
    unknown: 'ネットワーク担当者',
  },
  asks: {
    firewall: '次の宛先を名前で許可し、TLS に干渉しないでください。',
    dns: '次の名前を公開 DNS と同じように解決してください。',
    proxy: '次の宛先を通過させてください。',
    inspection: '次の宛先を TLS インスペクションの対象外にしてください。',
    machine: 'このマシンを修正してください。次の宛先に影響しています。',
    service: '次の宛先で応答しているものを修正してください。',
    unknown: '次の宛先への接続に何が起きているかを調べてください。',
  },
  columns: {
    host: '宛先',
    pattern: '文書上の表記',
    addresses: '確認したアドレス',
    port: 'ポート',
    direction: '方向',
    importance: '重要度',
  },
  outbound: '送信',
  evidence: '根拠',
  remedies: '詳細',
};

const nl: RequestWords = {
  title: 'Verzoek tot netwerkwijziging',
  nothing: 'Niets te vragen: geen enkel eindpunt is mislukt.',
  intro: (version, at, sources) =>
    `Gemeten door wayclear ${version} op ${at} vanaf ${sources}. Alle verbindingen gaan van daar naar buiten.`,
  to: 'Aan',
  owners: {
    firewall: 'de beheerder van de firewall',
    dns: 'de beheerder van de naamservers',
    proxy: 'de beheerder van de webproxy of het filter',
    inspection: 'de beheerder van de TLS-inspectie',
    machine: 'de beheerder van deze machine',
    service: 'de beheerder van de servers',
    unknown: 'het netwerkteam',
  },
  asks: {
    firewall: 'Sta deze bestemmingen toe, op naam, zonder in te grijpen in TLS:',
    dns: 'Zet deze namen om zoals de publieke DNS dat doet:',
    proxy: 'Laat deze bestemmingen door:',
    inspection: 'Zonder deze bestemmingen uit van TLS-inspectie:',
    machine: 'Herstel deze machine; deze bestemmingen hangen ervan af:',
    service: 'Herstel wat op deze bestemmingen antwoordt:',
    unknown: 'Zoek uit wat er gebeurt met verbindingen naar deze bestemmingen:',
  },
  columns: {
    host: 'Bestemming',
    pattern: 'Gedocumenteerd als',
    addresses: 'Geziene adressen',
    port: 'Poort',
    direction: 'Richting',
    importance: 'Belang',
  },
  outbound: 'uitgaand',
  evidence: 'Bewijs',
  remedies: 'In detail',
};

const all: Readonly<Record<Language, RequestWords>> = { en, fr, ja, nl };

export const requestWordsOf = (lang: Language): RequestWords => all[lang];
