import type { Fault } from '../scenario.ts';
import type { FleetScenario, FleetSite } from './fleet-scenario.ts';

const usual = ['windows-servicing', 'url-forwarding', 'azure-services'];
const site = (name: string, machines: number, more: Partial<FleetSite> = {}): FleetSite => ({
  name,
  machines,
  ...more,
});
const of = (...names: readonly string[]): readonly string[] =>
  names.flatMap((text) => {
    const [name = '', count = '1'] = text.split('*');
    return Array.from({ length: Number(count) }, (_, index) => `${name}-${index + 1}`);
  });

const closed: Fault = { kind: 'packets', action: 'drop', protocol: 'tcp' };
const through = (port: number): Partial<FleetSite> => ({ args: ['--proxy', `http://proxy.corp.example:${port}`] });
const openProxy = (port: number): readonly Fault[] => [{ kind: 'squid', port, mode: 'open' }, closed];
const denying = (port: number): readonly Fault[] => [
  { kind: 'squid', port, mode: 'deny', names: ['go.microsoft.com'] },
  closed,
];
const forwarding = /^go\.microsoft\.com:/;
const dropsServicing: Fault = { kind: 'packets', action: 'drop', to: { features: ['windows-servicing'] } };

/** Each site leaves by an address of its own, of a public network of its own. */
const outBy = (site: number): Pick<FleetSite, 'egress'> => ({ egress: `25.1.${site}.7` });
const dropsForwarding: Fault = { kind: 'packets', action: 'drop', to: { names: ['go.microsoft.com'] } };
const outOfOrder: Fault = {
  kind: 'origin',
  names: ['go.microsoft.com'],
  behaviour: { http: { status: 502, headers: { 'x-azure-ref': '0lab' } } },
};

/** As sure as the surest of its machines: silence alone, or one kind of answer, lets none of them be sure. */
const collected: readonly FleetScenario[] = [
  {
    name: 'collected-healthy',
    collected: true,
    args: usual,
    sites: [site('Aix', 2, outBy(1)), site('Bonn', 2, outBy(2))],
    expect: [],
  },
  {
    name: 'collected-one-site-behind-its-firewall',
    collected: true,
    args: usual,
    sites: [
      site('Aix', 1, outBy(1)),
      site('Bonn', 2, { ...outBy(2), faults: [dropsForwarding] }),
      site('Caen', 1, outBy(3)),
    ],
    expect: [
      {
        ...{ cause: 'tcp.dropped', scope: 'group', shared: 'label:site=Bonn', machines: of('Bonn*2') },
        ...{ endpoints: forwarding, owner: 'firewall', confidence: 'medium' },
      },
    ],
  },
  {
    // Nobody says where it is: the collector sees by which address they come.
    name: 'collected-one-way-out',
    collected: true,
    unlabelled: true,
    args: usual,
    sites: [site('Aix', 2, outBy(1)), site('Bonn', 2, { ...outBy(2), faults: [dropsForwarding] })],
    expect: [
      {
        ...{ cause: 'tcp.dropped', scope: 'group', shared: 'egress=25.1.2.7', machines: of('Bonn*2') },
        ...{ endpoints: forwarding, owner: 'firewall', confidence: 'medium' },
      },
    ],
  },
  {
    name: 'collected-service-out-of-order',
    collected: true,
    unlabelled: true,
    args: usual,
    internet: [outOfOrder],
    sites: [site('Aix', 2, outBy(1)), site('Bonn', 1, outBy(2)), site('Caen', 1, outBy(3))],
    expect: [
      {
        ...{ cause: 'http.service-error', scope: 'service', machines: of('Aix*2', 'Bonn', 'Caen') },
        ...{ endpoints: forwarding, owner: 'service', confidence: 'medium' },
      },
    ],
  },
];

export const fleetScenarios: readonly FleetScenario[] = [
  ...collected,
  {
    name: 'healthy-sites',
    args: usual,
    sites: [site('Aix', 2), site('Bonn', 2)],
    expect: [],
  },
  {
    name: 'healthy-direct-and-proxied',
    args: usual,
    sites: [site('Aix', 2), site('Bonn', 2, { ...through(3128), faults: openProxy(3128) })],
    expect: [],
  },
  {
    name: 'healthy-three-sites',
    args: ['url-forwarding'],
    sites: [site('Aix', 2), site('Bonn', 2), site('Caen', 1, { ...through(8080), faults: openProxy(8080) })],
    expect: [],
  },
  {
    name: 'one-machine-of-a-site',
    args: usual,
    sites: [site('Aix', 2), site('Bonn', 3, { hosts: { 2: { 'go.microsoft.com': '20.255.0.99' } } })],
    expect: [{ cause: 'dns.hosts-file', scope: 'machine', machines: ['Bonn-2'], endpoints: forwarding }],
  },
  {
    name: 'one-site-behind-its-firewall',
    args: usual,
    sites: [site('Aix', 2), site('Bonn', 2, { faults: [dropsServicing] })],
    expect: [
      { cause: 'tcp.dropped', scope: 'group', shared: 'label:site=Bonn', machines: of('Bonn*2'), owner: 'firewall' },
    ],
  },
  {
    name: 'two-sites-of-three-by-their-own-firewalls',
    args: usual,
    sites: [
      site('Aix', 2, { faults: [dropsServicing] }),
      site('Bonn', 2, { faults: [dropsServicing] }),
      site('Caen', 2),
    ],
    expect: [
      { cause: 'tcp.dropped', scope: 'group', shared: 'label:site=Aix', machines: of('Aix*2') },
      { cause: 'tcp.dropped', scope: 'group', shared: 'label:site=Bonn', machines: of('Bonn*2') },
    ],
  },
  {
    name: 'one-site-by-its-name-server',
    args: usual,
    sites: [
      site('Aix', 2),
      site('Bonn', 2, { faults: [{ kind: 'name', names: ['go.microsoft.com'], answer: 'nxdomain' }] }),
    ],
    expect: [
      {
        cause: 'dns.not-found',
        scope: 'group',
        shared: 'label:site=Bonn',
        machines: of('Bonn*2'),
        endpoints: forwarding,
        owner: 'dns',
      },
    ],
  },
  {
    name: 'one-site-without-names',
    args: usual,
    sites: [
      site('Aix', 2),
      site('Bonn', 3, {
        faults: [{ kind: 'packets', action: 'drop', to: { prefixes: ['10.77.2.10/32', 'fd77:2::10/128'] } }],
      }),
    ],
    expect: [{ cause: 'dns.no-resolver', scope: 'group', shared: 'label:site=Bonn', machines: of('Bonn*3') }],
  },
  {
    name: 'one-site-without-a-way-out',
    args: usual,
    sites: [site('Aix', 2), site('Bonn', 2, { faults: [closed] })],
    expect: [{ cause: 'tcp.egress-blocked', scope: 'group', shared: 'label:site=Bonn', machines: of('Bonn*2') }],
  },
  {
    name: 'one-proxy',
    args: usual,
    sites: [
      site('Aix', 2, { ...through(8080), faults: openProxy(8080) }),
      site('Bonn', 2, { ...through(3128), faults: denying(3128) }),
    ],
    expect: [
      {
        cause: 'proxy.denied',
        scope: 'group',
        shared: 'proxy=proxy.corp.example:3128',
        machines: of('Bonn*2'),
        endpoints: forwarding,
        owner: 'proxy',
      },
    ],
  },
  {
    name: 'one-proxy-of-two-sites',
    args: usual,
    sites: [
      site('Aix', 1),
      site('Bonn', 2, { ...through(3128), faults: denying(3128) }),
      site('Caen', 1, { ...through(3128), faults: denying(3128) }),
      site('Dole', 1, { ...through(8080), faults: openProxy(8080) }),
    ],
    expect: [
      {
        cause: 'proxy.denied',
        scope: 'group',
        shared: 'proxy=proxy.corp.example:3128',
        machines: of('Bonn*2', 'Caen'),
        endpoints: forwarding,
      },
    ],
  },
  {
    name: 'a-proxy-that-wants-an-account',
    args: usual,
    sites: [
      site('Aix', 2, { ...through(8080), faults: openProxy(8080) }),
      site('Bonn', 2, { ...through(3128), faults: [{ kind: 'squid', port: 3128, mode: 'basic' }, closed] }),
    ],
    expect: [
      {
        cause: 'proxy.auth-required',
        scope: 'group',
        shared: 'proxy=proxy.corp.example:3128',
        machines: of('Bonn*2'),
      },
    ],
  },
  {
    name: 'one-inspecting-authority',
    args: ['url-forwarding', 'azure-services'],
    sites: [site('Aix', 2), site('Bonn', 2, { faults: [{ kind: 'inspection', by: 'box', authority: 'company' }] })],
    expect: [{ cause: 'tls.inspection', scope: 'group', machines: of('Bonn*2'), owner: 'inspection' }],
  },
  {
    name: 'everybody-behind-one-kind-of-filter',
    args: usual,
    sites: ['Aix', 'Bonn'].map((name) =>
      site(name, 2, { faults: [{ kind: 'sni', action: 'reset', names: ['go.microsoft.com'] }] }),
    ),
    expect: [{ cause: 'tls.sni-filtered', scope: 'everybody', machines: of('Aix*2', 'Bonn*2'), endpoints: forwarding }],
  },
  {
    name: 'service-out-of-order',
    args: usual,
    internet: [outOfOrder],
    sites: [site('Aix', 2), site('Bonn', 2), site('Caen', 1)],
    expect: [
      {
        cause: 'http.service-error',
        scope: 'service',
        machines: of('Aix*2', 'Bonn*2', 'Caen'),
        endpoints: forwarding,
        owner: 'service',
      },
    ],
  },
  {
    name: 'service-with-an-ended-certificate',
    args: usual,
    internet: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'expired' } }],
    sites: [site('Aix', 2), site('Bonn', 1, { ...through(3128), faults: openProxy(3128) })],
    expect: [
      {
        cause: 'tls.expired',
        scope: 'service',
        machines: of('Aix*2', 'Bonn'),
        endpoints: forwarding,
        owner: 'service',
      },
    ],
  },
  {
    name: 'service-out-of-reach-direct-and-by-proxy',
    args: usual,
    sites: [
      site('Aix', 2, { faults: [{ kind: 'packets', action: 'drop', to: { names: ['go.microsoft.com'] } }] }),
      site('Bonn', 1, {
        ...through(3128),
        faults: [
          ...openProxy(3128),
          { kind: 'packets', action: 'drop', to: { names: ['go.microsoft.com'] }, from: 'proxy' },
        ],
      }),
    ],
    expect: [
      {
        cause: 'tcp.dropped',
        scope: 'service',
        machines: of('Aix*2', 'Bonn'),
        endpoints: forwarding,
        owner: 'service',
        confidence: 'medium',
      },
    ],
  },
  {
    name: 'service-out-of-order-and-a-site-of-its-own',
    args: usual,
    internet: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'expired' } }],
    sites: [
      site('Aix', 2),
      site('Bonn', 2, { faults: [{ kind: 'packets', action: 'drop', to: { features: ['azure-services'] } }] }),
    ],
    expect: [
      {
        cause: 'tls.expired',
        scope: 'service',
        machines: of('Aix*2', 'Bonn*2'),
        endpoints: forwarding,
      },
      { cause: 'tcp.dropped', scope: 'group', shared: 'label:site=Bonn', machines: of('Bonn*2') },
    ],
  },
];
