import { defineConfig } from 'vitest/config';

/**
 * What the inner loop is without: fuzzers, floods, whole runs on loopback, reports of many targets, 4 s each and more; and what
 * needs modules of its own, which the files of the inner loop share (`--no-isolate` in package.json).
 */
const long = [
  'test/{allowlist/allowlist,catalog/load,model/accepted,store/sqlite,trust/certificate,watch/loop}.test.ts',
  'test/cli/{carry,languages,leaks,notify-accounts,output,pac-files}.test.ts',
  'test/collect/{collector,floods}.test.ts',
  'test/hostile/{faults,fuzz,linear}.test.ts',
  'test/notify/bad-places.test.ts',
  'test/probe/{proxied-sessions,proxied-wildcard,rounds,run}.test.ts',
  'test/probe/{dns/resolver,dns/resources,tunnel/lockout}.test.ts',
  'test/proxy/pac/{engine,evaluate}.test.ts',
  'test/report/{answer,format-rules,formats,recorded,screen}.test.ts',
];
/** What runs the built program, again and again. */
const program = [
  'test/catalog/files.test.ts',
  'test/cli/{cli,deadline,full-disk,hostile-servers,loader,signals,ndjson,proxied-cli,proxied-program}.test.ts',
  'test/demo/*.test.ts',
  'test/{library,package}.test.ts',
  'test/{cli/watch,store/kills,watch/play}.test.ts',
  'test/collect/{full-disk,kills,slow}.test.ts',
];
/** What needs network namespaces, real proxies and directories, or minutes. */
const heavy = ['test/{lab,load,real}/*.test.ts', 'test/**/*.postgres.test.ts'];

/** What runs the single executables, which are made first. */
const executables = ['test/executables/*.test.ts'];

export default defineConfig({
  test: {
    setupFiles: ['test/setup/all-words.ts', 'test/setup/invariants.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    // One after the other: what is made in one would slow down what waits for answers in another.
    projects: [
      {
        extends: true,
        test: {
          ...{ name: 'unit', include: ['test/**/*.test.ts'], exclude: [...long, ...program, ...heavy, ...executables] },
          sequence: { groupOrder: 1 },
        },
      },
      { extends: true, test: { name: 'long', include: long, sequence: { groupOrder: 2 } } },
      { extends: true, test: { name: 'program', include: program, sequence: { groupOrder: 3 } } },
      {
        extends: true,
        // A browser on a busy machine took four times as long as on an idle one.
        test: { name: 'heavy', include: heavy, testTimeout: 120_000, sequence: { groupOrder: 4 } },
      },
      {
        extends: true,
        test: {
          ...{ name: 'executables', include: executables, globalSetup: ['test/executables/setup.ts'] },
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
});
