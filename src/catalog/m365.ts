import { harmless } from '../harmless.ts';
import type { Cloud, Endpoint, Feature, ProbeSpec, Source } from '../model/catalog.ts';
import { isPattern } from './pattern.ts';
import { refuse } from './values.ts';

/**
 * The Microsoft 365 endpoint web service (`https://endpoints.office.com/endpoints/<instance>`): a list of
 * endpoint sets. Format: "Office 365 IP Address and URL web service", Microsoft 365 documentation, 2025-01-08.
 */
export const m365Instances: readonly { readonly name: string; readonly path: string; readonly cloud: Cloud }[] = [
  { name: 'worldwide', path: 'Worldwide', cloud: 'public' },
  { name: 'usgovgcchigh', path: 'USGovGCCHigh', cloud: 'usgov' },
  { name: 'usgovdod', path: 'USGovDoD', cloud: 'usgov' },
  { name: 'china', path: 'China', cloud: 'china' },
];

const service: Source = {
  document: 'Microsoft 365 endpoint web service',
  date: null,
  url: 'https://endpoints.office.com/',
};
const documentation = 'https://learn.microsoft.com/microsoft-365/enterprise/microsoft-365-ip-web-service';
const mostPorts = 64;
const mostUrls = 20_000;

interface EndpointSet {
  readonly id: number;
  readonly area: string;
  readonly title: string;
  readonly urls: readonly string[];
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
  readonly category: string;
  readonly required: boolean;
  readonly notes: string | null;
}

/** One feature a service area (`m365-exchange`, `m365-common` …). Sets without a URL name addresses only and are left out. */
export function parseM365(value: readonly unknown[], file: string, cloud: Cloud = 'public'): readonly Feature[] {
  if (value.length === 0)
    refuse({ file, pointer: '' }, 'an object with a feature, or a list of Microsoft 365 endpoint sets', value);
  if (value.length > 5000) refuse({ file, pointer: '' }, 'at most 5000 endpoint sets', value.length);
  const sets = value.map((entry, index) => endpointSet(entry, file, `/${index}`));
  if (sets.reduce((sum, set) => sum + set.urls.length, 0) > mostUrls) {
    refuse({ file, pointer: '' }, `at most ${mostUrls} URLs`, value);
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

function endpointSet(value: unknown, file: string, pointer: string): EndpointSet {
  if (typeof value !== 'object' || value === null || !('serviceArea' in value)) {
    refuse({ file, pointer }, 'an endpoint set with id, serviceArea and urls', value);
  }
  const set = value as Readonly<Record<string, unknown>>;
  const { id, serviceArea: area, serviceAreaDisplayName: title, urls = [], category = 'Default', notes } = set;
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 0)
    refuse({ file, pointer: `${pointer}/id` }, 'a set number', id);
  if (typeof area !== 'string' || !/^[A-Za-z0-9-]{1,40}$/.test(area)) {
    refuse({ file, pointer: `${pointer}/serviceArea` }, 'a service area such as "Exchange"', area);
  }
  if (!Array.isArray(urls)) refuse({ file, pointer: `${pointer}/urls` }, 'a list of host names', urls);
  if (typeof category !== 'string')
    refuse({ file, pointer: `${pointer}/category` }, 'Optimize, Allow or Default', category);
  if (set['required'] !== undefined && typeof set['required'] !== 'boolean') {
    refuse({ file, pointer: `${pointer}/required` }, 'true or false', set['required']);
  }
  return {
    id,
    area,
    title: typeof title === 'string' && title !== '' ? harmless(title, 100) : area,
    urls: [...new Set(urls.map((url: unknown, index) => host(url, file, `${pointer}/urls/${index}`)))],
    tcp: portList(set['tcpPorts'], file, `${pointer}/tcpPorts`),
    udp: portList(set['udpPorts'], file, `${pointer}/udpPorts`),
    category: harmless(category, 40),
    required: set['required'] === true,
    notes: typeof notes === 'string' && notes.trim() !== '' ? harmless(notes, 1000) : null,
  };
}

function host(value: unknown, file: string, pointer: string): string {
  const name = typeof value === 'string' ? value.toLowerCase().replace(/\.$/, '') : '';
  if (name.includes('{') || !isPattern(name)) refuse({ file, pointer }, 'a host name or *.wildcard', value);
  return name;
}

/** `"80,443"`, `"3478-3481"`. Of a range over 64 ports its ends stand for it. */
function portList(value: unknown, file: string, pointer: string): readonly number[] {
  if (value === undefined || value === null || value === '') return [];
  if (typeof value !== 'string' || value.length > 1000) refuse({ file, pointer }, 'ports such as "80,443"', value);
  const ports = value.split(',').flatMap((part) => {
    const ends = /^\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*$/.exec(part);
    const from = Number(ends?.[1] ?? 0);
    const to = Number(ends?.[2] ?? from);
    if (from < 1 || to > 65_535 || to < from)
      refuse({ file, pointer }, 'ports from 1 to 65535 such as "80,443"', value);
    return to - from >= mostPorts ? [from, to] : Array.from({ length: to - from + 1 }, (_, step) => from + step);
  });
  return [...new Set(ports)];
}
