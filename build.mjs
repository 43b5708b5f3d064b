// Bundles src into dist: everything of ours and every library but better-sqlite3 (which is native), so that
// an installation has one dependency and a start reads few files.
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { writeTypes } from './build-types.mjs';

// Fastify asks for these two at its start, for schemas that no route of ours has: 0.3 MB to read for nothing.
const withoutSchemas = {
  name: 'without-schemas',
  setup({ onResolve, onLoad }) {
    const filter = /^@fastify\/(ajv-compiler|fast-json-stringify-compiler)$/;
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'without-schemas' }));
    onLoad({ filter, namespace: 'without-schemas' }, () => ({
      contents: "module.exports = () => () => { throw new Error('Mockjet has no schemas') };",
    }));
  },
};

// An import makes node read all that one of its own modules offers: of node:http that is undici, a tenth of a start.
// require() takes what is named.
const requiredBuiltins = {
  name: 'required-builtins',
  setup({ onLoad }) {
    const filter = /[\\/](src[\\/].*\.ts|node_modules[\\/]nodemailer[\\/].*\.js)$/;
    onLoad({ filter }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(builtinImport, requireBuiltin),
      loader: path.endsWith('.ts') ? 'ts' : 'js',
    }));
  },
};
const builtinImport = /^import (?:(\w+)|\{([^}]*)\}) from ['"](node:[^'"]+)['"];$/gm;

function requireBuiltin(_all, whole, names = '', module) {
  const values = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => name.replace(' as ', ': '));
  if (whole === undefined && values.length === 0) return '';
  return `const ${whole ?? `{ ${values.join(', ')} }`} = require('${module}');`;
}

const shared = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  // older than what it needs: a Node that is too old gets as far as the sentence that says so
  target: 'node18',
  minifySyntax: true,
  minifyWhitespace: true,
  plugins: [withoutSchemas, requiredBuiltins],
  // a crash shows a line of it, and no map goes along that would find the place in src
  lineLimit: 160,
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
