/** What somebody chose and what the sources of this machine say of proxies, and which of it decides. */
import type { ProxyChoice } from './choice.ts';
import { type ProxySetting, saysSomething } from './setting.ts';

/** All that a route is chosen from: the choice, and what each source of this machine says of proxies. */
export interface ProxySettings {
  readonly choice: ProxyChoice;
  readonly chosenBy: 'flag' | 'config';
  /** Replaces the winning setting's own list; null: not given. */
  readonly noProxy: string | null;
  readonly environment: ProxySetting | null;
  /** The operating system's sources, the first that says something counts. */
  readonly system: readonly ProxySetting[];
}

/** The setting that decides where the choice names no proxy itself; null if none says anything, or none is asked. */
export function winningSetting({ choice, environment, system }: ProxySettings): ProxySetting | null {
  if (choice.kind === 'direct' || choice.kind === 'proxy' || choice.kind === 'pac') return null;
  const candidates = [
    ...(choice.kind === 'system' || environment === null ? [] : [environment]),
    ...(choice.kind === 'env' ? [] : system),
  ];
  return candidates.find((setting) => saysSomething(setting) || setting.mistakes.some(isFatal)) ?? null;
}

/** A proxy was named and can't be read: the source was meant to decide, so no later one is silently taken instead. */
function isFatal({ code }: ProxySetting['mistakes'][number]): boolean {
  return code.startsWith('proxy-') || code === 'pac-url-unusable';
}
