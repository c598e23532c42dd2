import { harmless } from '../harmless.ts';
import type { ProxySourceFacts } from '../model/observations.ts';
import { lintBypass } from '../proxy/no-proxy.ts';
import { hostPort } from '../proxy/proxy-url.ts';
import type { BypassList, Mistake, NamedProxy, ProxySetting } from '../proxy/setting.ts';
import { type RouteInputs, winningSetting } from './choose.ts';

const proxyText = ({ protocol, host, port }: NamedProxy): string => `${protocol}://${hostPort(host, port)}`;

/** A list as written; an entry with an @ may be a URL with a password in the wrong variable, and is left out. */
function listText({ text, name }: BypassList): { readonly name: string; readonly list: string } {
  const shown = text.replace(/[^\s,;]*@[^\s,;]*/g, '…');
  return { name, list: harmless(shown, 1000) };
}

const mistakesOf = (mistakes: readonly Mistake[]): ProxySourceFacts['mistakes'] =>
  mistakes.slice(0, 100).map(({ code, level, name, entry, dialects }) => ({ code, level, name, entry, dialects }));

function settingFacts(setting: ProxySetting, won: boolean): ProxySourceFacts {
  const { source, proxies, bypass, pacUrl, autoDetect, mistakes, notes } = setting;
  return {
    source,
    won,
    proxies: (['http', 'https', 'all'] as const).flatMap((scheme) => {
      const proxy = proxies[scheme];
      return proxy === null ? [] : [{ scheme, proxy: proxyText(proxy), name: proxy.name }];
    }),
    bypass: bypass === null ? null : listText(bypass),
    pacUrl,
    autoDetect,
    mistakes: mistakesOf(mistakes),
    notes,
  };
}

/** What each source says of proxies, in the order in which they are asked, and which one decides. Without credentials. */
export function sourceFacts(inputs: RouteInputs): readonly ProxySourceFacts[] {
  const { choice, environment, system, noProxy, configured } = inputs;
  const flagList: BypassList | null =
    noProxy === null ? null : { text: noProxy, dialect: 'environment', name: '--no-proxy' };
  const winner = winningSetting(inputs);
  const given = configured === true ? 'config' : 'flag';
  const own: readonly ProxySourceFacts[] = (() => {
    if (choice.kind === 'proxy') {
      const list = flagList ?? environment?.bypass ?? null;
      return [
        {
          source: given,
          won: true,
          ...nothing,
          proxies: [{ scheme: 'all', proxy: proxyText(choice.proxy), name: '--proxy' }],
          bypass: list === null ? null : listText(list),
          mistakes: mistakesOf([...choice.mistakes, ...(list === null ? [] : lintBypass(list))]),
        },
      ];
    }
    if (choice.kind === 'pac') return [{ source: given, won: true, ...nothing, pacUrl: choice.url }];
    if (choice.kind === 'direct') return [{ source: given, won: true, ...nothing }];
    if (flagList === null) return [];
    return [
      {
        source: 'flag',
        won: false,
        ...nothing,
        bypass: listText(flagList),
        mistakes: mistakesOf(lintBypass(flagList)),
      },
    ];
  })();
  const settings = [...(environment === null ? [] : [environment]), ...system];
  return [...own, ...settings.map((setting) => settingFacts(setting, setting === winner))];
}

const nothing = {
  proxies: [],
  bypass: null,
  pacUrl: null,
  autoDetect: false,
  mistakes: [],
  notes: [],
} as const satisfies Partial<ProxySourceFacts>;
