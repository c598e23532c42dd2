import type { Incident, Notice } from '../../src/model/incident.ts';

export const incident: Incident = {
  id: '4d1e2f3a',
  cause: 'tls.inspection',
  shared: { attribute: 'issuer', value: 'CN=Example' },
  state: 'open',
  unstable: false,
  severity: 'critical',
  confidence: 'high',
  title: 'TLS is inspected',
  targets: ['tenant-attach/manage'],
  hosts: ['manage.example.com:443'],
  firstSeenAt: '2026-11-30T08:00:00Z',
  openedAt: '2026-11-30T08:01:00Z',
  lastSeenAt: '2026-11-30T08:01:00Z',
  closedAt: null,
  evidenceThen: ['certificate issued by CN=Example'],
  evidenceNow: ['certificate issued by CN=Example'],
  remedies: ['Ask the owner of the proxy.'],
};

export const notice = (more: Partial<Notice> = {}): Notice => ({
  schema: 1,
  id: '4d1e2f3a-1',
  at: '2026-11-30T08:01:00Z',
  kind: 'opened',
  machine: { name: 'SCP01', account: 'CORP\\svc', addresses: ['192.0.2.7'] },
  incident,
  incidents: [],
  changes: [],
  since: null,
  ...more,
});

export const outgoing = (more: Partial<Notice> = {}, title = 'wayclear SCP01: opened') => ({
  notice: notice(more),
  title,
  lines: ['TLS is inspected', 'Affected: manage.example.com:443'],
});
