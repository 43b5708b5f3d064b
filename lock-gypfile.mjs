// Says in package-lock.json that better-sqlite3 is not compiled, which npm leaves out whenever it writes that file: without the line,
// `npm ci` of npm 10 runs node-gyp for it and fails where there is no Python. --check says so alone. See docs/decisions/node.md.
import { readFile, writeFile } from 'node:fs/promises';

const file = new URL('package-lock.json', import.meta.url);
const before = await readFile(file, 'utf8');
const lock = JSON.parse(before);
const name = 'node_modules/better-sqlite3';
const { version, resolved, integrity, license, ...rest } = lock.packages[name];
lock.packages[name] = { version, resolved, integrity, license, gypfile: false, ...rest };
const after = `${JSON.stringify(lock, null, 2)}\n`;
if (after === before) process.exit(0);
if (process.argv.includes('--check')) {
  console.error(
    'package-lock.json lacks "gypfile": false for better-sqlite3: node lock-gypfile.mjs',
  );
  process.exit(1);
}
await writeFile(file, after);
