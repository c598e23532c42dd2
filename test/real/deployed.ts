/** What the tests of deploy/ need besides: the package as it is published, and checkers that only they use. */
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../cli/program.ts';
import { must } from './parts.ts';

const root = join(import.meta.dirname, '..', '..');

/** Published packages, installed once a machine into a folder beside other temporary files: too large to come with the tests. */
function installed(name: string, packages: readonly string[]): string {
  const folder = join(tmpdir(), `wayclear-${name}`);
  if (!existsSync(folder)) {
    const making = mkdtempSync(`${folder}-`);
    must('npm', [
      ...['install', ...packages, '--prefix', making, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'],
    ]);
    try {
      renameSync(making, folder);
    } catch (error) {
      // Another test was faster.
      rmSync(making, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return join(folder, 'node_modules');
}

/** The folder of modules that holds the models of Kubernetes with their schemas: 33 MB. */
export const kubernetesModules = (): string => installed('kubernetes-models-4.5.1', ['kubernetes-models@4.5.1']);

/** What Standard Webhooks publishes for receivers, as they would load it. */
export function standardWebhooks(): {
  readonly Webhook: new (
    secret: string,
  ) => { verify(body: string, headers: Readonly<Record<string, string>>): unknown };
} {
  const folder = installed('standardwebhooks-1.1.1', ['standardwebhooks@1.1.1']);
  return createRequire(join(folder, 'x.js'))('standardwebhooks') as ReturnType<typeof standardWebhooks>;
}

/** The program that holds files to the schema of GitHub's actions. */
export function actionValidator(): string {
  const parts = ['@action-validator/core@0.6.0', '@action-validator/cli@0.6.0'];
  return join(installed('action-validator-0.6.0', parts), '@action-validator', 'cli', 'cli.mjs');
}

/** The file that `npm pack` makes, in a folder. */
export function packed(folder: string): string {
  ensureBuilt();
  const name = must('npm', ['pack', root, '--ignore-scripts', '--silent', '--pack-destination', folder]);
  return join(folder, name.trim().split('\n').at(-1) ?? '');
}

/** A fresh copy of the repository, as a checkout gives it. */
export function checkedOut(folder: string): string {
  const copy = join(folder, 'checkout');
  const made = ['.git', 'dist', 'node_modules'].map((name) => join(root, name));
  cpSync(root, copy, { recursive: true, filter: (path) => !made.includes(path) });
  return copy;
}
