import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const table = readFileSync(join(root, 'docs/decisions/hardening.md'), 'utf8');
const tests = new Map(
  globSync('{src,test}/**/*.test.ts', { cwd: root }).map((path) => [
    basename(path, '.test.ts'),
    readFileSync(join(root, path), 'utf8'),
  ]),
);

/** What each row says: what could be done, and the file and the title of its test. */
const rows = table
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .flatMap(([, what = '', , test = '']) => {
    const [, file, title] = /^`([a-z0-9-]+)`: (.+)$/.exec(test) ?? [];
    return file === undefined || title === undefined ? [] : [{ what, file, title }];
  });
const lines = table.split('\n').filter((line) => /^\| [^*|-]/.test(line));

describe('docs/decisions/hardening.md', () => {
  it('names a test in each row below its head', () => {
    expect(rows).toHaveLength(lines.length - 1);
  });

  it.each(rows)('$what: the test is there', ({ file, title }) => {
    expect(tests.get(file), `a test file ${file}`).toBeDefined();
    expect(tests.get(file)).toContain(title);
  });
});
