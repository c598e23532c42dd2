import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import type { UnroutedPlan, UnroutedTarget } from '../../src/model/plan.ts';
import { makePlan, parameterNames, type Selection } from '../../src/plan/plan.ts';

const catalog = await loadCatalog([], { bundled: true });
const plan = (part: Partial<Selection> = {}): UnroutedPlan =>
  makePlan(
    catalog,
    { what: [], targets: [], role: null, cloud: 'public', includeLegacy: false, only: [], skip: [], set: {}, ...part },
    {
      timeoutMs: 10_000,
      deadlineMs: 120_000,
      concurrency: null,
      families: [4, 6],
      dnsServers: [],
      tlsHello: 'classic',
      userAgent: null,
      offline: false,
      experiments: true,
    },
  );
const told = ({ url, untested }: UnroutedTarget): string | null =>
  untested === null ? url : [untested.code, ...(untested.code === 'parameter' ? untested.parameters : [])].join(' ');

/** Id, URL or why it is untested, and what a failure costs. */
const defaultPlan = [
  ['azure-services/management-azure-com', 'https://management.azure.com/', 'critical'],
  ['cloud-services/scp-management-azure-com', 'https://management.azure.com/', 'critical'],
  ['cloud-services/scp-graph-microsoft-com', 'https://graph.microsoft.com/', 'critical'],
  [
    'console/push-notifications-configmgrbits-cdn-manage-microsoft-com',
    'https://configmgrbits.cdn.manage.microsoft.com/',
    'non-critical',
  ],
  ['endpoint-analytics/star-manage-microsoft-com', 'https://us.gateway.configmgr.manage.microsoft.com/', 'critical'],
  ['external-notifications/star-logic-azure-com', 'parameter logicAppHost', 'critical'],
  ['tenant-attach/aka-ms-configmgrgateway', 'https://aka.ms/configmgrgateway', 'critical'],
  ['tenant-attach/star-manage-microsoft-com', 'https://gateway.configmgr.manage.microsoft.com/', 'non-critical'],
  [
    'tenant-attach/star-manage-microsoft-com#2',
    'https://us.gateway.configmgr.manage.microsoft.com/api/gateway/Notification',
    'critical',
  ],
  ['tenant-attach/star-manage-microsoft-com#3', 'https://eu.gateway.configmgr.manage.microsoft.com/', 'non-critical'],
  ['tenant-attach/star-manage-microsoft-com#4', 'https://as.gateway.configmgr.manage.microsoft.com/', 'non-critical'],
  ['tenant-attach/dc-services-visualstudio-com', 'https://dc.services.visualstudio.com/', 'non-critical'],
  ['tenant-attach/revocation-crl3-digicert-com', 'http://crl3.digicert.com/DigiCertGlobalRootG2.crl', 'non-critical'],
  ['tenant-attach/revocation-crl4-digicert-com', 'http://crl4.digicert.com/DigiCertGlobalRootG2.crl', 'non-critical'],
  ['tenant-attach/revocation-ocsp-digicert-com', 'http://ocsp.digicert.com/', 'non-critical'],
  ['tenant-attach/revocation-oneocsp-microsoft-com', 'http://oneocsp.microsoft.com/ocsp', 'non-critical'],
  [
    'tenant-attach/revocation-www-microsoft-com',
    'http://www.microsoft.com/pkiops/crl/Microsoft%20RSA%20Root%20Certificate%20Authority%202017.crl',
    'non-critical',
  ],
  [
    'tenant-attach/revocation-ctldl-windowsupdate-com',
    'http://ctldl.windowsupdate.com/msdownload/update/v3/static/trustedr/en/authrootstl.cab',
    'non-critical',
  ],
  ['updates-and-servicing/star-akamaiedge-net', 'no-witness', 'non-critical'],
  ['updates-and-servicing/star-akamaitechnologies-com', 'no-witness', 'non-critical'],
  [
    'updates-and-servicing/star-manage-microsoft-com',
    'https://sccm.manage.microsoft.com/SCCMConnectedService.svc',
    'critical',
  ],
  ['updates-and-servicing/star-manage-microsoft-com#2', 'https://configmgrbits.cdn.manage.microsoft.com/', 'critical'],
  ['updates-and-servicing/go-microsoft-com', 'https://go.microsoft.com/fwlink/?LinkId=2309745', 'critical'],
  ['updates-and-servicing/go-microsoft-com#2', 'https://go.microsoft.com/fwlink/?LinkID=2298749', 'critical'],
  ['updates-and-servicing/go-microsoft-com#3', 'https://go.microsoft.com/fwlink/?LinkId=2298744', 'critical'],
  ['updates-and-servicing/go-microsoft-com#4', 'no-witness', 'critical'],
  [
    'updates-and-servicing/download-microsoft-com',
    'https://download.microsoft.com/download/5/2/C/52C5F0D5-2095-4227-BBA4-D3205D9B9714/ConfigMgr.Update.Manifest.cab',
    'critical',
  ],
  [
    'updates-and-servicing/download-windowsupdate-com',
    'http://download.windowsupdate.com/windowsupdate/redist/standalone/7.4.7600.226/windowsupdateagent30-x86.exe',
    'critical',
  ],
  ['updates-and-servicing/download-windowsupdate-com#2', 'no-witness', 'critical'],
  [
    'updates-and-servicing/download-visualstudio-microsoft-com',
    'https://download.visualstudio.microsoft.com/',
    'non-critical',
  ],
  ['updates-and-servicing/definitionupdates-microsoft-com', 'https://definitionupdates.microsoft.com/', 'non-critical'],
  [
    'updates-and-servicing/configmgrbits-cdn-manage-microsoft-com',
    'https://configmgrbits.cdn.manage.microsoft.com/qfe/2509/KB36495448_9141.1015/KB36495448_FileList.txt',
    'critical',
  ],
  ['updates-and-servicing/cmbitsstore-blob-core-windows-net', 'https://cmbitsstore.blob.core.windows.net/', 'critical'],
  [
    'updates-and-servicing/ceuswatcab01-blob-core-windows-net',
    'https://ceuswatcab01.blob.core.windows.net/',
    'non-critical',
  ],
  [
    'updates-and-servicing/ceuswatcab02-blob-core-windows-net',
    'https://ceuswatcab02.blob.core.windows.net/',
    'non-critical',
  ],
  [
    'updates-and-servicing/eaus2watcab01-blob-core-windows-net',
    'https://eaus2watcab01.blob.core.windows.net/',
    'non-critical',
  ],
  [
    'updates-and-servicing/eaus2watcab02-blob-core-windows-net',
    'https://eaus2watcab02.blob.core.windows.net/',
    'non-critical',
  ],
  [
    'updates-and-servicing/weus2watcab01-blob-core-windows-net',
    'https://weus2watcab01.blob.core.windows.net/',
    'non-critical',
  ],
  [
    'updates-and-servicing/weus2watcab02-blob-core-windows-net',
    'https://weus2watcab02.blob.core.windows.net/',
    'non-critical',
  ],
  [
    'updates-and-servicing/umwatsonc-events-data-microsoft-com',
    'https://umwatsonc.events.data.microsoft.com/',
    'non-critical',
  ],
  ['updates-and-servicing/star-umwatsonc-events-data-microsoft-com', 'no-witness', 'non-critical'],
  ['url-forwarding/aka-ms', 'https://aka.ms/configmgrgateway', 'critical'],
  ['url-forwarding/go-microsoft-com', 'https://go.microsoft.com/fwlink/?LinkId=2309745', 'critical'],
  ['windows-servicing/download-microsoft-com', 'https://download.microsoft.com/', 'critical'],
  ['windows-servicing/go-microsoft-com', 'https://go.microsoft.com/fwlink/?LinkID=619849', 'critical'],
  ['windows-servicing/dl-delivery-mp-microsoft-com', 'https://dl.delivery.mp.microsoft.com/', 'critical'],
  ['windows-servicing/dl-delivery-mp-microsoft-com#2', 'no-witness', 'critical'],
] as const;

describe('the run without arguments', () => {
  it('checks the current features of the service connection point in the public cloud, and nothing else', () => {
    expect(plan().targets.map((target) => [target.id, told(target), target.importance])).toEqual(defaultPlan);
  });

  it('counts what it leaves out of its features, and why', () => {
    const leftOut = plan().leftOut ?? [];
    const sum = (because: string): number =>
      leftOut.filter((row) => row.because === because).reduce((total, { endpoints }) => total + endpoints, 0);
    const features = catalog.features.filter((feature) => feature.default);
    const all = features.reduce((total, { endpoints }) => total + endpoints.length, 0);
    const taken = new Set(plan().targets.map(({ feature, endpoint }) => `${feature}/${endpoint}`)).size;
    expect(sum('not-current') + sum('other-cloud') + sum('other-role') + taken).toBe(all);
    expect(leftOut).toContainEqual({ feature: 'tenant-attach', because: 'not-current', endpoints: 5 });
  });

  it('says which features exist in a cloud where the run has none', () => {
    expect(() => plan({ cloud: 'china' })).toThrow("the run without a feature's name has no endpoint in cloud china");
  });

  it('has all of it in flight at once', () => {
    expect(plan().limits.concurrency).toBe(defaultPlan.filter(([, url]) => url.includes('://')).length);
  });

  it('accepts the one root beside the public ones that some of its hosts chain to', () => {
    expect(plan().anchors.map((anchor) => anchor.name)).toEqual(['Microsoft Root Certificate Authority 2011']);
  });

  it('in the cloud of the US government checks what the documents name for it', () => {
    expect(plan({ cloud: 'usgov' }).targets.map((target) => target.id)).toEqual([
      'azure-services/management-usgovcloudapi-net',
      'cloud-services/scp-management-usgovcloudapi-net',
      'tenant-attach/star-manage-microsoft-us',
    ]);
  });

  it('with legacy adds what the service connection point once needed', () => {
    const usual = new Set<string>(defaultPlan.map(([id]) => id));
    const added = plan({ includeLegacy: true }).targets.map((target) => target.id);
    expect(added.filter((id) => !usual.has(id))).toEqual([
      'cloud-services/scp-graph-windows-net',
      'desktop-analytics/server-aka-ms',
      'desktop-analytics/server-graph-windows-net',
      'desktop-analytics/server-star-manage-microsoft-com',
      'desktop-analytics/server-dc-services-visualstudio-com',
      'endpoint-analytics/graph-windows-net',
      'hybrid-intune-2018/star-manage-microsoft-com',
      'hybrid-intune-2018/star-manage-microsoft-com#2',
      'hybrid-intune-2018/login-microsoftonline-com',
      'store-for-business/bspmts-mp-microsoft-com',
      'tenant-attach/revocation-www-d-trust-net',
      'tenant-attach/revocation-root-c3-ca2-2009-ocsp-d-trust-net',
      'tenant-attach/revocation-mscrl-microsoft-com',
      'tenant-attach/revocation-mscrl-microsoft-com#2',
      'updates-and-servicing/sccmconnected-a01-cloudapp-net',
      'updates-and-servicing/star-blob-core-windows-net',
      'updates-and-servicing/blob-core-windows-net',
      'updates-and-servicing/blob-core-windows-net#2',
    ]);
  });
});

describe('the bundled features by name', () => {
  it.each(catalog.features.map((feature) => feature.feature))('%s can be planned', (feature) => {
    const { targets } = plan({ what: [feature], includeLegacy: true });
    expect(targets.length).toBeGreaterThan(0);
    expect(new Set(targets.map((target) => target.id)).size).toBe(targets.length);
    expect(targets.every((target) => target.untested !== null || target.host !== '')).toBe(true);
  });

  it.each([
    [
      'a gateway',
      {
        what: ['cloud-services'],
        role: 'cmg-connection-point',
        set: { cmgName: 'contoso', region: 'westus', cmgScaleSetHost: 'contoso.westus.cloudapp.azure.com' },
      },
      [
        'https://contoso.westus.cloudapp.azure.com/',
        null,
        null,
        'https://contoso.blob.core.windows.net/',
        'https://contoso.table.core.windows.net/',
        'https://contoso.vault.azure.net/',
      ],
    ],
    [
      'external notifications',
      { what: ['external-notifications'], set: { logicAppHost: 'prod1.westus2.logic.azure.com' } },
      ['https://prod1.westus2.logic.azure.com/'],
    ],
    [
      'the management point',
      { what: ['management-point-entra'], set: { tenantId: 'contoso.example' } },
      [
        'https://login.microsoftonline.com/',
        'https://login.microsoftonline.com/contoso.example/.well-known/openid-configuration',
        'https://sts.windows.net/',
      ],
    ],
    [
      'the site database',
      { what: ['intranet'], role: 'service-connection-point', set: { siteDatabaseServer: 'sql01' } },
      [null],
    ],
  ])('%s can be checked once its parameters are set', (_name, part, urls) => {
    const { targets } = plan(part);
    // Further instances of a gateway have ports of their own, on which no document says what answers.
    const probed = targets.filter(({ untested }) => untested?.code !== 'no-witness');
    expect(probed.map((target) => target.url)).toEqual(urls);
    expect(probed.filter((target) => target.untested !== null)).toEqual([]);
  });

  it('a parameter that is all of a host makes it one that somebody gave, and a part of one does not', () => {
    const given = (part: Partial<Selection>): readonly (readonly [string, number, true | undefined])[] =>
      plan(part).targets.map(({ host, port, givenHost }) => [host, port, givenHost] as const);
    const only = ['software-updates/parent-site-https*'];
    expect(given({ what: ['software-updates'], only, set: { parentSoftwareUpdatePoint: 'SUP.contoso.com' } })).toEqual([
      ['sup.contoso.com', 8531, true],
      ['sup.contoso.com', 443, true],
    ]);
    expect(given({ what: ['software-updates'], only })).toEqual([
      ['', 8531, undefined],
      ['', 443, undefined],
    ]);
    const gateway = given({ what: ['cloud-services'], set: { cmgName: 'contoso', region: 'westeurope' } });
    expect(gateway.filter(([host]) => host.startsWith('contoso.')).length).toBeGreaterThan(0);
    expect(gateway.filter(([, , isGiven]) => isGiven !== undefined)).toEqual([]);
  });

  it('a feature of another cloud needs no --cloud', () => {
    expect(plan({ what: ['intune-usgov'], only: ['*/portal-*'] }).targets.map((target) => target.host)).toEqual([
      'portal.azure.us',
      'portal.azure.us',
      'portal.office365.us',
      'portal.office365.us',
      'portal.manage.microsoft.us',
      'portal.manage.microsoft.us',
    ]);
  });
});

describe('each documented (pattern, port) pair', () => {
  const set = Object.fromEntries(parameterNames(catalog).map((name) => [name, 'contoso']));

  it.each(catalog.features.map((feature) => [feature.feature, feature] as const))(
    'has a target in %s, probed or untested with its reason',
    (name, { endpoints }) => {
      for (const parameters of [{}, set]) {
        for (const cloud of ['public', 'usgov', 'china'] as const) {
          const documented = endpoints.filter(({ clouds }) => clouds.includes(cloud));
          if (documented.length === 0) continue;
          const { targets } = plan({ what: [name], includeLegacy: true, set: parameters, cloud });
          const planned = new Set(targets.map(({ endpoint, port }) => `${endpoint}:${port}`));
          const pairs = documented.flatMap(({ id, ports }) => ports.map((port) => `${id}:${port}`));
          expect(pairs.filter((pair) => !planned.has(pair))).toEqual([]);
          expect(targets.filter(({ untested, host }) => untested === null && host === '')).toEqual([]);
        }
      }
    },
  );
});
