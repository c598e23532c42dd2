import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Which way imports point. A file may import from its own folder and from what its folder's row names: folders (without
 * those below them), single files of the ground, node built-ins and packages. There is no row for everything.
 */
const ground = [
  'addresses',
  'answer-head',
  'harmless',
  'usage-error',
  'clock',
  'version',
  'suggest',
  'text-bounds',
  'linear-pattern',
  'data-folder',
  'single-file',
  'named-file',
  'named-addresses',
  'make-folder',
  'close-to-others',
  'error-code',
  'certificate',
  'grouped',
  'entry',
  'inline-file',
  'state-folder',
  'whole-file',
  'pieces',
];
const model = ['model'];
const plain = ['node:crypto', 'node:buffer', 'node:util', 'node:net'];
const rooms: Readonly<Record<string, readonly string[]>> = {
  model: ['linear-pattern', 'zod'],
  signed: [
    ...[...model, 'close-to-others', 'error-code', 'harmless', 'text-bounds', 'usage-error', 'reading', 'node:'],
  ],
  // Documents, and the observations in them: it neither measures nor judges.
  carry: [
    ...model,
    'addresses',
    'entry',
    'harmless',
    'make-folder',
    'error-code',
    'usage-error',
    'certificate',
    'whole-file',
    'catalog',
    'reading',
    'report',
    'signed',
    'trust',
    'trust/stores',
    'trust/x509',
    'words',
    'node:',
  ],
  reading: [...model, 'entry', 'harmless', 'suggest', 'usage-error', 'words'],
  catalog: [...model, ...ground, ...plain, 'probe/dns', 'proxy', 'reading', 'node:'],
  plan: [...model, ...ground, ...plain, 'catalog'],
  routes: [...model, ...ground, 'secrets', 'probe/dns', 'proxy', 'proxy/auth', 'proxy/pac', 'proxy/settings', 'node:'],
  proxy: [...ground, 'secrets', 'proxy/auth', 'node:', 'proxy-agent'],
  secrets: ['harmless', 'text-bounds'],
  'proxy/auth': [...ground, 'secrets', ...plain, 'proxy'],
  'proxy/pac': [...ground, 'proxy', 'node:', 'quickjs-wasi'],
  'proxy/settings': ['text-bounds', 'windows', 'proxy', 'node:'],
  trust: [...model, ...plain, 'trust/stores', 'trust/x509'],
  'trust/x509': [...model, ...ground, ...plain],
  'trust/revocation': [...model, ...plain, 'entry', 'trust/x509'],
  'trust/stores': [...model, ...ground, 'system-program', 'trust/x509', 'windows', 'node:'],
  windows: [...model, ...ground, 'system-program', 'node:'],
  probe: [
    ...model,
    ...ground,
    'secrets',
    'probe/dns',
    'probe/stage',
    'probe/tunnel',
    'proxy',
    'trust',
    'trust/revocation',
    'trust/stores',
    'trust/x509',
    'windows',
    'node:',
    'p-limit',
  ],
  'probe/dns': [...model, ...ground, 'secrets', 'probe/stage', 'windows', 'node:'],
  'probe/stage': [...model, ...ground, 'secrets', 'node:', 'undici'],
  'probe/tunnel': [
    ...model,
    ...ground,
    'secrets',
    'probe/dns',
    'probe/stage',
    'proxy',
    'proxy/auth',
    'trust/stores',
    'node:',
  ],
  diagnose: [
    ...model,
    'addresses',
    'grouped',
    'harmless',
    'pieces',
    'diagnose/judge',
    'diagnose/rules',
    'diagnose/survey',
  ],
  // An observation walks one way: the survey of the run, what experiments leave, the rules of the stages, the judges; what
  // is still open is proposed for an experiment.
  'diagnose/survey': [...model, 'addresses', 'entry', 'grouped', 'pieces', 'trust/x509'],
  'diagnose/experiments': [...model, 'diagnose', 'diagnose/survey'],
  'diagnose/rules': [
    ...model,
    'addresses',
    'answer-head',
    'linear-pattern',
    'diagnose',
    'diagnose/survey',
    'trust/x509',
  ],
  'diagnose/judge': [
    ...model,
    'grouped',
    'pieces',
    'diagnose',
    'diagnose/experiments',
    'diagnose/rules',
    'diagnose/survey',
  ],
  'diagnose/propose': [
    ...model,
    'addresses',
    'diagnose',
    'diagnose/judge',
    'diagnose/rules',
    'diagnose/survey',
    'node:crypto',
  ],
  words: [...model, 'entry', 'harmless', 'words/en', 'words/fr', 'words/ja', 'words/nl'],
  'words/en': [...model, 'entry', 'words'],
  'words/fr': [...model, 'entry', 'words'],
  'words/ja': [...model, 'entry', 'words'],
  'words/nl': [...model, 'entry', 'words'],
  // A page is made of parts; what it needs besides its own text is in the folder above.
  'report/html': [...model, 'entry', 'harmless', 'report', 'words', 'node:crypto'],
  report: [
    ...model,
    'entry',
    'grouped',
    'harmless',
    'report/html',
    'linear-pattern',
    'text-bounds',
    'words',
    'cli-table3',
    'string-width',
    'node:util',
  ],
  // Messages of a machine, and where they wait and go.
  send: [...model, ...ground, 'signed', 'node:'],
  // The other end: what comes in is kept, what is kept is shown.
  collect: [
    ...[...model, ...ground, 'fleet', 'notify', 'reading', 'report', 'report/html', 'send', 'serve', 'signed'],
    ...['store', 'watch', 'words', 'node:'],
  ],
  // Many machines, one answer: looks → the fewest explanations.
  fleet: [...model, 'addresses', 'grouped', 'harmless', 'pieces', 'text-bounds', 'node:crypto'],
  // Rules of documented destinations: a plan's, or a report's.
  allowlist: [...model, 'addresses', 'entry', 'grouped', 'harmless', 'catalog', 'report', 'words'],
  cli: [
    ...model,
    ...ground,
    'allowlist',
    'carry',
    'secrets',
    'send',
    'catalog',
    'collect',
    'diagnose',
    'diagnose/propose',
    'plan',
    'probe',
    'probe/dns',
    'proxy',
    'reading',
    'remote',
    'report',
    'routes',
    'signed',
    'store',
    'notify',
    'serve',
    'watch',
    'words',
    'node:',
    'yargs',
    'yargs-parser',
  ],
  'cli/commands': [
    ...model,
    ...ground,
    'allowlist',
    'carry',
    'catalog',
    'cli',
    'demo',
    'collect',
    'diagnose',
    'fleet',
    'plan',
    'reading',
    'report',
    'routes',
    'secrets',
    'serve',
    'signed',
    'watch',
    'words',
    'node:',
    'store',
  ],
  // Another machine that measures in place of this one: how it is reached, and what comes back.
  remote: [
    ...model,
    'addresses',
    'harmless',
    'text-bounds',
    'usage-error',
    'version',
    'system-program',
    'reading',
    'report',
    'secrets',
    'windows',
    'node:',
  ],
  demo: [...model, ...ground, 'catalog', 'probe/dns', 'trust/x509', 'node:'],
  // What is wrong over time, judged from what was recorded.
  watch: [
    ...model,
    ...['addresses', 'clock', 'entry', 'grouped', 'harmless', 'text-bounds', 'usage-error'],
    ...['report', 'store', 'words', 'node:crypto'],
  ],
  // What people are told of it: the ways that notices take.
  notify: [
    ...model,
    ...['entry', 'harmless', 'proxy', 'proxy/auth', 'store', 'watch', 'windows', 'words', 'node:', 'nodemailer'],
  ],
  // The page, metrics and interface of a watch.
  serve: [
    ...model,
    ...[
      'addresses',
      'clock',
      'harmless',
      'pieces',
      'text-bounds',
      'diagnose',
      'report',
      'report/html',
      'store',
      'watch',
      'words',
      'node:',
    ],
  ],
  // What lasts: reports as they are, and what is made of them over time.
  store: [
    ...model,
    'entry',
    'grouped',
    'harmless',
    'make-folder',
    'pieces',
    'secrets',
    'words/en',
    'node:',
    'kysely',
    'pg',
  ],
};
/** The files of `src` itself: the two entries, and the ground that everybody may stand on. */
const loose: Readonly<Record<string, readonly string[]>> = {
  'index.ts': [
    ...model,
    ...ground,
    'catalog',
    'diagnose',
    'diagnose/propose',
    'plan',
    'probe',
    'proxy',
    'render',
    'report',
    'routes',
    'words',
  ],
  'render.ts': [...model, 'diagnose', 'report', 'version', 'words'],
  'cli.ts': [...ground, 'cli', 'probe/dns', 'node:dns', 'node:fs', 'node:path', 'node:stream', 'words'],
  'addresses.ts': ['text-bounds', 'node:net'],
  'answer-head.ts': [],
  'data-folder.ts': ['single-file', 'node:fs', 'node:path'],
  'single-file.ts': ['node:path', 'node:sea'],
  'clock.ts': [],
  'harmless.ts': [],
  'suggest.ts': [],
  'state-folder.ts': ['node:path'],
  'system-program.ts': ['node:child_process'],
  'linear-pattern.ts': ['entry'],
  'inline-file.ts': ['text-bounds'],
  'named-addresses.ts': ['addresses'],
  'named-file.ts': ['inline-file', 'node:fs', 'node:net', 'node:stream'],
  'make-folder.ts': ['error-code', 'node:'],
  'close-to-others.ts': ['make-folder', 'system-program', 'usage-error', 'windows', 'node:fs'],
  'error-code.ts': [],
  'certificate.ts': ['node:crypto', 'node:tls'],
  'grouped.ts': [],
  'entry.ts': [],
  'pieces.ts': ['clock'],
  'text-bounds.ts': [],
  // The English sentence is the message; the other languages are loaded where they are shown.
  'usage-error.ts': ['error-code', 'harmless', 'words', 'words/en'],
  'version.ts': [],
  'whole-file.ts': ['node:'],
};

const source = join(import.meta.dirname, '..', 'src');
const dependencies = Object.keys(
  (JSON.parse(readFileSync(join(source, '..', 'package.json'), 'utf8')) as { dependencies: object }).dependencies,
);
// The one that loads the commands, each when it runs.
const commandLoader = 'cli/main.ts';
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(source, file), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, '');
  return [...text.matchAll(/(?:^|[^.\w])(?:from\s+|import\s*\(\s*|import\s+)['"]([^'"]+)['"]/g)].map((match) => {
    const name = match[1] ?? '';
    if (!name.startsWith('.')) return name;
    // What the build keeps as files of their own is imported by the name it has there.
    return relative(source, join(source, dirname(file), name))
      .replaceAll('\\', '/')
      .replace(/\.js$/, '.ts');
  });
}

/** The folder of a file below `src`, or the file's own name without its ending where it lies in `src` itself. */
function roomOf(file: string): string {
  const folder = dirname(file);
  return folder === '.' ? file.replace(/\.ts$/, '') : folder.replaceAll('\\', '/');
}

function mayImport(file: string, name: string, may: readonly string[]): boolean {
  if (name.endsWith('.ts')) return roomOf(name) === roomOf(file) || may.includes(roomOf(name));
  if (name.startsWith('node:')) return may.includes('node:') || may.includes(name);
  return may.some((entry) => entry === name || name.startsWith(`${entry}/`));
}

describe('the architecture', () => {
  it.each(files)('src/%s imports only what its place allows', (file) => {
    const may = loose[file] ?? rooms[roomOf(file)];
    expect(may, `no row covers src/${file}: add it to the table on purpose`).toBeDefined();
    const commands = file === commandLoader ? ['cli/commands'] : [];
    expect(importsOf(file).filter((name) => !mayImport(file, name, [...(may ?? []), ...commands]))).toEqual([]);
  });

  it('no row allows a folder that nothing there imports', () => {
    const unused = Object.entries(rooms).flatMap(([room, may]) => {
      const used = new Set(
        files
          .filter((file) => roomOf(file) === room)
          .flatMap(importsOf)
          .map(roomOf),
      );
      return may.filter((entry) => entry in rooms && entry !== 'model' && !used.has(entry)).map((to) => [room, to]);
    });
    expect(unused).toEqual([]);
  });

  it('no file leads back to itself by its imports, types included', () => {
    const closed = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, way: readonly string[]): void => {
      if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
      if (closed.has(file) || way.includes(file)) return;
      for (const name of importsOf(file)) if (name.endsWith('.ts')) walk(name, [...way, file]);
      closed.add(file);
    };
    for (const file of files) walk(file, []);
    expect(circles).toEqual([]);
  });

  it('what measures sees neither judgement nor report, what judges no report', () => {
    const reaches = (file: string, seen = new Set<string>()): ReadonlySet<string> => {
      if (!seen.has(file)) {
        seen.add(file);
        for (const name of importsOf(file)) if (name.endsWith('.ts')) reaches(name, seen);
      }
      return seen;
    };
    const blind = (folders: RegExp, hidden: readonly string[]): readonly string[] =>
      files.filter((file) => folders.test(file) && hidden.some((name) => reaches(file).has(name)));
    expect(blind(/^(catalog|plan|routes|probe|proxy|trust)\//, ['model/diagnosis.ts', 'model/report.ts'])).toEqual([]);
    expect(blind(/^diagnose\//, ['model/report.ts'])).toEqual([]);
  });

  it.each(dependencies)('%s is imported in one file', (dependency) => {
    const users = files.filter((file) =>
      importsOf(file).some((name) => name === dependency || name.startsWith(`${dependency}/`)),
    );
    expect(users, dependency).toHaveLength(1);
  });

  it('docs/architecture.md shows every folder and the arrows between them', () => {
    const page = readFileSync(join(source, '..', 'docs', 'architecture.md'), 'utf8');
    const drawn = [...page.matchAll(/^ {2}(\w+ --> \w+)$/gm)].map(([, arrow]) => arrow);
    const folderOf = (file: string): string => file.split('/')[0] ?? '';
    const arrows = files.flatMap((file) =>
      importsOf(file).flatMap((name) => {
        const [from, to] = [folderOf(file), folderOf(name)];
        const counts = from in rooms && to in rooms && name.endsWith('.ts') && from !== to && to !== 'model';
        return counts ? [`${from} --> ${to}`] : [];
      }),
    );
    expect(drawn.sort()).toEqual([...new Set(arrows)].sort());
    expect(Object.keys(rooms).filter((room) => !page.includes(`\`${room}\``))).toEqual([]);
  });

  it('no file outside the words has more than 400 lines', () => {
    const long = files
      .filter((file) => !file.startsWith('words/'))
      .filter((file) => readFileSync(join(source, file), 'utf8').trimEnd().split('\n').length > 400);
    expect(long).toEqual([]);
  });

  it('no fact has words that nothing states', () => {
    const facts = readFileSync(join(source, 'model/facts.ts'), 'utf8').matchAll(/^ {2}'([a-z0-9.-]+)':/gm);
    const stating = files.filter((file) => /^(diagnose|report)\//.test(file));
    const text = stating.map((file) => readFileSync(join(source, file), 'utf8')).join('');
    // Some facts of experiments are named by the experiment's own name.
    const isStated = (code: string): boolean =>
      [code, code.replace(/^tried\./, '')].some((name) => text.includes(`'${name}'`));
    expect([...facts].map(([, code = '']) => code).filter((code) => !isStated(code))).toEqual([]);
  });

  it('only the command line touches process state, the console and exit codes', () => {
    const offenders = files
      .filter((file) => file !== 'cli.ts')
      .filter((file) =>
        /\bconsole\.|process\.(argv|exit|exitCode|stdout|stderr|stdin|on|env)\b/.test(
          readFileSync(join(source, file), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, ''),
        ),
      );
    expect(offenders).toEqual([]);
  });

  it('nothing ends the process by process.exit, which cuts piped output, but an ending that nobody waits for', () => {
    const lines = files.flatMap((file) =>
      readFileSync(join(source, file), 'utf8')
        .split('\n')
        .filter((line) => /process\.(exit|reallyExit)\(/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(lines).toEqual(['cli.ts: setTimeout(() => process.exit(), ending.work.aborted ? 0 : lingerMs).unref();']);
  });

  it('a table under any text is read by entryOf alone, for which what every object inherits is no entry', () => {
    const textOf = (file: string): string => readFileSync(join(source, file), 'utf8');
    const table = /^(export )?const (\w+): (?:Readonly<)?(?:Partial<)?(?:Record<string,|OfCatalog\b)/gm;
    const tables = new Map(files.map((file) => [file, [...textOf(file).matchAll(table)]]));
    expect([...tables.values()].flat().length).toBeGreaterThan(40);
    const read = files.flatMap((file) => {
      const lent = importsOf(file).flatMap((from) => (tables.get(from) ?? []).filter(([, exported]) => exported));
      return [...(tables.get(file) ?? []), ...lent]
        .map(([, , name = '']) => name)
        .filter((name) => new RegExp(`(?<![.\\w])${name}\\[`).test(textOf(file)))
        .map((name) => `${file}: ${name}`);
    });
    expect(read).toEqual([]);
  });

  it('only the injected clock reads the time', () => {
    const readers = files
      .filter((file) => file !== 'clock.ts')
      .filter((file) =>
        /\bDate\.now\(|performance\.now\(|\bhrtime\b|new Date\(\)/.test(readFileSync(join(source, file), 'utf8')),
      );
    expect(readers).toEqual([]);
  });

  it('the probing process never calls dns.lookup, which can hang it for ever', () => {
    const callers = files.filter((file) =>
      /\b(dns|promises)\.lookup\(/.test(readFileSync(join(source, file), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, '')),
    );
    expect(callers).toEqual([]);
  });
});
