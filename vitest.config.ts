import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/search-logs.ts'],
    setupFiles: ['test/support/search-servers.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // tests wait for processes and sockets as much as they compute
    maxWorkers: '100%',
    expect: { poll: { timeout: 20_000, interval: 20 } },
  },
});
