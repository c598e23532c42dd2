// Regenerates endpoints/public-roots.json: node scripts/public-roots.mjs [BUNDLE.pem…], after npm run build.
// Public roots are those of this runtime (Mozilla's list at its build) and of each bundle named; without one,
// Debian's ca-certificates folder, which keeps expired roots for longer. Run it on the oldest runtime supported:
// a root that Mozilla has dropped still ends chains that are the origin's own.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { readCertificates } from '../dist/lib/trust/stores/stored.js';
import { certificateOutline } from '../dist/lib/trust/x509/certificate-outline.js';
import { nameAttribute } from '../dist/lib/trust/x509/distinguished-names.js';

const debian = '/usr/share/ca-certificates/mozilla';
const files =
  process.argv.length > 2
    ? process.argv.slice(2)
    : readdirSync(debian)
        .sort()
        .map((name) => join(debian, name));
const texts = [...rootCertificates, ...files.map((file) => readFileSync(file, 'latin1'))];
const generated = new Date().toISOString().slice(0, 10);

const roots = new Map();
for (const text of texts)
  for (const { sha256, nameKey, der } of readCertificates(Buffer.from(text, 'latin1')).certificates) {
    const outline = certificateOutline(der);
    const name =
      nameAttribute(outline.subject, 'CN') ??
      nameAttribute(outline.subject, 'OU') ??
      nameAttribute(outline.subject, 'O');
    roots.set(sha256, {
      sha256,
      name,
      subjectHash: nameKey,
      notAfter: outline.notAfter,
      ...(outline.notAfter < generated ? { expired: true } : {}),
      der: der.toString('base64'),
    });
  }

const list = [...roots.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
const source =
  "Mozilla's root programme (certdata.txt, Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/), " +
  `as in Node.js ${process.version} (tls.rootCertificates) and Debian ca-certificates`;
const rows = list.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
const head = `{\n  "schema": 1,\n  "source": ${JSON.stringify(source)},\n  "generated": "${generated}",\n  "roots": [\n`;
writeFileSync(join(import.meta.dirname, '..', 'endpoints', 'public-roots.json'), `${head}${rows}\n  ]\n}\n`);
process.stdout.write(`${list.length} roots, ${list.filter(({ expired }) => expired).length} expired\n`);
