import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCatalogFile } from '../../src/catalog/load.ts';
import { parseCatalogText } from '../../src/catalog/parse.ts';
import type { Endpoint } from '../../src/model/catalog.ts';

const folder = join(import.meta.dirname, '..', '..', 'endpoints');
const endpoints = new Map<string, Endpoint>(
  readdirSync(folder)
    .filter(isCatalogFile)
    .flatMap((file) => parseCatalogText(readFileSync(join(folder, file), 'utf8'), file))
    .flatMap(({ feature, endpoints }) => endpoints.map((endpoint) => [`${feature}/${endpoint.id}`, endpoint] as const)),
);

/** As the page of 2018-08-01 lists them: text, where the catalog has it, pattern. */
const listOf2018 = [
  ['*.akamaiedge.net', 'updates-and-servicing/star-akamaiedge-net', '*.akamaiedge.net'],
  ['*.akamaitechnologies.com', 'updates-and-servicing/star-akamaitechnologies-com', '*.akamaitechnologies.com'],
  ['*.manage.microsoft.com', 'updates-and-servicing/star-manage-microsoft-com', '*.manage.microsoft.com'],
  ['go.microsoft.com', 'updates-and-servicing/go-microsoft-com', 'go.microsoft.com'],
  ['download.microsoft.com', 'updates-and-servicing/download-microsoft-com', 'download.microsoft.com'],
  ['download.windowsupdate.com', 'updates-and-servicing/download-windowsupdate-com', 'download.windowsupdate.com'],
  ['configmgrbits.azureedge.net', 'updates-and-servicing/configmgrbits-azureedge-net', 'configmgrbits.azureedge.net'],
  [
    'sccmconnected-a01.cloudapp.net',
    'updates-and-servicing/sccmconnected-a01-cloudapp-net',
    'sccmconnected-a01.cloudapp.net',
  ],
  ['blob.core.windows.net', 'updates-and-servicing/blob-core-windows-net', 'blob.core.windows.net'],
  ['download.microsoft.com', 'windows-servicing/download-microsoft-com', 'download.microsoft.com'],
  ['https://go.microsoft.com/fwlink/?LinkID=619849', 'windows-servicing/go-microsoft-com', 'go.microsoft.com'],
  ['https://bspmts.mp.microsoft.com/V', 'store-for-business/bspmts-mp-microsoft-com', 'bspmts.mp.microsoft.com'],
  ['*manage.microsoft.com', 'hybrid-intune-2018/star-manage-microsoft-com', '*manage.microsoft.com'],
  [
    'https://login.microsoftonline.com/{TenantID}',
    'hybrid-intune-2018/login-microsoftonline-com',
    'login.microsoftonline.com',
  ],
] as const;

/** As the page of 2026-06-08 lists them, by section. */
const presentList = [
  ['https://aka.ms', 'url-forwarding/aka-ms', 'aka.ms'],
  ['https://go.microsoft.com', 'url-forwarding/go-microsoft-com', 'go.microsoft.com'],
  ['*.akamaiedge.net', 'updates-and-servicing/star-akamaiedge-net', '*.akamaiedge.net'],
  ['*.akamaitechnologies.com', 'updates-and-servicing/star-akamaitechnologies-com', '*.akamaitechnologies.com'],
  ['*.manage.microsoft.com', 'updates-and-servicing/star-manage-microsoft-com', '*.manage.microsoft.com'],
  ['go.microsoft.com', 'updates-and-servicing/go-microsoft-com', 'go.microsoft.com'],
  ['download.microsoft.com', 'updates-and-servicing/download-microsoft-com', 'download.microsoft.com'],
  ['download.windowsupdate.com', 'updates-and-servicing/download-windowsupdate-com', 'download.windowsupdate.com'],
  [
    'download.visualstudio.microsoft.com',
    'updates-and-servicing/download-visualstudio-microsoft-com',
    'download.visualstudio.microsoft.com',
  ],
  [
    'definitionupdates.microsoft.com',
    'updates-and-servicing/definitionupdates-microsoft-com',
    'definitionupdates.microsoft.com',
  ],
  ['configmgrbits.azureedge.net', 'updates-and-servicing/configmgrbits-azureedge-net', 'configmgrbits.azureedge.net'],
  [
    'configmgrbits.cdn.manage.microsoft.com',
    'updates-and-servicing/configmgrbits-cdn-manage-microsoft-com',
    'configmgrbits.cdn.manage.microsoft.com',
  ],
  [
    'cmbitsstore.blob.core.windows.net',
    'updates-and-servicing/cmbitsstore-blob-core-windows-net',
    'cmbitsstore.blob.core.windows.net',
  ],
  [
    'ceuswatcab01.blob.core.windows.net',
    'updates-and-servicing/ceuswatcab01-blob-core-windows-net',
    'ceuswatcab01.blob.core.windows.net',
  ],
  [
    'ceuswatcab02.blob.core.windows.net',
    'updates-and-servicing/ceuswatcab02-blob-core-windows-net',
    'ceuswatcab02.blob.core.windows.net',
  ],
  [
    'eaus2watcab01.blob.core.windows.net',
    'updates-and-servicing/eaus2watcab01-blob-core-windows-net',
    'eaus2watcab01.blob.core.windows.net',
  ],
  [
    'eaus2watcab02.blob.core.windows.net',
    'updates-and-servicing/eaus2watcab02-blob-core-windows-net',
    'eaus2watcab02.blob.core.windows.net',
  ],
  [
    'weus2watcab01.blob.core.windows.net',
    'updates-and-servicing/weus2watcab01-blob-core-windows-net',
    'weus2watcab01.blob.core.windows.net',
  ],
  [
    'weus2watcab02.blob.core.windows.net',
    'updates-and-servicing/weus2watcab02-blob-core-windows-net',
    'weus2watcab02.blob.core.windows.net',
  ],
  [
    'umwatsonc.events.data.microsoft.com',
    'updates-and-servicing/umwatsonc-events-data-microsoft-com',
    'umwatsonc.events.data.microsoft.com',
  ],
  [
    '*-umwatsonc.events.data.microsoft.com',
    'updates-and-servicing/star-umwatsonc-events-data-microsoft-com',
    '*-umwatsonc.events.data.microsoft.com',
  ],
  ['download.microsoft.com', 'windows-servicing/download-microsoft-com', 'download.microsoft.com'],
  ['https://go.microsoft.com/fwlink/?LinkID=619849', 'windows-servicing/go-microsoft-com', 'go.microsoft.com'],
  ['dl.delivery.mp.microsoft.com', 'windows-servicing/dl-delivery-mp-microsoft-com', 'dl.delivery.mp.microsoft.com'],
  ['management.azure.com', 'azure-services/management-azure-com', 'management.azure.com'],
  ['management.usgovcloudapi.net', 'azure-services/management-usgovcloudapi-net', 'management.usgovcloudapi.net'],
  [
    'https://login.microsoftonline.com',
    'management-point-entra/login-microsoftonline-com',
    'login.microsoftonline.com',
  ],
  ['https://sts.windows.net', 'management-point-entra/sts-windows-net', 'sts.windows.net'],
  ['https://login.microsoftonline.us', 'management-point-entra/login-microsoftonline-us', 'login.microsoftonline.us'],
  ['https://sts.windows.net', 'management-point-entra/sts-windows-net-usgov', 'sts.windows.net'],
  ['http://windowsupdate.microsoft.com', 'software-updates/windowsupdate-microsoft-com', 'windowsupdate.microsoft.com'],
  [
    'http://*.windowsupdate.microsoft.com',
    'software-updates/star-windowsupdate-microsoft-com-http',
    '*.windowsupdate.microsoft.com',
  ],
  [
    'https://*.windowsupdate.microsoft.com',
    'software-updates/star-windowsupdate-microsoft-com-https',
    '*.windowsupdate.microsoft.com',
  ],
  ['http://*.update.microsoft.com', 'software-updates/star-update-microsoft-com', '*.update.microsoft.com'],
  ['https://*.update.microsoft.com', 'software-updates/star-update-microsoft-com-https', '*.update.microsoft.com'],
  ['http://*.windowsupdate.com', 'software-updates/star-windowsupdate-com', '*.windowsupdate.com'],
  ['http://download.windowsupdate.com', 'software-updates/download-windowsupdate-com', 'download.windowsupdate.com'],
  ['http://download.microsoft.com', 'software-updates/download-microsoft-com', 'download.microsoft.com'],
  [
    'http://*.download.windowsupdate.com',
    'software-updates/star-download-windowsupdate-com',
    '*.download.windowsupdate.com',
  ],
  ['http://ntservicepack.microsoft.com', 'software-updates/ntservicepack-microsoft-com', 'ntservicepack.microsoft.com'],
  [
    'http://<FQDN for software update point on child site>',
    'software-updates/child-site-http',
    '{childSoftwareUpdatePoint}',
  ],
  [
    'https://<FQDN for software update point on child site>',
    'software-updates/child-site-https',
    '{childSoftwareUpdatePoint}',
  ],
  [
    'http://<FQDN for software update point on parent site>',
    'software-updates/parent-site-http',
    '{parentSoftwareUpdatePoint}',
  ],
  [
    'https://<FQDN for software update point on parent site>',
    'software-updates/parent-site-https',
    '{parentSoftwareUpdatePoint}',
  ],
  ['officecdn.microsoft.com', 'm365-apps/officecdn-microsoft-com', 'officecdn.microsoft.com'],
  ['config.office.com', 'm365-apps/config-office-com', 'config.office.com'],
  ['https://clients.config.office.net', 'm365-apps/clients-config-office-net', 'clients.config.office.net'],
  ['https://go.microsoft.com/fwlink/?linkid=2190568', 'm365-apps/go-microsoft-com', 'go.microsoft.com'],
  ['contentstorage.osi.office.net', 'm365-apps/contentstorage-osi-office-net', 'contentstorage.osi.office.net'],
  [
    'https://omex.cdn.office.net/mirrored/sccmreadiness/SOT_SCCM_AddinReadiness.CAB',
    'm365-apps/omex-cdn-office-net',
    'omex.cdn.office.net',
  ],
  ['https://raw.githubusercontent.com', 'console/documentation-raw-githubusercontent-com', 'raw.githubusercontent.com'],
  ['https://aka.ms', 'console/documentation-aka-ms', 'aka.ms'],
  ['https://github.com', 'community-hub/github-com', 'github.com'],
  ['https://communityhub.microsoft.com', 'community-hub/communityhub-microsoft-com', 'communityhub.microsoft.com'],
  ['https://aka.ms/configmgrgateway', 'tenant-attach/aka-ms-configmgrgateway', 'aka.ms'],
  ['https://*.manage.microsoft.com', 'tenant-attach/star-manage-microsoft-com', '*.manage.microsoft.com'],
  ['https://*.manage.microsoft.us', 'tenant-attach/star-manage-microsoft-us', '*.manage.microsoft.us'],
  [
    'https://dc.services.visualstudio.com',
    'tenant-attach/dc-services-visualstudio-com',
    'dc.services.visualstudio.com',
  ],
  ['http://crl3.digicert.com', 'tenant-attach/revocation-crl3-digicert-com', 'crl3.digicert.com'],
  ['http://crl4.digicert.com', 'tenant-attach/revocation-crl4-digicert-com', 'crl4.digicert.com'],
  ['http://ocsp.digicert.com', 'tenant-attach/revocation-ocsp-digicert-com', 'ocsp.digicert.com'],
  ['http://www.d-trust.net', 'tenant-attach/revocation-www-d-trust-net', 'www.d-trust.net'],
  [
    'http://root-c3-ca2-2009.ocsp.d-trust.net',
    'tenant-attach/revocation-root-c3-ca2-2009-ocsp-d-trust-net',
    'root-c3-ca2-2009.ocsp.d-trust.net',
  ],
  ['http://crl.microsoft.com', 'tenant-attach/revocation-crl-microsoft-com', 'crl.microsoft.com'],
  ['http://oneocsp.microsoft.com', 'tenant-attach/revocation-oneocsp-microsoft-com', 'oneocsp.microsoft.com'],
  ['http://ocsp.msocsp.com', 'tenant-attach/revocation-ocsp-msocsp-com', 'ocsp.msocsp.com'],
  ['http://www.microsoft.com/pkiops', 'tenant-attach/revocation-www-microsoft-com', 'www.microsoft.com'],
  ['https://graph.windows.net', 'endpoint-analytics/graph-windows-net', 'graph.windows.net'],
  ['https://*.manage.microsoft.com', 'endpoint-analytics/star-manage-microsoft-com', '*.manage.microsoft.com'],
  [
    'https://*.events.data.microsoft.com',
    'endpoint-analytics/star-events-data-microsoft-com',
    '*.events.data.microsoft.com',
  ],
  ['https://sc.microsoft.com', 'asset-intelligence/sc-microsoft-com', 'sc.microsoft.com'],
  ['https://ssu2.manage.microsoft.com', 'asset-intelligence/ssu2-manage-microsoft-com', 'ssu2.manage.microsoft.com'],
  ['https://aka.ms/cmedgeapi', 'deploy-edge/aka-ms-cmedgeapi', 'aka.ms'],
  [
    'https://edgeupdates.microsoft.com/api/products?view=enterprise',
    'deploy-edge/edgeupdates-microsoft-com',
    'edgeupdates.microsoft.com',
  ],
  ['http://dl.delivery.mp.microsoft.com', 'deploy-edge/dl-delivery-mp-microsoft-com', 'dl.delivery.mp.microsoft.com'],
  [
    'https://*.<RegionName>.logic.azure.com:443',
    'external-notifications/star-logic-azure-com',
    '*.{region}.logic.azure.com',
  ],
  [
    'Configmgrbits.cdn.manage.microsoft.com',
    'console/push-notifications-configmgrbits-cdn-manage-microsoft-com',
    'configmgrbits.cdn.manage.microsoft.com',
  ],
  ['*.do.dsp.mp.microsoft.com', 'delivery-optimization/star-do-dsp-mp-microsoft-com', '*.do.dsp.mp.microsoft.com'],
] as const;

function represented(document: string, documented: string, id: string, pattern: string): void {
  const endpoint = endpoints.get(id);
  expect(endpoint?.pattern).toBe(pattern);
  const sources = [endpoint?.source, ...(endpoint?.moreSources ?? [])].map((source) => source?.document);
  expect(sources).toContain(document);
  const path = /^https?:\/\/[^/]+(\/.+)$/.exec(documented)?.[1];
  if (path !== undefined) {
    const told = [endpoint?.notes ?? '', ...(endpoint?.probes ?? []).map((probe) => probe.url)];
    expect(told.filter((text) => text.includes(path))).not.toEqual([]);
  }
}

describe("the role's document", () => {
  it.each(listOf2018)('of 2018 lists %s, which is %s', (documented, id, pattern) => {
    represented('About the service connection point (Configuration Manager), 2018 edition', documented, id, pattern);
  });

  it.each(presentList)('of today lists %s, which is %s', (documented, id, pattern) => {
    represented('Internet access requirements (Configuration Manager)', documented, id, pattern);
  });

  it('loses no entry of 2018: what is gone from the page is legacy, what is on it is not', () => {
    const present = new Set<string>(presentList.map(([, id]) => id));
    const wrong = listOf2018.filter(([, id]) => endpoints.get(id)?.legacy !== !present.has(id));
    expect(wrong).toEqual([]);
  });
});
