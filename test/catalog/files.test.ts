import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCatalogFile } from '../../src/catalog/load.ts';
import { parseCatalogText } from '../../src/catalog/parse.ts';
import { parametersOf, readLocation } from '../../src/catalog/pattern.ts';
import type { Endpoint, Feature } from '../../src/model/catalog.ts';
import { ensureBuilt } from '../cli/program.ts';
import { validatorOf } from '../model/validator.ts';
import { patternCovers } from './covers.ts';

const folder = join(import.meta.dirname, '..', '..', 'endpoints');
const files = readdirSync(folder).filter(isCatalogFile);
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');
const features: readonly Feature[] = files.flatMap((file) => parseCatalogText(textOf(file), file));
const all = features.flatMap((feature) => feature.endpoints.map((endpoint) => ({ feature, endpoint })));
const problemsBySchema = validatorOf('catalog');

function found(feature: string, id: string): Endpoint {
  const hit = all.find((entry) => entry.feature.feature === feature && entry.endpoint.id === id);
  if (hit === undefined) throw new Error(`no endpoint ${feature}/${id}`);
  return hit.endpoint;
}

describe('the bundled catalog', () => {
  it.each(files)('%s is valid, names its feature and follows the schema', (file) => {
    expect(parseCatalogText(textOf(file), file).map((feature) => `${feature.feature}.json`)).toEqual([file]);
    expect(problemsBySchema(JSON.parse(textOf(file)))).toEqual([]);
  });

  it('is in the built program as its files say', () => {
    ensureBuilt();
    const built: unknown = JSON.parse(readFileSync(join(folder, '..', 'dist', 'catalog.json'), 'utf8'));
    expect(built).toEqual(features);
  });

  it('points to pages of the vendors themselves, each with its date where it states one', () => {
    const vendors =
      /^https:\/\/(learn\.microsoft\.com|github\.com\/MicrosoftDocs|docs\.github\.com|www\.microsoft\.com)\//;
    const sources = all.flatMap(({ endpoint }) =>
      [endpoint.source, ...endpoint.moreSources].filter((row) => row !== null),
    );
    expect(sources.length).toBeGreaterThan(300);
    expect(sources.filter(({ url }) => url !== null && !vendors.test(url)).map(({ url }) => url)).toEqual([]);
  });

  it('has every feature once', () => {
    expect(features.map((feature) => feature.feature).sort()).toEqual([
      ...['asset-intelligence', 'autopilot', 'azure-arc', 'azure-arc-china', 'azure-arc-usgov', 'azure-services'],
      ...['cloud-services', 'community-hub', 'connected-cache', 'console', 'defender-endpoint'],
      ...['defender-endpoint-usgov', 'delivery-optimization', 'deploy-edge', 'desktop-analytics', 'endpoint-analytics'],
      ...['external-notifications', 'geographical-view', 'github-actions-runner', 'hybrid-intune-2018', 'intranet'],
      ...['intune', 'intune-china', 'intune-usgov', 'm365-apps', 'm365-endpoint-web-service'],
      ...['management-point-entra', 'microsoft-store', 'pki-azure', 'pki-azure-removed', 'pki-m365'],
      ...['service-connection-tool', 'software-updates', 'store-for-business', 'tenant-attach'],
      ...['updates-and-servicing', 'url-forwarding', 'windows-servicing', 'windows-update'],
    ]);
  });

  it('holds every record, and the ports of gateways with several instances beside them', () => {
    const counts = Object.fromEntries(features.map((feature) => [feature.feature, feature.endpoints.length]));
    expect(counts).toEqual({
      'asset-intelligence': 2,
      autopilot: 20,
      'azure-arc': 19,
      'azure-arc-china': 12,
      'azure-arc-usgov': 8,
      'azure-services': 2,
      'cloud-services': 26,
      'community-hub': 2,
      'connected-cache': 6,
      console: 4,
      'defender-endpoint': 21,
      'defender-endpoint-usgov': 6,
      'delivery-optimization': 1,
      'deploy-edge': 3,
      'desktop-analytics': 16,
      'endpoint-analytics': 3,
      'external-notifications': 1,
      'geographical-view': 1,
      'github-actions-runner': 19,
      'hybrid-intune-2018': 2,
      intranet: 2,
      intune: 46,
      'intune-china': 15,
      'intune-usgov': 19,
      'm365-apps': 6,
      'm365-endpoint-web-service': 3,
      'management-point-entra': 4,
      'microsoft-store': 4,
      'pki-azure': 12,
      'pki-azure-removed': 3,
      'pki-m365': 26,
      'service-connection-tool': 1,
      'software-updates': 16,
      'store-for-business': 1,
      'tenant-attach': 15,
      'updates-and-servicing': 22,
      'url-forwarding': 2,
      'windows-servicing': 3,
      'windows-update': 11,
    });
    expect(all.length).toBe(383 + 2);
  });

  it('names for every endpoint a source, with date and address unless the source has none', () => {
    const sources = all.map(({ endpoint }) => endpoint.source);
    expect(sources.filter((source) => source === null)).toEqual([]);
    const without = (key: 'date' | 'url'): readonly string[] => [
      ...new Set(sources.filter((source) => source?.[key] === null).map((source) => source?.document ?? '')),
    ];
    const check = 'Azure Update Manager troubleshooting script for Windows';
    expect(without('date')).toEqual(['Communicating with self-hosted runners (GitHub Actions)', check]);
    expect(without('url')).toEqual([check, 'Troubleshoot WSUS synchronization and import issues']);
  });

  it('gives a reason for every importance that no document states', () => {
    const silent = all
      .filter(({ endpoint }) => endpoint.importanceReason === null)
      .filter(({ endpoint: { requirement, importance } }) =>
        importance === 'critical' ? requirement !== 'required' : requirement !== 'optional',
      )
      .map(({ feature, endpoint }) => `${feature.feature}/${endpoint.id}`);
    expect(silent).toEqual([]);
  });

  it('probes only hosts that the documented pattern covers', () => {
    const strangers = all.flatMap(({ feature, endpoint }) =>
      endpoint.probes
        .filter((probe) => parametersOf(probe.url).length === 0)
        .filter((probe) => {
          const location = readLocation(probe.url);
          return typeof location === 'string' || !patternCovers(endpoint.pattern, location.host);
        })
        .map((probe) => `${feature.feature}/${endpoint.id} ${probe.url}`),
    );
    expect(strangers).toEqual([]);
  });

  it('marks as legacy what is retired or removed, and nothing else', () => {
    const gone = ['retired', 'removed', 'removed-from-docs', 'deprecated'];
    const wrong = all.filter(
      ({ endpoint: { status, requirement, legacy } }) => legacy !== (gone.includes(status) || requirement === 'legacy'),
    );
    expect(wrong).toEqual([]);
    const wholly = features.filter((feature) => feature.endpoints.every((endpoint) => endpoint.legacy));
    expect(wholly.map((feature) => feature.feature).sort()).toEqual([
      ...['asset-intelligence', 'community-hub', 'desktop-analytics', 'geographical-view', 'hybrid-intune-2018'],
      ...['pki-azure-removed', 'store-for-business'],
    ]);
  });

  it('calls nothing critical that is doubtful, contested or gone', () => {
    const loud = all.filter(
      ({ endpoint }) =>
        endpoint.importance === 'critical' &&
        (endpoint.legacy || ['doubtful', 'conflict', 'reported-dead', 'superseded'].includes(endpoint.status)),
    );
    expect(loud).toEqual([]);
  });

  it.each([
    ['windows-update', 'sws-update-microsoft-com'],
    ['windows-update', 'fe3cr-delivery-mp-microsoft-com'],
    ['software-updates', 'star-update-microsoft-com-https'],
    ['autopilot', 'star-delivery-mp-microsoft-com'],
    ['defender-endpoint', 'star-update-microsoft-com'],
    ['windows-servicing', 'dl-delivery-mp-microsoft-com'],
  ])('%s/%s may chain to Microsoft Root Certificate Authority 2011', (feature, id) => {
    // Fingerprint as published; no Mozilla-derived bundle holds this root.
    const root = '847df6a78497943f27fc72eb93f9a637320a02b561d0a91b09e87a7807ed7c61';
    expect(found(feature, id).tls.anchors).toEqual([root]);
    const anchor = features.find((entry) => entry.feature === feature)?.anchors[0];
    expect(anchor?.sha256).toBe(root);
    expect(anchor?.pem).toContain('BEGIN CERTIFICATE');
  });

  it.each([
    ['intune', 'star-manage-microsoft-com', false],
    ['intune', 'star-dm-microsoft-com', false],
    ['intune', 'intunemaape1-eus-attest-azure-net', false],
    ['intune-usgov', 'star-manage-microsoft-us', false],
    ['tenant-attach', 'star-manage-microsoft-com', false],
    ['defender-endpoint', 'star-endpoint-security-microsoft-com', true],
    ['delivery-optimization', 'star-do-dsp-mp-microsoft-com', true],
    ['microsoft-store', 'licensing-mp-microsoft-com', false],
  ])('%s/%s does not support TLS inspection (pinned: %s)', (feature, id, pinned) => {
    expect(found(feature, id).tls).toMatchObject({ inspection: 'unsupported', pinned });
  });

  it('documents every parameter of an address in the feature that uses it', () => {
    const silent = all.flatMap(({ feature, endpoint }) =>
      [...new Set(endpoint.probes.flatMap((probe) => parametersOf(probe.url)))]
        .filter((name) => !(feature.why ?? '').includes(`\`${name}\``))
        .map((name) => `${feature.feature}/${endpoint.id} ${name}`),
    );
    expect(silent).toEqual([]);
  });

  it('speaks of the world outside only', () => {
    for (const file of files)
      expect(textOf(file)).not.toMatch(/not recorded|not confirmed|not read|localhost|\/home\//);
  });
});
