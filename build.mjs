// Bundles src into dist: everything of ours and every library but better-sqlite3 (which is native), so that
// an installation has one dependency and a start reads few files.
import { chmod, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { writeTypes } from './build-types.mjs';

const shared = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  external: ['better-sqlite3', 'vitest'],
  logLevel: 'warning',
};

await rm('dist', { recursive: true, force: true });
await Promise.all([
  build({
    ...shared,
    entryPoints: { main: 'src/main.ts', index: 'src/index.ts', vitest: 'src/vitest.ts' },
    splitting: true,
    format: 'esm',
    chunkNames: 'chunks/[name]-[hash]',
    // Bundled CommonJS libraries ask for node's own modules with require().
    banner: {
      js: "import { createRequire as createMockjetRequire } from 'node:module'; const require = createMockjetRequire(import.meta.url);",
    },
  }),
  // For jest, whose loader knows no ES modules.
  build({
    ...shared,
    entryPoints: { index: 'src/index.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': 'mockjetFileUrl' },
    banner: {
      js: "const mockjetFileUrl = require('node:url').pathToFileURL(__filename).href;",
    },
  }),
]);
await chmod('dist/main.js', 0o755);
await writeTypes(['src/index.ts', 'src/vitest.ts'], 'dist/types');
