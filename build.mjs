// Bundles src into dist: everything of ours and every library but better-sqlite3 (which is native), so that
// an installation has one dependency and a start reads few files.
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
  metafile: true,
};

await rm('dist', { recursive: true, force: true });
const built = await Promise.all([
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
const files = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
await writeFile('dist/THIRD-PARTY-LICENSES.txt', await licenses(files));
await writeTypes(['src/index.ts', 'src/vitest.ts'], 'dist/types');

/** The licences of the packages that files were bundled from. */
async function licenses(files) {
  const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0]);
  const texts = await Promise.all([...new Set(folders.filter(Boolean))].map(license));
  return `Mockjet's files hold these packages.\n\n${[...new Set(texts)].sort().join('\n')}`;
}

async function license(folder) {
  const {
    name,
    version,
    license: kind,
  } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  if (kind === undefined) throw new Error(`${name} has no licence`);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, 'utf8')));
  return [`--- ${name} ${version} (${kind})`, ...texts.map((text) => text.trim()), ''].join('\n\n');
}
