/**
 * Runs the lab of one scenario in namespaces of its own: as root, or as any user who may make user namespaces.
 * When it ends the kernel ends every process in it and all of it is gone; labs can run side by side.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileDelayRouter, compileLab, REPOSITORY } from './compile.ts';
import type { JobResult, LabJob } from './job.ts';

export type LabRequest = Omit<
  LabJob,
  | 'folder'
  | 'publicRoots'
  | 'outsideNamespace'
  | 'boxesProgram'
  | 'program'
  | 'delayRouter'
  | 'catalogFolder'
  | 'commandTimeoutMs'
> & {
  readonly catalogFolder?: string;
  readonly commandTimeoutMs?: number;
};

/**
 * A private /run for named namespaces and a private copy of /etc for per-host files. An overlay would keep the
 * owner of what it covers; a copy is ours. A name without a domain, whatever this machine's is. Squid leaves segments in /dev/shm that stop the next one.
 */
const PREPARE = `set -e
mount -t tmpfs none /run; mkdir -p /run/netns; mount -t tmpfs none /dev/shm
mkdir "$1/inside" "$1/etc"; mount -t tmpfs none "$1/inside"; mount -t tmpfs none "$1/etc"; chmod 755 "$1/inside"
cp -r /etc/. "$1/etc/" 2>/dev/null || true; rm -rf "$1/etc/netns"; mkdir -p "$1/etc/netns"; mount --bind "$1/etc" /etc
hostname client; shift; exec "$@"`;

/** Arguments of unshare(1) for this user. */
export const unshareArguments = (): readonly string[] => [
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
  '--net',
  '--uts',
  '--mount',
  '--pid',
  '--fork',
  '--propagation',
  'private',
  '--kill-child',
  '--mount-proc',
];

/** Builds the lab, runs the commands, tears everything down. Throws if the lab itself could not be built. */
export async function runLab(request: LabRequest): Promise<JobResult> {
  const compiled = compileLab();
  const folder = mkdtempSync(join(tmpdir(), 'wayclear-lab-'));
  try {
    const job: LabJob = {
      catalogFolder: join(REPOSITORY, 'endpoints'),
      commandTimeoutMs: 300_000,
      ...request,
      publicRoots: join(REPOSITORY, 'endpoints/public-roots.json'),
      folder,
      outsideNamespace: readlinkSync('/proc/self/ns/net'),
      boxesProgram: join(compiled, 'test/lab/boxes.js'),
      program: join(REPOSITORY, 'dist/cli.js'),
      delayRouter: process.getuid?.() === 0 ? compileDelayRouter() : null,
    };
    const [jobFile, resultFile] = [join(folder, 'job.json'), join(folder, 'result.json')];
    writeFileSync(jobFile, JSON.stringify(job));
    const agent = [process.execPath, join(compiled, 'test/lab/agent.js'), jobFile, resultFile];
    const { NODE_EXTRA_CA_CERTS: _roots, NODE_OPTIONS: _options, ...env } = process.env;
    const said = await new Promise<string>((resolve) => {
      const child = spawn('unshare', [...unshareArguments(), 'sh', '-c', PREPARE, 'lab', folder, ...agent], {
        stdio: request.interactive === true ? 'inherit' : ['ignore', 'ignore', 'pipe'],
        env: { ...env, PATH: `${env['PATH'] ?? ''}:/usr/sbin:/sbin` },
      });
      let text = '';
      child.stderr?.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      child.once('error', (error) => resolve(error.message));
      child.once('close', () => resolve(text));
    });
    const result = readResult(resultFile, said);
    if (result.error !== undefined)
      throw new Error(`the lab of ${request.scenario.name} failed: ${result.error}\n${said}`);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResult(file: string, said: string): JobResult {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JobResult;
  } catch {
    throw new Error(`the lab did not come up: ${said.trim()}`);
  }
}
