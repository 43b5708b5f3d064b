import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/**
 * Tests that may look at the machine's time or memory, and why that depends on no machine: a test that says how fast
 * something is, or how much the process has grown, fails on a slower or busier one. Work is stepped, counted, or moved
 * by the account's clock instead (support/stepping.ts, arrival.ts, memory.ts).
 */
const exceptions: Readonly<Record<string, string>> = {
  'test/behaviour/transport-close.test.ts': 'a timer is never early',
  'test/behaviour/control-clock.test.ts': 'a time lies between two others',
  'test/behaviour/library-steering.test.ts': 'a time lies between two others',
};

const root = join(import.meta.dirname, '..');
const tests = ['src', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `${folder}/${file}`),
);

it('no test measures time or the memory of the process', () => {
  const measures = /performance\.(now|timeOrigin)|hrtime|Date\.now\(\)|memoryUsage\(|cpuUsage\(/;
  const found = tests.filter((file) => measures.test(readFileSync(join(root, file), 'utf8')));
  const itself = 'test/no-clock.test.ts';
  expect(found.filter((file) => file !== itself && !(file in exceptions))).toEqual([]);
});
