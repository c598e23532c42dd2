/** What a sealed machine wants measured: a plan as lines, and a plan again. */
import { isIP } from '../addresses.ts';
import { requestLines } from '../model/carry.ts';
import { type CarryRequestHead, carryRequestHead } from '../model/message.ts';
import type { CarriedPlan, Limits, UnroutedPlan, UnroutedTarget } from '../model/plan.ts';
import { headOf } from '../signed/head.ts';
import type { SignedDocument } from '../signed/signed-lines.ts';
import { type LineFault, sorted } from './lines.ts';

type Values = readonly Readonly<Record<string, unknown>>[];

/** A request that could be read; whether its signature holds, the document says. */
export interface CarryRequest {
  readonly head: CarryRequestHead;
  readonly plan: CarriedPlan;
  /** Fingerprints of those in the machine's store; empty where it could not be read. */
  readonly roots: readonly string[];
  readonly targets: readonly UnroutedTarget[];
}

/** The lines of a request. How patiently, and by which resolvers, is the connected side's to say. */
export function linesOfRequest(head: CarryRequestHead, plan: UnroutedPlan, roots: readonly string[]): Values {
  const { targets, features, leftOut, anchors, families, tlsHello, userAgent, experiments, repeat } = plan;
  const carried: CarriedPlan = {
    ...(features === undefined ? {} : { features }),
    ...(leftOut === undefined ? {} : { leftOut }),
    ...{ anchors, families, tlsHello, experiments },
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(repeat === undefined ? {} : { repeat }),
  };
  return [head, { plan: carried }, { roots }, ...targets.map((target) => ({ target }))];
}

/** What a document asks for; or the line that is not as it should be. */
export function requestOf(document: SignedDocument): CarryRequest | LineFault {
  const head = headOf(document, carryRequestHead);
  if (head === null) return { line: 1, place: '' };
  const lines = sorted(document, requestLines);
  if ('line' in lines) return lines;
  const { target: targets } = lines;
  const [plan] = lines.plan;
  if (plan === undefined || lines.plan.length > 1 || lines.roots.length > 1) return { line: 2, place: '' };
  if (plan.userAgent !== undefined && !/^[\x20-\x7e]{1,256}$/.test(plan.userAgent))
    return { line: 2, place: '/plan/userAgent' };
  const odd = targets.findIndex((target) => !isSound(target));
  const ids = new Set(targets.map(({ id }) => id));
  if (odd >= 0 || ids.size < targets.length)
    return { line: document.values.length - targets.length + Math.max(odd, 0) + 1, place: '/target' };
  return { head, plan, roots: lines.roots[0] ?? [], targets };
}

/** Whether a target asks for what it says: a stranger may have written it. */
function isSound({ host, port, scheme, url, untested }: UnroutedTarget): boolean {
  // What is not probed may be a pattern or a template.
  if (untested !== null) return true;
  if (!/^[a-z0-9_.:-]{1,253}$/.test(host) || (host.includes(':') && isIP(host) !== 6)) return false;
  if (scheme === 'tcp') return url === null && port > 0;
  if (url === null || !/^[\x21-\x7e]{1,4096}$/.test(url) || !URL.canParse(url)) return false;
  const { protocol, hostname, port: written, username, password } = new URL(url);
  const ports = { https: 443, http: 80 };
  return (
    protocol === `${scheme}:` &&
    hostname.replace(/^\[|\]$/g, '') === host &&
    Number(written === '' ? ports[scheme] : written) === port &&
    username === '' &&
    password === ''
  );
}

/** The plan that the connected side runs. */
export function planOfRequest(
  { plan, targets }: CarryRequest,
  here: { readonly limits: Limits; readonly dnsServers: readonly string[] },
): UnroutedPlan {
  return { targets, ...plan, ...here, offline: false };
}
