/** A collector on the lab's internet, to which machines of several sites send over ways out of their own. */
import { writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { startOnInternet } from './network.ts';

const ADDRESS = '20.254.0.1';
const PORT = 9443;
/** Where machines send to. */
export const COLLECTOR = `https://${ADDRESS}:${PORT}`;
/** The file in the lab's folder with the root of its certificate. */
export const COLLECTOR_ROOT = 'collector-root.pem';

const HERE = '127.0.0.1';
const patienceMs = 30_000;

export interface LabCollector {
  /** What it says of the fleet, once it has heard of so many machines. */
  fleet(machines: number): Promise<string>;
}

/** Starts `wayclear collect`, and returns when it listens. */
export async function startCollector(program: string, folder: string, now: Date): Promise<LabCollector> {
  const day = 86_400_000;
  const days = { notBefore: new Date(now.getTime() - day), notAfter: new Date(now.getTime() + 30 * day) };
  const root = createAuthority({ name: 'Lab Collector Root', subject: [['O', 'Lab']], ...days });
  const own = issueCertificate(root, { commonName: ADDRESS, ipAddresses: [ADDRESS, HERE], ...days });
  writeFileSync(`${folder}/${COLLECTOR_ROOT}`, root.pem);
  const [cert, key] = [`${folder}/collector.pem`, `${folder}/collector.key`];
  writeFileSync(cert, own.chainPem);
  writeFileSync(key, own.keyPem);
  const files = ['--store', `${folder}/fleet.db`, '--tls-cert', cert, '--tls-key', key];
  const child = startOnInternet([program, 'collect', '--listen', `0.0.0.0:${PORT}`, '--accept-new', ...files]);
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('listening on')) resolve();
    });
    child.once('exit', () => reject(new Error(`the collector ended: ${said}`)));
  });
  return {
    async fleet(machines) {
      for (const end = performance.now() + patienceMs; ; ) {
        const text = await asked('/api/fleet', root.pem);
        const { all } = (JSON.parse(text) as { readonly machines: { readonly all: number } }).machines;
        if (all === machines) return text;
        if (performance.now() > end) throw new Error(`the collector knows ${all} of ${machines} machines`);
        // It shows the fleet as it was up to five seconds ago.
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    },
  };
}

function asked(path: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`https://${HERE}:${PORT}${path}`, { ca, agent: false, timeout: patienceMs }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    }).on('error', reject);
  });
}
