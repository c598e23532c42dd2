/** The door that secrets are cut out at, fed with texts that hold one: in each spelling, at each place, at each bound. */
import { createSecrets } from '../../src/secrets/secrets.ts';
import { withoutAccounts, withoutUrlAccounts } from '../../src/secrets/url-accounts.ts';
import { leaks, spellings } from '../secrets/spellings.ts';
import type { FuzzClass } from './attack.ts';
import { mutant } from './mutate.ts';
import type { Random } from './random.ts';

const password = 'Tr0ub4dor!Xq7';
const written = Object.values(spellings(password));
const run = createSecrets();
run.addPassword('user', password);

/** Text around a spelling, and what a mutant makes of it. Often nothing: a damaged spelling is none. */
const around: readonly Buffer[] = [
  '',
  'HTTP/1.1 403 Forbidden\r\nVia: 1.1 proxy\r\n\r\n',
  '<html><head><title>Denied</title></head><body>You sent ',
  '{"error":{"sent":"',
  'Proxy-Authorization: Basic ',
  '%3c%26&amp;\\u0041=20=\r\n',
  '😀é\u0301ß\u202e\u0000\u001b[31m',
].map((text) => Buffer.from(text));

function holding(random: Random): Buffer {
  const noise = (): string =>
    mutant(random, around)
      .toString('utf8')
      .slice(0, random.of([0, 3, 40, 700, 5000]));
  // A letter or a digit beside an encoded secret would make another text of it.
  return Buffer.from(`${noise()}\n${random.of(written)}\n${noise()}`);
}

const door: FuzzClass = {
  name: 'secrets-at-the-door',
  rounds: 400,
  samples: around,
  make: holding,
  feed: (input, random) => {
    const text = input.toString();
    const max = random.of([20, 64, 100, 300, 1024, 4096]);
    const isCut = random.below(2) === 0;
    const kept = run.keep(text, max, isCut);
    if (kept.length > max + 8) throw new Error(`${kept.length} characters of ${max}`);
    const shown = [kept, run.keep(kept, max), run.scan(JSON.stringify({ text }), () => '')];
    const [leak] = shown.flatMap((each) => leaks(each, password, 8));
    if (leak !== undefined) throw new Error(`leaks ${leak}`);
    return shown.length;
  },
};

/** A text that is cut anywhere leaves no beginning of a secret behind. */
const bounds: FuzzClass = {
  name: 'secrets-at-a-bound',
  rounds: 400,
  samples: around,
  make: (random) => Buffer.from(`${'-'.repeat(random.below(80))}${random.of(written)} and more`),
  feed: (input, random) => {
    const text = input.toString();
    const kept =
      run.keep(text.slice(0, random.below(text.length + 1)), 100, true) + run.keep(text, random.below(100) + 1);
    const [leak] = leaks(kept, password, 8);
    if (leak !== undefined || /Tr0ub4/i.test(kept)) throw new Error(`leaks ${leak ?? kept.slice(-20)}`);
    return kept;
  },
};

const addresses: FuzzClass = {
  name: 'secrets-in-addresses',
  rounds: 400,
  samples: [
    'https://alice:Tr0ub4dor!Xq7@example.com/path?sig=Tr0ub4dor!Xq7&x=1',
    'PROXY alice:Tr0ub4dor!Xq7@proxy.example:8080; DIRECT',
    'http://a.example/,alice:Tr0ub4dor!Xq7@b.example',
  ].map((text) => Buffer.from(text)),
  feed: (input) => {
    const text = input.toString();
    return [withoutUrlAccounts(text).length, withoutAccounts(text).length, run.keep(text, 300).length];
  },
};

export const secretClasses: readonly FuzzClass[] = [door, bounds, addresses];
