import { version as number } from '../../version.ts';
import type { Context } from '../context.ts';

/** Prints the version, as --version does. */
export async function version({ io }: Context): Promise<number> {
  await io.stdout.write(`${number}\n`);
  return 0;
}
