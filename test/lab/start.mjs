// Compiles the lab, which Node can't run as it is, and starts its command line.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const output = path('../../node_modules/.cache/wayclear-lab/');
const compiler = path('../../node_modules/typescript/bin/tsc');
execFileSync(process.execPath, [compiler, '-p', path('tsconfig.json'), '--noCheck'], { stdio: 'inherit' });
writeFileSync(`${output}package.json`, '{ "type": "module" }\n');
await import(`${output}test/lab/main.js`);
