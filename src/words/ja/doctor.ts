import type { DoctorWords } from '../doctor-words.ts';

/** Japanese words of what `doctor` judges. */
export const doctor: DoctorWords = {
  verdict(wrong, look) {
    if (wrong + look === 0)
      return 'このマシンの設定に支障はありません。経路に支障があるかどうかは wayclear check で確認できます。';
    const parts = [...(wrong === 0 ? [] : [`問題 ${wrong} 件`]), ...(look === 0 ? [] : [`要確認 ${look} 件`])];
    return `${parts.join('、')}。`;
  },
  findings: {
    pac: {
      what: 'PAC ファイルがホストごとに決定',
      next: 'ローカルのファイルの結果は wayclear plan で、リモートのファイルの結果は wayclear check で確認できます。',
    },
    'proxy-mistakes': {
      what: 'プロキシ設定に、効果のない項目、またはプログラムによって解釈が異なる項目がある',
      next: '下に示す項目を、設定されている場所で修正してください。',
    },
    'no-resolver': {
      what: 'ネーム サーバーが設定されていない',
      next: 'ネットワーク設定で指定するか、--dns-server IP を指定してください。',
    },
    'no-address': {
      what: 'このマシンにはネットワーク上のアドレスがない',
      next: 'ネットワークに接続し、アダプターと DHCP を確認してください。',
    },
    'no-default-route': {
      what: '既定のルートがなく、このマシンのネットワークにしか到達できない',
      next: 'ネットワーク設定でゲートウェイを指定してください。ただし、このネットワークのプロキシが外部に通じている場合は不要です (--proxy)。',
    },
    'store-unread': {
      what: '証明書ストアを (すべては) 読み取れない',
      next: 'パスが存在し、このアカウントに読み取り権限があることを確認してください。',
    },
    'store-empty': {
      what: 'このマシンの証明書ストアが空',
      next: '公開ルートをインストールする (Debian では ca-certificates) か、Windows ではルート証明書の自動更新を有効にしてください。',
    },
  },
};
