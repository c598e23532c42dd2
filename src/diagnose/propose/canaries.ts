/** Connections that tell a policy from a failure: to an address where nobody can be, and to another port of failing hosts. */
import type { Experiment } from '../../model/experiments.ts';
import { isAddress } from '../survey/host-names.ts';
import type { Survey } from '../survey/survey.ts';
import type { FailedProbe } from './failures.ts';
import { classicHello } from './hello.ts';

/** Sessions that end oddly after a connection: is the connection itself real? */
const suspicious: ReadonlySet<string> = new Set([
  'tls.reset',
  'tls.stalled',
  'tls.sni-filtered',
  'tls.mtu-black-hole',
  'http.timeout',
  'http.reset',
]);

/** An address where nobody can be (RFC 5737 section 3, RFC 3849). */
export function documentationAddress(survey: Survey, failures: readonly FailedProbe[]): readonly Experiment[] {
  if (survey.experiments.byKind('documentation-address').length > 0) return [];
  const failure = failures.find(({ root, outside }) => outside && suspicious.has(root.cause));
  if (failure === undefined) return [];
  const { target, host, port } = failure.probe;
  const family = survey.hasFamily(4) && failures.some(({ attempt }) => attempt?.family === 4) ? 4 : 6;
  const address = family === 4 ? '192.0.2.1' : '2001:db8::1';
  const does = { action: 'connect', ...classicHello, address, family, port: 443, scheme: 'tcp', url: null } as const;
  return [{ id: `documentation-address ${address}`, kind: 'documentation-address', target, host, port, does }];
}

/** Certificates and silences that a sign-in page can be behind. */
const portalSigns: ReadonlySet<string> = new Set([
  'tls.name-mismatch',
  'tls.self-signed',
  'tls.untrusted-issuer',
  'tls.not-tls',
]);

/** Port 80 of two failing hosts: is it another port's policy, and who answers there? `signs`: where a sign asks for it, or else where many fail. */
export function canaries(survey: Survey, failures: readonly FailedProbe[], signs: boolean): readonly Experiment[] {
  const made = survey.experiments.byKind('plain-http').length;
  const tested = new Set([...survey.probes.values()].flat().map(({ host, port }) => `${host} ${port}`)).size;
  const places = new Set(failures.map(({ place }) => place)).size;
  const hosts = new Set<string>();
  const wishes: Experiment[] = [];
  for (const { probe, attempt, root, stage, decided, outside } of failures) {
    if (made + wishes.length >= 2) break;
    const address = attempt?.address ?? null;
    if (attempt === null || address === null || attempt.family === null || probe.port === 80 || !outside) continue;
    if (isAddress(probe.host) || hosts.has(probe.host)) continue;
    const silent = stage === 'tcp' && (root.cause === 'tcp.dropped' || root.cause === 'tcp.egress-blocked');
    const many = places * 2 >= tested && (stage === 'tls' || stage === 'tcp');
    if (signs ? !(silent || portalSigns.has(root.cause)) : !many || decided) continue;
    hosts.add(probe.host);
    const { target, host, port } = probe;
    const does = {
      action: 'connect',
      ...classicHello,
      address,
      family: attempt.family,
      port: 80,
      scheme: 'http',
      url: `http://${host}/`,
    } as const;
    wishes.push({ id: `plain-http ${host} ${address}`, kind: 'plain-http', target, host, port, does });
  }
  return wishes;
}
