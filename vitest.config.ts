import { defineConfig } from 'vitest/config';

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
          ...{ name: 'unit', include: ['test/**/*.test.ts'], exclude: [...program, ...heavy, ...executables] },
          sequence: { groupOrder: 1 },
        },
      },
      { extends: true, test: { name: 'program', include: program, sequence: { groupOrder: 2 } } },
      {
        extends: true,
        // A browser on a busy machine took four times as long as on an idle one.
        test: { name: 'heavy', include: heavy, testTimeout: 120_000, sequence: { groupOrder: 3 } },
      },
      {
        extends: true,
        test: {
          ...{ name: 'executables', include: executables, globalSetup: ['test/executables/setup.ts'] },
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
