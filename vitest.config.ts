import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const each = {
  setupFiles: ['test/support/search-servers.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 20_000, interval: 20 } },
};
/** Files that change the process they run in (its environment, its HTTP agents), and so have one of their own. */
const alone = ['test/behaviour/library-vitest.test.ts'];
const include = ['src/**/*.test.ts', 'test/**/*.test.ts'];

export default defineConfig({
  test: {
    globalSetup: ['test/support/search-logs.ts'],
    // tests wait for processes and sockets as much as they compute: one more than there are cores
    maxWorkers: availableParallelism() + 1,
    projects: [
      // a worker reads the sources once for all its files, which halves the machine time of the whole run
      { test: { ...each, name: 'together', include, exclude: alone, isolate: false } },
      { test: { ...each, name: 'alone', include: alone } },
    ],
  },
});
