import type { Route, RouteSource } from '../model/plan.ts';
import type { Credentials } from '../proxy/credentials.ts';
import { type BypassAnswer, evaluateBypass, lintBypass } from '../proxy/no-proxy.ts';
import type { PacEvaluation } from '../proxy/pac/candidates.ts';
import { parseProxyUrl } from '../proxy/proxy-url.ts';
import { type BypassList, type Mistake, type NamedProxy, type ProxySetting, saysSomething } from '../proxy/setting.ts';
import { UsageError } from '../usage-error.ts';

export { parseProxyUrl } from '../proxy/proxy-url.ts';

/** What `--proxy` asks for. */
export type ProxyChoice =
  | { readonly kind: 'auto' | 'env' | 'system' | 'direct' }
  | { readonly kind: 'proxy'; readonly proxy: NamedProxy; readonly mistakes: readonly Mistake[] }
  | { readonly kind: 'pac'; readonly url: string };

/**
 * Reads `--proxy URL|auto|env|system|pac+URL|direct`.
 * @throws UsageError that never repeats a URL
 */
export function parseProxyChoice(text: string): ProxyChoice {
  const word = text.trim();
  if (word === 'auto' || word === 'env' || word === 'system' || word === 'direct') return { kind: word };
  if (/^pac\+/i.test(word)) {
    const url = URL.canParse(word.slice(4)) ? new URL(word.slice(4)) : null;
    if (url === null || !['http:', 'https:', 'file:'].includes(url.protocol)) {
      throw new UsageError(
        '--proxy: a PAC file needs an address',
        'Write pac+http://HOST/FILE, pac+https:// or pac+file:///PATH.',
      );
    }
    if (url.username !== '' || url.password !== '') {
      throw new UsageError(
        '--proxy: the address of a PAC file cannot hold credentials',
        'Give the address without them.',
      );
    }
    return { kind: 'pac', url: url.href };
  }
  const { proxy, credentials, mistakes } = parseProxyUrl(word);
  return { kind: 'proxy', proxy: { ...proxy, name: '--proxy', credentials }, mistakes };
}

/** What is to be reached. `host`: lower case, no trailing dot, an IPv6 address without brackets. */
export interface RouteRequest {
  readonly scheme: 'https' | 'http' | 'tcp';
  readonly host: string;
  readonly port: number;
}

/** All that a route is chosen from. */
export interface RouteInputs {
  readonly choice: ProxyChoice;
  /** `--no-proxy LIST`; replaces the source's own list. */
  readonly noProxy: string | null;
  readonly environment: ProxySetting | null;
  /** The operating system's sources, the first that says something counts. */
  readonly system: readonly ProxySetting[];
  /** `choice` came from the configuration file, not from a flag. */
  readonly configured?: boolean;
}

/** One way to a target, with the account for its proxy where the proxy's own setting names one. */
export interface RouteCandidate {
  readonly route: Route;
  readonly credentials: Credentials | null;
}

/** Where the way is decided by a script first: the sources in the order in which Windows and browsers ask them. */
export interface PacStep {
  readonly from: 'wpad' | 'url';
  /** Null for discovery. */
  readonly url: string | null;
}

/**
 * How one target is reached, and why. With `pac` steps left, the candidates hold only what stands after them (the
 * static proxies of the same source, or direct; nothing for `--proxy pac+URL`): evaluate the script and call
 * `withPacAnswer`. Without steps and candidates the route is broken.
 */
export interface RouteDecision {
  readonly candidates: readonly RouteCandidate[];
  readonly source: RouteSource;
  /** The setting that decided, as its own name: `HTTPS_PROXY`, `ProxyServer`, `NO_PROXY`, `--proxy`, `default` … */
  readonly why: string;
  readonly bypassEntry: string | null;
  /** Readers of the same NO_PROXY that would go the other way for this target. */
  readonly differs: BypassAnswer['differs'];
  /** Mistakes in the setting that won, the same for every target. */
  readonly mistakes: readonly Mistake[];
  readonly pac: readonly PacStep[];
}

function directRoute(source: RouteSource, why: string): RouteCandidate {
  return { route: { kind: 'direct', source, why }, credentials: null };
}

function proxyRoute(proxy: NamedProxy, source: RouteSource): RouteCandidate {
  const { protocol, host, port, name } = proxy;
  return { route: { kind: 'proxy', protocol, host, port, source, why: name }, credentials: proxy.credentials };
}

/** The proxy of a setting for a scheme; a bare TCP port goes where HTTPS goes, for it needs a tunnel as well. */
function proxyFor({ proxies }: ProxySetting, scheme: RouteRequest['scheme']): NamedProxy | null {
  return (scheme === 'http' ? proxies.http : proxies.https) ?? proxies.all;
}

interface Source {
  readonly source: RouteSource;
  readonly name: string;
  readonly proxy: NamedProxy | null;
  readonly bypass: BypassList | null;
  readonly pac: readonly PacStep[];
  readonly mistakes: readonly Mistake[];
}

function settingSource(setting: ProxySetting, request: RouteRequest): Source {
  return {
    source: setting.source === 'environment' ? 'environment' : 'system',
    name: setting.source,
    proxy: proxyFor(setting, request.scheme),
    bypass: setting.bypass,
    pac: [
      ...(setting.autoDetect ? [{ from: 'wpad' as const, url: null }] : []),
      ...(setting.pacUrl === null ? [] : [{ from: 'url' as const, url: setting.pacUrl }]),
    ],
    mistakes: setting.mistakes,
  };
}

function sourceOf(request: RouteRequest, { choice, environment, system, configured }: RouteInputs): Source | null {
  const given: RouteSource = configured === true ? 'config' : 'flag';
  const none = { name: '--proxy', proxy: null, bypass: null, pac: [], mistakes: [] };
  if (choice.kind === 'direct') return { ...none, source: given };
  if (choice.kind === 'proxy') {
    // As with curl, NO_PROXY of the environment holds for an explicit proxy too.
    return {
      ...none,
      source: given,
      proxy: choice.proxy,
      bypass: environment?.bypass ?? null,
      mistakes: choice.mistakes,
    };
  }
  if (choice.kind === 'pac') return { ...none, source: given, pac: [{ from: 'url', url: choice.url }] };
  const winner = winningSetting({ choice, environment, system });
  return winner === null ? null : settingSource(winner, request);
}

/** The setting that decides where the choice names no proxy itself; null if none says anything, or none is asked. */
export function winningSetting({
  choice,
  environment,
  system,
}: Pick<RouteInputs, 'choice' | 'environment' | 'system'>): ProxySetting | null {
  if (choice.kind === 'direct' || choice.kind === 'proxy' || choice.kind === 'pac') return null;
  const candidates = [
    ...(choice.kind === 'system' || environment === null ? [] : [environment]),
    ...(choice.kind === 'env' ? [] : system),
  ];
  return candidates.find((setting) => saysSomething(setting) || setting.mistakes.some(isFatal)) ?? null;
}

/** A proxy was named and can't be read: the source was meant to decide, so no later one is silently taken instead. */
function isFatal(mistake: Mistake): boolean {
  return mistake.code === 'proxy-invalid' || mistake.code === 'pac-url-unusable';
}

/**
 * The way to one target. Precedence of `auto`: environment, then the operating system's sources in their order,
 * then direct. A source decides as a whole: where the environment names only HTTP_PROXY, HTTPS goes direct.
 */
export function chooseRoute(request: RouteRequest, inputs: RouteInputs): RouteDecision {
  const found = sourceOf(request, inputs);
  const flagList: BypassList | null =
    inputs.noProxy === null ? null : { text: inputs.noProxy, dialect: 'environment', name: '--no-proxy' };
  const source = found?.source ?? 'default';
  const name = found?.name ?? 'default';
  const mistakes = [...(found?.mistakes ?? []), ...(flagList === null ? [] : lintBypass(flagList))];
  const base = { source, mistakes, bypassEntry: null, differs: [], pac: [] };
  if (found === null || (found.proxy === null && found.pac.length === 0)) {
    return { ...base, why: name, candidates: [directRoute(source, name)] };
  }
  const list = flagList ?? found.bypass;
  const bypass = list === null ? null : evaluateBypass(list, request);
  const differs = bypass?.differs ?? [];
  if (list !== null && bypass?.bypass === true) {
    const candidates = [directRoute(list === flagList ? 'flag' : source, list.name)];
    // A system's bypass list belongs to its static proxies: a script decides for itself.
    const pac = list === flagList ? [] : found.pac;
    return { ...base, why: list.name, bypassEntry: bypass.entry, differs, candidates, pac };
  }
  const fallback = found.proxy === null ? directRoute(source, name) : proxyRoute(found.proxy, source);
  // Where the user named the script, there is no other way than what it says.
  const candidates = inputs.choice.kind === 'pac' ? [] : [fallback];
  return { ...base, why: fallback.route.why, differs, candidates, pac: found.pac };
}

/**
 * A decision with one PAC step carried out. A usable answer decides: its candidates in their order. Without one (null:
 * the file was not found or not fetched) the step falls away, as in browsers, and what stands after it is left.
 * @param where the file that answered, for `why`
 */
export function withPacAnswer(decision: RouteDecision, evaluation: PacEvaluation | null, where: string): RouteDecision {
  if (evaluation === null || evaluation.candidates.length === 0) return { ...decision, pac: decision.pac.slice(1) };
  const candidates = evaluation.candidates.map((candidate): RouteCandidate => {
    if (candidate.kind === 'direct') return directRoute('pac', where);
    const { protocol, host, port } = candidate;
    return { route: { kind: 'proxy', protocol, host, port, source: 'pac', why: where }, credentials: null };
  });
  return { ...decision, candidates, source: 'pac', why: where, pac: [] };
}

/** Addresses of the WPAD file for a machine of this DNS domain, closest first, never above two labels; at most 5. */
export function wpadUrls(domain: string): readonly string[] {
  const labels = domain.toLowerCase().replace(/\.$/, '').split('.');
  if (!labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label))) return [];
  return labels
    .map((_, index) => labels.slice(index))
    .filter((rest) => rest.length >= 2)
    .slice(0, 5)
    .map((rest) => `http://wpad.${rest.join('.')}/wpad.dat`);
}
