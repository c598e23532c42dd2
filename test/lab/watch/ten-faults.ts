/** What is watched, what breaks and mends there, and what has to be told of it. Minutes count from the start. */
import type { Fault } from '../scenario.ts';
import type { LabStory, StoryKill } from '../story.ts';

const endpoint = (id: string, pattern: string, importance: 'critical' | 'non-critical' = 'critical') => ({
  ...{ id, pattern, ports: [443], importance },
});

export const catalog = {
  ...{ schema: 1, feature: 'desk' },
  endpoints: [
    endpoint('api', 'api.orders.example'),
    endpoint('files', 'files.orders.example'),
    endpoint('login', 'login.identity.example'),
    endpoint('cdn', 'cdn.content.example', 'non-critical'),
    endpoint('sync', 'sync.content.example'),
    endpoint('feed', 'feed.updates.example'),
    endpoint('shop', 'shop.updates.example', 'non-critical'),
    endpoint('bank', 'bank.partner.example'),
    endpoint('post', 'post.partner.example'),
  ],
};

/** The watch's own arguments. What belongs to partners takes the proxy, all else the direct path. */
export const watchArguments: readonly string[] = [
  ...['desk', '--no-bundled', '--every', '10m', '--confirm', '2'],
  ...['--proxy', 'http://proxy.corp.example:3128'],
  '--no-proxy',
  '.orders.example,.identity.example,.content.example,.updates.example,.ops.example,.trust-services.example',
];

export const receiver = 'hooks.ops.example';

/** Of the company: its authority is trusted on the client. */
export const always: readonly Fault[] = [{ kind: 'machine-store', add: ['company'] }];

type Row = readonly [from: number, to: number, ...faults: Fault[]];

const proxy = (behaviour: Extract<Fault, { kind: 'proxy' }>['behaviour']): Fault => ({
  ...{ kind: 'proxy', port: 3128, behaviour },
});
/** Neither the client nor the proxy gets there. */
const packets = (action: 'drop' | 'reset', ...names: readonly string[]): readonly Fault[] => [
  { kind: 'packets', action, to: { names, ports: [443] } },
  { kind: 'packets', action, to: { names, ports: [443] }, from: 'proxy' },
];
const origin = (name: string, behaviour: Extract<Fault, { kind: 'origin' }>['behaviour']): Fault => ({
  ...{ kind: 'origin', names: [name], behaviour },
});
const blockPage =
  '<html><head><title>Web Page Blocked</title></head><body>FortiGuard Web Filtering<br>Powered By Fortinet<br>Category: Information Technology</body></html>';
const outOfOrder: Fault = origin('cdn.content.example', { http: { status: 502, headers: { 'x-azure-ref': '0lab' } } });

const filtered: Fault = {
  ...{ kind: 'inspection', by: 'box', authority: 'company', names: ['sync.content.example'] },
  blocked: { names: ['sync.content.example'], status: 403, body: blockPage },
};

/** Looks are ten minutes apart, and what is in doubt is looked at again a minute later. */
const broken: readonly Row[] = [
  // One name is denied.
  [5, 16, { kind: 'name', names: ['login.identity.example'], answer: 'nxdomain' }],
  // A packet filter drops what goes to one host.
  [15, 26, ...packets('drop', 'api.orders.example')],
  // A service is out of order at every other look.
  ...[15, 35, 55].map((from): Row => [from, from + 11, outOfOrder]),
  // One host refuses connections, then all of its domain.
  [35, 45, ...packets('reset', 'shop.updates.example')],
  [45, 56, ...packets('reset', 'shop.updates.example', 'feed.updates.example')],
  // TLS is opened on the way to one host.
  [55, 66, { kind: 'inspection', by: 'box', authority: 'company', names: ['feed.updates.example'] }],
  [65, 86, origin('shop.updates.example', { certificate: 'expired' })],
  [75, 86, origin('login.identity.example', { certificate: 'wrong-name' })],
  // Nothing listens at the proxy, and later on it forbids one host.
  [0, 85, proxy({ type: 'open' })],
  [96, 105, proxy({ type: 'open' })],
  [105, 116, proxy({ type: 'status', status: 403, names: ['bank.partner.example'] })],
  [116, 9999, proxy({ type: 'open' })],
  // The name server answers nobody: no notice can leave either.
  [125, 133, { kind: 'packets', action: 'drop', to: { prefixes: ['10.77.2.10/32'] } }],
  // A filter answers in place of the service.
  [145, 156, filtered],
  // One of the addresses of a host is out of reach.
  [155, 166, { kind: 'packets', action: 'drop', to: { names: ['files.orders.example'], nth: [1], ports: [443] } }],
  // Nothing of it fails: another root signs, and the client asks another name server.
  [172, 9999, origin('feed.updates.example', { certificate: 'uncommon-root' })],
  [172, 9999, { kind: 'resolv-conf', servers: ['10.77.2.12'] }],
  // It is mended a day later.
  [165, 1626, origin('api.orders.example', { certificate: 'expired' })],
];

export const faults: LabStory['faults'] = broken.flatMap(([from, to, ...all]) =>
  all.map((fault) => ({ from, to, fault })),
);

/** After three hours the machine sleeps for a day; what it missed it tells when it wakes. */
export const asleep: LabStory['asleep'] = { from: 183, to: 1623 };
export const ends = 1660;

const at = (from: number, where: StoryKill['at'], nth = 1): StoryKill => ({ from, at: where, nth });
/** In the middle of a look, between the arrival of a notice and its answer, and in the store, inside transactions too. */
export const kills: readonly StoryKill[] = [
  ...[
    at(0, 'connection', 3),
    at(9, 'connection', 9),
    at(10.5, 'post'),
    at(19.4, 'step', 17),
    at(20.5, 'connection', 2),
  ],
  ...[at(21, 'post'), at(29.4, 'step', 31), at(30.6, 'step', 24), at(40.5, 'connection', 1), at(49, 'post')],
  ...[at(59.4, 'step', 11), at(61, 'post'), at(79.4, 'connection', 15), at(89.4, 'step', 38), at(100.5, 'step', 21)],
  ...[at(110.5, 'post'), at(119.4, 'step', 14), at(130.5, 'step', 26), at(149.4, 'connection', 6), at(1600, 'post')],
];

/** Minute, what is told, of what, and of which targets. */
export const table: readonly string[] = [
  '11 opened dns.not-found login',
  '21 closed dns.not-found login',
  '21 opened http.service-error cdn',
  '21 opened tcp.dropped api',
  '31 closed http.service-error cdn',
  '31 closed tcp.dropped api',
  '41 opened http.service-error cdn',
  '41 opened tcp.refused shop',
  '50 worse tcp.refused feed shop',
  '51 closed http.service-error cdn',
  '60 changed root feed.updates.example:443',
  '61 closed tcp.refused feed shop',
  '61 opened http.service-error cdn',
  '61 opened tls.inspection feed',
  '70 unstable http.service-error cdn',
  '71 closed tls.inspection feed',
  '71 opened tls.expired shop',
  '81 opened tls.name-mismatch login',
  '91 closed tls.expired shop',
  '91 closed tls.name-mismatch login',
  '91 opened proxy.unreachable bank post',
  '101 closed proxy.unreachable bank post',
  '111 opened proxy.denied bank',
  '120 closed http.service-error cdn',
  '121 closed proxy.denied bank',
  '131 opened dns.no-resolver api bank cdn feed files login post shop sync',
  '141 closed dns.no-resolver api bank cdn feed files login post shop sync',
  '151 opened http.block-page sync',
  '161 closed http.block-page sync',
  '161 opened tcp.partly-blocked files',
  '171 closed tcp.partly-blocked files',
  '171 opened tls.expired api',
  '180 changed root feed.updates.example:443, resolver resolver',
  '1623 reminder tls.expired api',
  '1623 silent since 180',
  '1634 closed tls.expired api',
];
