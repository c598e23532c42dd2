import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder } from '../data-folder.ts';
import type { Report } from '../model/report.ts';
import { firstMismatch, reportSchema } from '../report/schema.ts';
import { UsageError } from '../usage-error.ts';
import { readText } from './config.ts';
import type { Io } from './io.ts';
import { quoted } from './values.ts';

/** A report of 20,000 targets is about this large. */
const mostBytes = 256 * 1024 * 1024;

/** The schema file beside the catalog: beside `src/` in a clone and beside `dist/` in a package. */
export async function readSchema(): Promise<string> {
  const text = await readFile(join(dataFolder, 'report.schema.json'), 'utf8');
  return `${JSON.stringify(reportSchema(text), null, 2)}\n`;
}

/** A report that `--format json` wrote, from a file or from standard input (`-`). Anything else is a UsageError. */
export async function readReport(io: Io, command: string, file: string): Promise<Report> {
  const text = file === '-' ? await io.readStdin(mostBytes) : await readText(command, file, mostBytes, io.ending.work);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${command}: ${quoted(file)} is not JSON`, 'Give a file that --format json=FILE wrote.');
  }
  const mismatch = firstMismatch(value, JSON.parse(await readSchema()) as Record<string, unknown>);
  if (mismatch !== null) {
    const where = mismatch.pointer === '' ? 'the top' : mismatch.pointer;
    throw new UsageError(
      `${command}: ${quoted(file)} is no report of wayclear: expected ${mismatch.expected} at ${where}`,
      'Give a file that --format json=FILE wrote; wayclear schema report describes it.',
    );
  }
  return value as Report;
}
