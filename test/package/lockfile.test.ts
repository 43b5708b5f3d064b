import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'));

test('the lock file keeps npm 10 from compiling better-sqlite3, which brings its binaries', () => {
  const { gypfile } = lock.packages['node_modules/better-sqlite3'];
  const mend =
    'npm install has dropped it: write "gypfile": false by hand into the entry node_modules/better-sqlite3 of package-lock.json (docs/decisions/node.md)';
  expect(gypfile, mend).toBe(false);
});
