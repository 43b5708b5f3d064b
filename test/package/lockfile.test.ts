import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'));

test('the lock file keeps npm 10 from compiling better-sqlite3, which brings its binaries', () => {
  const { gypfile } = lock.packages['node_modules/better-sqlite3'];
  const mend =
    'npm install has dropped "gypfile": false from its entry in package-lock.json: node lock-gypfile.mjs puts it back';
  expect(gypfile, mend).toBe(false);
});
