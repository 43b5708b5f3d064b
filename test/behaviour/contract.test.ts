import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/accounts/account.ts';
import { createRegistry, type Registry } from '../../src/accounts/registry.ts';
import { inputRule } from '../../src/engine/declared.ts';
import { orderBy } from '../../src/engine/sort.ts';
import { resources } from '../../src/resources/all.ts';

let registry: Registry;
let account: Account;
beforeAll(() => {
  registry = createRegistry();
  account = registry.create({ apiKey: 'contract', secretKey: 'secret' });
});
afterAll(() => registry.close());

const columnsOf = (table: string) =>
  new Set(
    account.db.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all(),
  );

const stored = resources.filter(({ source }) => source !== '');

describe.each(stored.map((resource) => [resource.name, resource] as const))(
  'The schema has what %s declares',
  (_, resource) => {
    const { source, table, handlers = {} } = resource;

    it('a column for each property, and the ID', () => {
      const columns = columnsOf(source);
      const shown = resource.members.map(({ wireName }) => wireName);
      expect(['ID', ...shown].filter((name) => !columns.has(name))).toEqual([]);
    });

    it('a column to write for each property that a body may set', () => {
      const writes = ['create', 'update'] as const;
      const byEngine = writes.some(
        (operation) => resource.evidence[operation] && !handlers[operation],
      );
      const columns = columnsOf(table);
      const written = resource.members.filter(({ property }) => inputRule(property) !== 'ignore');
      const lacking = written.filter(({ wireName }) => !columns.has(wireName));
      expect(byEngine ? lacking.map(({ name }) => name) : []).toEqual([]);
    });

    it('columns for its conditions, keys, sorts and references', () => {
      const where = (condition: string) => `SELECT 1 FROM ${source} WHERE ${condition}`;
      const texts = [
        ...Object.values(resource.lookups),
        ...resource.filterList.flatMap(([, filter]) => [
          ...(filter.where === undefined ? [] : [where(filter.where)]),
          ...(filter.choose === undefined ? [] : [`SELECT chosenID FROM (${filter.choose})`]),
        ]),
        ...(resource.listed === undefined ? [] : [where(resource.listed.where)]),
        ...resource.sorts.map(
          ({ property }) => `SELECT * FROM ${source} ORDER BY ${orderBy(resource, property)}`,
        ),
        ...resource.references.map(
          ({ reference: { table: of, key, where: more = '1' } }) =>
            `SELECT ID FROM ${of} WHERE ${key} = ? AND ${more}`,
        ),
        ...(resource.unique ?? []).map(
          ({ columns, where: more = '1' }) =>
            `SELECT ID, ${columns.join(', ')} FROM ${table} WHERE ${more}`,
        ),
        ...(resource.softDelete === undefined
          ? []
          : [`UPDATE ${table} SET ${resource.softDelete.column} = ? WHERE ID = ?`]),
      ];
      const faults = texts.flatMap((text) => {
        try {
          account.db.prepare(text);
          return [];
        } catch (error) {
          return [`${(error as Error).message}: ${text}`]; // SQLite throws Errors
        }
      });
      expect(faults).toEqual([]);
    });

    it('a unique index for each unique rule', () => {
      const column = (sql: string, name: string) =>
        account.db.prepare<[string], string>(sql).pluck().all(name);
      const indexes = column('SELECT name FROM pragma_index_list(?) WHERE "unique"', table).map(
        (index) => column('SELECT name FROM pragma_index_info(?)', index),
      );
      for (const { columns } of resource.unique ?? [])
        expect(indexes.map((index) => index.toSorted())).toContainEqual(columns.toSorted());
    });
  },
);
