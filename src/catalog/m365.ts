import { harmless } from '../harmless.ts';
import type { Cloud, Endpoint, Feature, ProbeSpec, Source } from '../model/catalog.ts';
import type { Expected } from '../model/faults.ts';
import * as z from '../model/shape.ts';
import { faultAt, faultsOf } from '../reading/faults.ts';
import { refuseFaults } from '../reading/shape-error.ts';
import { isPattern } from './pattern.ts';

const service: Source = {
  document: 'Microsoft 365 endpoint web service',
  date: null,
  url: 'https://endpoints.office.com/',
};
const documentation = 'https://learn.microsoft.com/microsoft-365/enterprise/microsoft-365-ip-web-service';
const mostPorts = 64;
const mostUrls = 20_000;
const mostSets = 5000;

/** `"80,443"`, `"3478-3481"`; empty for none. */
const portText = z.string('portList').check(
  z.maxLength(1000, 'portList'),
  z.holds((text) => portsOf(text) !== null, 'portNumbers'),
);

const hostName = z.string('hostOrWildcard').check(z.holds((text) => hostOf(text) !== null, 'hostOrWildcard'));

/** A set as the service sends it; what else is in it is left alone. */
const endpointSet = z.object(
  {
    id: z.int('setNumber').check(z.gte(0, 'setNumber')),
    serviceArea: z.like(/^[A-Za-z0-9-]{1,40}$/, 'serviceArea'),
    serviceAreaDisplayName: z.optional(z.unknown()),
    urls: z.optional(z.list(hostName, 'hostNames')),
    tcpPorts: z.orNull(portText),
    udpPorts: z.orNull(portText),
    category: z.optional(z.string('category')),
    required: z.optional(z.boolean()),
    notes: z.optional(z.unknown()),
  },
  'endpointSet',
);
const endpointSets = z.list(endpointSet);

type EndpointSet = ReturnType<typeof setOf>;

/** One feature a service area (`m365-exchange`, `m365-common` …). Sets without a URL name addresses only and are left out. */
export function parseM365(value: readonly unknown[], file: string, cloud: Cloud = 'public'): readonly Feature[] {
  const refuse = (path: readonly (string | number)[], expected: Expected, got: unknown): void =>
    refuseFaults({ kind: 'catalog', file: harmless(file) }, [faultAt(path, expected, got)]);
  if (value.length === 0) refuse([], { is: 'featureOrSets' }, value);
  if (value.length > mostSets) refuse([], { is: 'most', of: 'sets', count: mostSets }, value.length);
  const strange = value.findIndex((entry) => typeof entry !== 'object' || entry === null || !('serviceArea' in entry));
  if (strange >= 0) refuse([strange], { is: 'endpointSet' }, value[strange]);
  refuseFaults({ kind: 'catalog', file: harmless(file) }, faultsOf(endpointSets, value));
  const sets = (value as z.Of<typeof endpointSets>).map(setOf);
  if (sets.reduce((sum, set) => sum + set.urls.length, 0) > mostUrls) {
    refuse([], { is: 'most', of: 'urls', count: mostUrls }, value);
  }
  const areas = [...new Set(sets.map((set) => set.area.toLowerCase()))].sort();
  return areas.map((area) => {
    const areaSets = sets.filter((set) => set.area.toLowerCase() === area);
    return {
      feature: `m365-${area}`,
      title: `Microsoft 365: ${areaSets[0]?.title ?? area}`,
      why: null,
      docs: documentation,
      default: false,
      roles: ['microsoft-365-client'],
      clouds: [cloud],
      anchors: [],
      endpoints: areaSets.flatMap((set) => endpointsOf(set, cloud)),
      file,
    };
  });
}

function endpointsOf(set: EndpointSet, cloud: Cloud): readonly Endpoint[] {
  return set.urls.flatMap((pattern) =>
    (['tcp', 'udp'] as const).flatMap((protocol) => {
      const ports = set[protocol];
      if (ports.length === 0) return [];
      // "Optimize endpoints are required for connectivity to every service"; a set may yet be marked as not required.
      const importance = set.required ? 'critical' : 'non-critical';
      return [
        {
          id: `${set.id}-${pattern.replaceAll('*', 'star')}${protocol === 'udp' ? '-udp' : ''}`,
          pattern,
          ports,
          protocol,
          importance,
          importanceReason: null,
          requirement: `${set.category}, ${set.required ? 'required' : 'optional'}`,
          status: 'current',
          since: null,
          until: null,
          legacy: false,
          roles: ['microsoft-365-client'],
          clouds: [cloud],
          probes: protocol === 'tcp' ? probesOf(pattern, ports) : [],
          tls: { anchors: [], pinned: false, inspection: 'unstated' },
          source: service,
          moreSources: [],
          notes: set.notes,
        } satisfies Endpoint,
      ];
    }),
  );
}

/**
 * HTTPS where 443 is listed: the sets list ports for a group of hosts, and not each host answers on each
 * port, so the others are only probed where 443 is not among them.
 */
function probesOf(pattern: string, ports: readonly number[]): readonly ProbeSpec[] {
  if (pattern.includes('*')) return [];
  const urls = ports.includes(443)
    ? [`https://${pattern}/`]
    : ports.map((port) => (port === 80 ? `http://${pattern}/` : `tcp://${pattern}:${port}`));
  return urls.map((url) => ({ url, method: 'GET', expect: null, basis: 'documented', note: null }));
}

function setOf(entry: z.Of<typeof endpointSet>) {
  const { id, serviceArea: area, serviceAreaDisplayName: title, category = 'Default', notes } = entry;
  return {
    id,
    area,
    title: typeof title === 'string' && title !== '' ? harmless(title, 100) : area,
    urls: [...new Set((entry.urls ?? []).flatMap((url) => hostOf(url) ?? []))],
    tcp: portsOf(entry.tcpPorts ?? '') ?? [],
    udp: portsOf(entry.udpPorts ?? '') ?? [],
    category: harmless(category, 40),
    required: entry.required === true,
    notes: typeof notes === 'string' && notes.trim() !== '' ? harmless(notes, 1000) : null,
  };
}

function hostOf(text: string): string | null {
  const name = text.toLowerCase().replace(/\.$/, '');
  return !name.includes('{') && isPattern(name) ? name : null;
}

/** Null for what is no list of ports. Of a range over 64 ports its ends stand for it. */
function portsOf(text: string): readonly number[] | null {
  if (text === '') return [];
  const ports = text.split(',').map((part) => {
    const ends = /^\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*$/.exec(part);
    const from = Number(ends?.[1] ?? 0);
    const to = Number(ends?.[2] ?? from);
    if (from < 1 || to > 65_535 || to < from) return null;
    return to - from >= mostPorts ? [from, to] : Array.from({ length: to - from + 1 }, (_, step) => from + step);
  });
  return ports.includes(null) ? null : [...new Set(ports.flatMap((part) => part ?? []))];
}
