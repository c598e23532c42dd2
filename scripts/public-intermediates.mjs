// Regenerates endpoints/public-intermediates.json: node scripts/public-intermediates.mjs BUNDLE.pem SOURCE, after npm run
// build. SOURCE says where the bundle is from, in which version and under which licence. Taken are authorities that a
// root of endpoints/public-roots.json signed, at once or through others of the bundle, and that have not ended.
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { intermediateKey } from '../dist/lib/trust/stores/public-intermediates.js';
import { readCertificates } from '../dist/lib/trust/stores/stored.js';
import { subjectKeyId } from '../dist/lib/trust/x509/certificate.js';
import { certificateOutline, issuerRights } from '../dist/lib/trust/x509/certificate-outline.js';

const [bundle, source] = process.argv.slice(2);
if (source === undefined) throw new Error('usage: node scripts/public-intermediates.mjs BUNDLE.pem SOURCE');
const endpoints = join(import.meta.dirname, '..', 'endpoints');
const { roots } = JSON.parse(readFileSync(join(endpoints, 'public-roots.json'), 'utf8'));
const now = new Date().toISOString();

const isSignedBy = (child, issuer) => child.checkIssued(issuer) && child.verify(issuer.publicKey);
const waiting = new Map();
for (const { sha256, nameKey, der } of readCertificates(readFileSync(bundle)).certificates) {
  const outline = certificateOutline(der);
  const keyId = subjectKeyId(outline);
  if (keyId === null || !issuerRights(outline).isCa || outline.notAfter < now) continue;
  waiting.set(sha256, { x509: new X509Certificate(der), key: intermediateKey(nameKey, keyId) });
}
const keys = new Set();
let issuers = roots.map(({ der }) => new X509Certificate(Buffer.from(der, 'base64')));
while (issuers.length > 0) {
  const next = [];
  for (const [sha256, { x509, key }] of waiting) {
    if (!issuers.some((issuer) => isSignedBy(x509, issuer))) continue;
    waiting.delete(sha256);
    keys.add(key);
    next.push(x509);
  }
  issuers = next;
}

const rows = [...keys].sort().map((key) => `    "${key}"`);
const head = { schema: 1, source, generated: now.slice(0, 10) };
const text = `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "intermediates": [\n${rows.join(',\n')}\n  ]\n}\n`;
writeFileSync(join(endpoints, 'public-intermediates.json'), text);
process.stdout.write(`${keys.size} intermediates, ${waiting.size} of no public root\n`);
