import type { RefusalWordsOf } from '../refusals.ts';
import { meant } from './phrases.ts';

/** Of what a run should check, in Japanese. */
export const plans: RefusalWordsOf<'plan'> = {
  'plan.too-many': ({ targets, most }) => [
    `ターゲットが ${targets} 件で多すぎる`,
    `1 回の実行は ${most} 件まで。--only を参照。`,
  ],
  'plan.values': ({ names, id, url }) => [
    `--set ${names.join('、')}: この値では ${id} のアドレスが正しくない: ${url}`,
    '値はホスト名またはその一部。例: contoso、contoso.westus.cloudapp.azure.com',
  ],
  'plan.glob': () => ['--only と --skip のパターンは 1 ～ 300 文字', '`*` は任意の文字列を表す。'],
  'plan.filtered': ({ targets, feature, id }) => [
    `確認するターゲットが残っていない: --only と --skip で ${targets} 件がすべて外れた`,
    `パターンは ID、ホスト、文書のパターンの全体に一致させる。例: ${feature}/*、${id}`,
  ],
  'plan.nothing': () => [
    '確認するターゲットがない',
    '機能の一覧は `wayclear list` で表示できる。旧来の機能には --include-legacy が必要。URL またはホスト[:ポート]も指定できる。',
  ],
  'plan.parameter': ({ name, near, names }) => [
    `--set: 不明なパラメーター ${name}${meant(near)}`,
    names.length === 0 ? 'カタログにテンプレートはない。' : `カタログにあるもの: ${names.join('、')}`,
  ],
  'plan.braces': ({ name }) => [
    `--set ${name}: 値に波かっこは使えない`,
    'パラメーターから別のパラメーターは作れない。',
  ],
  'plan.host-part': ({ name, value }) => [
    `--set ${name}: ホスト名またはその一部が必要だが、値は ${value}`,
    'スキーム、ポート、パスを付けずに指定する。',
  ],
  'plan.cloud': ({ cloud, features }) => [
    `機能を指定しない実行には、クラウド ${cloud} のエンドポイントがない`,
    `カタログにあるもの: ${features.join('、')}。必要なものを指定する。`,
  ],
  'plan.role': ({ role, near, roles }) => [
    `不明な役割 ${role}${meant(near)}`,
    `カタログにあるもの: ${roles.join('、')}`,
  ],
  'plan.feature-cloud': ({ feature, cloud, clouds, sibling }) => [
    `機能 "${feature}" にはクラウド ${cloud} のエンドポイントがない (あるのは ${clouds.join('、')})`,
    sibling === null ? null : `そのクラウドには機能 "${sibling}" がある。`,
  ],
  'plan.feature-role': ({ feature, role, roles }) => [
    `機能 "${feature}" には役割 ${role} のエンドポイントがない`,
    `エンドポイントのある役割: ${roles.join('、')}`,
  ],
  'plan.legacy': ({ feature }) => [
    `機能 "${feature}" は旧来のもので、もう使われていない`,
    'それでも確認するには --include-legacy を付ける。',
  ],
  'plan.no-targets': () => ['ターゲット ファイルにターゲットがない', '1 行に URL またはホスト[:ポート]を 1 つ書く。'],
};
