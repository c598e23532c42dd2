import { X509Certificate } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { createChainRecorder } from '../../src/probe/chains.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { storeContent, storedFromDer } from '../../src/trust/stores/stored.ts';
import { trustStores } from '../../src/trust/stores/stores.ts';

const root = createAuthority({ name: 'Public Root' });
const upper = createAuthority({ name: 'Upper', issuer: root });
const issuing = createAuthority({ name: 'Issuing', issuer: upper });
const impostor = createAuthority({ name: 'Issuing' });
const short = issueCertificate(issuing, { commonName: 'short', dnsNames: ['short.test'] });
const whole = issueCertificate(issuing, { commonName: 'whole', dnsNames: ['whole.test'] });

function recorder() {
  const content = storeContent([storedFromDer(root.der)].filter((stored) => stored !== null));
  const stores = trustStores({ public: content, machine: null, extra: null, catalog: null });
  return createChainRecorder(stores, createSecrets().keep);
}

describe('a chain that stops short', () => {
  it.each([
    ['before', true],
    ['after', false],
  ])('is completed by what another server sent %s it, whose address nobody names', (_, first) => {
    const chains = recorder();
    const other = [whole.der, issuing.der, upper.der];
    if (first) chains.keep(other, null);
    const id = chains.keep([short.der], null);
    if (!first) chains.keep(other, null);
    const { anchors } = chains.chains()[id] ?? { anchors: [] };
    expect(anchors).toMatchObject([{ sha256: root.sha256, completed: true }]);
    expect(anchors[0]?.path).toEqual([short.sha256, issuing.sha256, upper.sha256, root.sha256]);
  });

  it('is not completed by what has the issuer\u2019s name alone', () => {
    const chains = recorder();
    chains.keep([impostor.der], null);
    const id = chains.keep([short.der], null);
    expect(chains.chains()[id]?.anchors).toEqual([]);
  });

  it('is held against issuers of its name alone, and again only when something came', () => {
    const chains = recorder();
    const count = 40;
    for (let nth = 0; nth < count; nth += 1) {
      const nobody = createAuthority({ name: `Nobody ${nth}` });
      chains.keep([createAuthority({ name: `Host ${nth}`, issuer: nobody }).der], null);
    }
    const checks = vi.spyOn(X509Certificate.prototype, 'checkIssued');
    const first = chains.chains();
    expect(checks.mock.calls.length).toBeLessThan(4 * count);
    checks.mockClear();
    expect(chains.chains()).toBe(first);
    expect(checks).not.toHaveBeenCalled();
    checks.mockRestore();
    const id = chains.keep([short.der], null);
    expect(Object.keys(chains.chains())).toContain(id);
  });
});
