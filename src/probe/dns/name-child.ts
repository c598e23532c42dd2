/** What the child does that asks the operating system for names; it imports nothing, for it is started as source text too. */

/** What it uses of `node:dns` and of its process. */
interface Given {
  readonly lookup: typeof import('node:dns').lookup;
  readonly process: Pick<NodeJS.Process, 'kill' | 'pid' | 'stdin' | 'stdout'>;
}

/**
 * A line in is a list of names, a line out one answer. It ends by SIGKILL because only that ends a process with a hung
 * lookup.
 */
export function answerNames({ lookup, process: { kill, pid, stdin, stdout } }: Given): void {
  const end = (): unknown => kill(pid, 'SIGKILL');
  const ask = (name: string): void => {
    const answer = (error: NodeJS.ErrnoException | null, found: readonly { readonly address: string }[] = []): void => {
      const addresses = found.slice(0, 32).map((entry) => entry.address);
      stdout.write(`${JSON.stringify({ name, addresses, error: error === null ? null : String(error.code) })}\n`);
    };
    try {
      lookup(name, { all: true, verbatim: true }, answer);
    } catch (error) {
      answer(error as NodeJS.ErrnoException);
    }
  };
  let text = '';
  stdin.setEncoding('utf8');
  stdin.on('data', (chunk) => {
    const lines = (text + chunk).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) for (const name of JSON.parse(line) as readonly string[]) ask(name);
  });
  stdin.on('end', end).on('error', end);
  stdout.on('error', end);
}
