// Bundles src into dist: everything of ours and every library but better-sqlite3 (which is native), so that
// an installation has one dependency and a start reads few files.
import { chmod, rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: { main: 'src/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  external: ['better-sqlite3'],
  chunkNames: 'chunks/[name]-[hash]',
  // Bundled CommonJS libraries ask for node's own modules with require().
  banner: {
    js: "import { createRequire as createMockjetRequire } from 'node:module'; const require = createMockjetRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
await chmod('dist/main.js', 0o755);
