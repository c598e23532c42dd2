import type { Words } from '../contract.ts';
import { dns } from './causes-dns.ts';
import { http } from './causes-http.ts';
import { local } from './causes-local.ts';
import { proxy } from './causes-proxy.ts';
import { tcp } from './causes-tcp.ts';
import { tls } from './causes-tls.ts';

/** Japanese words of all causes: the first word of a cause's id names the file that holds them. */
export const causes: Words['causes'] = {
  ...local,
  ...dns,
  ...tcp,
  ...tls,
  ...http,
  ...proxy,
  undetermined: {
    title: '原因を特定できない',
    meaning: '経路は失敗していますが、観測結果に十分に合う原因がありません。',
    evidence: '生の結果と、判定の決め手になる実験。',
    remedies: ['示された実験を行い、調査する人のために、観測結果を含むこのレポートを保管してください。'],
  },
};
