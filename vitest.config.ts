import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/search-logs.ts'],
    setupFiles: ['test/support/search-servers.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
