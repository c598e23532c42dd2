import { parseFeature } from '../catalog/parse.ts';
import type { Feature } from '../model/catalog.ts';
import type { CauseId } from '../model/causes.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { type DemoCase, type DemoWorld, demoCases } from './cases.ts';
import { type DnsZone, startDnsServer } from './dns-server.ts';
import type { Origin } from './listen.ts';
import { answer, httpOrigin } from './origins-http.ts';
import { type Authority, createAuthority } from './pki.ts';
import { createCrl } from './revocation-list.ts';

/** Names of the demo live below this reserved domain (RFC 6761 section 6.2). */
const domain = 'wayclear.test';

interface Demo {
  /** The demo's endpoints as a catalog feature, ready to be planned. */
  readonly feature: Feature;
  /** `--dns-server` for it. */
  readonly dnsServer: string;
  /** Short enough for all of it to end within ten seconds: nothing here is far away. */
  readonly timeoutMs: number;
  close(): Promise<void>;
}

/** The demo's endpoints as a catalog file would hold them. */
function featureOf(world: DemoWorld, root: Authority, origins: ReadonlyMap<DemoCase, Origin>): Feature {
  return parseFeature(
    {
      schema: 1,
      feature: 'demo',
      title: 'Servers on this machine, healthy and broken',
      roles: ['demo'],
      anchors: [{ name: 'Wayclear Demo Root', sha256: root.sha256, pem: root.pem }],
      endpoints: [...origins].map(([{ id, scheme }, { port }]) => ({
        id,
        pattern: world.hostOf(id),
        ports: [port],
        importance: 'critical',
        probes: [{ url: `${scheme}://${world.hostOf(id)}:${port}/` }],
        tls: { anchors: ['Wayclear Demo Root'] },
      })),
    },
    'the demo',
  );
}

/** Starts loopback servers, healthy and broken, with a public-key infrastructure and a DNS server of their own. */
export async function startDemo(cases: readonly DemoCase[] = demoCases): Promise<Demo> {
  const root = createAuthority({ name: 'Wayclear Demo Root' });
  const issuing = createAuthority({ name: 'Wayclear Demo Issuing CA', issuer: root });
  const revokedSerial = '00d1ed';
  const crl = createCrl(issuing, [{ serial: revokedSerial }]);
  const open: { close(): Promise<void> }[] = [];
  const opened = <T extends { close(): Promise<void> }>(thing: T): T => {
    open.push(thing);
    return thing;
  };
  const close = async (): Promise<void> => {
    await Promise.all(open.map((thing) => thing.close()));
  };
  try {
    const files = opened(
      await httpOrigin({}, (peer, request) =>
        answer({ body: request.path === '/issuing.crl' ? crl : issuing.der })(peer, request),
      ),
    );
    const filesUrl = `http://files.${domain}:${files.port}`;
    const world: DemoWorld = {
      issuing,
      inspection: createAuthority({
        name: 'Example Corp TLS Inspection CA',
        subject: [
          ['CN', 'Example Corp TLS Inspection CA'],
          ['O', 'Example Corp'],
        ],
      }),
      revokedSerial,
      crlUrl: `${filesUrl}/issuing.crl`,
      issuerUrl: `${filesUrl}/issuing.crt`,
      hostOf: (id) => `${id}.${domain}`,
    };
    const origins = new Map<DemoCase, Origin>();
    for (const row of cases) origins.set(row, opened(await row.start(world, row.id)));
    const zone: DnsZone = {
      [`gone.${domain}`]: { answer: 'nxdomain' },
      ...Object.fromEntries(cases.flatMap(({ id, dns }) => (dns === undefined ? [] : [[world.hostOf(id), dns]]))),
      [`*.${domain}`]: { addresses: ['127.0.0.1'] },
    };
    const dns = opened(await startDnsServer(zone));
    const feature = featureOf(world, root, origins);
    return { feature, dnsServer: dns.server, timeoutMs: 2_000, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface DemoRow {
  readonly id: string;
  /** Null: healthy. */
  readonly expected: CauseId | null;
  /** Causes that the diagnosis gives as roots for this endpoint. */
  readonly found: readonly CauseId[];
  readonly right: boolean;
}

/** What was built in against what was found. */
export function compareDemo(diagnosis: Diagnosis, cases: readonly DemoCase[] = demoCases): readonly DemoRow[] {
  return cases.map(({ id, cause }) => {
    const found = diagnosis.rootCauses
      .filter(({ targets }) => targets.includes(`demo/${id}`))
      .map((root) => root.cause);
    return {
      id,
      expected: cause,
      found,
      right: cause === null ? found.length === 0 : found.length === 1 && found[0] === cause,
    };
  });
}
