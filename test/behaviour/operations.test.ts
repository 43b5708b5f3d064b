import { expect, it } from 'vitest';
import { allOperations } from '../../src/wire/operations.ts';

const names = [...new Set(allOperations().map(({ operation }) => operation))].sort();

it('the library has the names of all operations as a type (npm run docs writes it)', () =>
  expect(
    `// Written by \`npm run docs\` from the tables of resources and routes.

/** What Mailjet can be asked for, as journal, faults and coverage name it. */
export type MockjetOperation =
${names.map((name) => `  | '${name}'`).join('\n')};
`,
  ).toMatchFileSnapshot('../../src/library/operations.ts'));

it('no name is so long that nobody would guess it is one', () => {
  expect(names).toContain('contactslist managecontact post');
  expect(names.filter((name) => !/^[\w.-]+( [\w.-]+){0,2}$/.test(name))).toEqual([]);
});
