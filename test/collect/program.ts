/** The collector as a program of its own. */
import { type Started, start } from '../cli/program.ts';

export interface CollectProgram {
  readonly started: Started;
  readonly url: string;
  /** What it said so far. */
  told(): string;
}

/** Starts one, and waits until it says where it listens. */
export async function startCollector(store: string, ...args: readonly string[]): Promise<CollectProgram> {
  const listen = args.includes('--listen') ? [] : ['--listen', '127.0.0.1:0'];
  const started = start(['collect', ...listen, '--store', store, '--accept-new', ...args]);
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    started.child.stderr?.on('data', (part: Buffer | string) => {
      said += part.toString();
      const found = /https?:\/\/(?:127\.0\.0\.1|0\.0\.0\.0):\d+/.exec(said)?.[0];
      if (found !== undefined) resolve(found.replace('0.0.0.0', '127.0.0.1'));
    });
    void started.ended.then(({ stderr }) => reject(new Error(stderr)));
  });
  return { started, url, told: () => said };
}
