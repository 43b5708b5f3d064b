import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isCommand } from '../../src/cli/command-line.ts';
import { startMockjet } from '../../src/index.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/library.md'), 'utf8');

/** What the cells of a table's first column name, without arguments. */
function namedBelow(header: string): string[] {
  const table = text.split(new RegExp(`\\| of \`${header}\` .*`))[1]?.split('\n\n')[0] ?? '';
  const cells = table.split('\n').map((line) => line.split(/ \| /)[0] ?? '');
  return [...cells.join('').matchAll(/`([\w.]+)[^`]*`/g)].map(([, name = '']) => name);
}

/** Every name of an object, and of the objects in it: `jobs.list`. */
const namesOf = (object: object, prefix = ''): string[] =>
  Object.entries(object).flatMap(([name, value]) =>
    typeof value === 'object' && !['env', 'defaultAccount', 'snapshots'].includes(name)
      ? namesOf(value, `${prefix}${name}.`)
      : [`${prefix}${name}`],
  );

it('docs/library.md names all that there is, and nothing else', async () => {
  await using mockjet = await startMockjet();
  const ofMockjet = namesOf({ ...mockjet, faults: undefined });
  expect(namedBelow('mockjet').sort()).toEqual(ofMockjet.sort());
  const { apiKey, secretKey, url, env, ...account } = mockjet.defaultAccount;
  expect(namedBelow('account').sort()).toEqual(namesOf(account).sort());
});

it('docs/library.md names only commands that exist', () => {
  const named = [...text.matchAll(/`mockjet ([a-z]+)/g)].map(([, name = '']) => name);
  expect(named).toContain('run');
  expect(named.filter((name) => !isCommand(name))).toEqual([]);
});
