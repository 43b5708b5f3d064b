import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineResource } from '../../src/engine/define-resource.ts';
import { int64, likeFilters, memberOf, text } from '../../src/engine/filter-kinds.ts';
import { invalidProperty } from '../../src/lib/errors.ts';
import type { Json } from '../../src/lib/json.ts';
import { type EngineAccount, engineAccount } from '../support/engine-account.ts';

const schema = `
  CREATE TABLE book (
    ID INTEGER PRIMARY KEY AUTOINCREMENT,
    Title TEXT NOT NULL,
    Facts TEXT NOT NULL DEFAULT '',
    Price REAL NOT NULL DEFAULT 0,
    Weight REAL NOT NULL DEFAULT 0,
    Status TEXT NOT NULL DEFAULT 'stocked'
  ) STRICT;
  CREATE TABLE shelf (ShelfID INTEGER NOT NULL, BookID INTEGER NOT NULL, UNIQUE (ShelfID, BookID)) STRICT;
  CREATE TABLE reader (ReaderID INTEGER NOT NULL, BookID INTEGER NOT NULL, UNIQUE (ReaderID, BookID)) STRICT;
`;

const book = defineResource({
  name: 'book',
  type: 'Book',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  source: 'book',
  table: 'book',
  uniqueKey: '',
  properties: {
    // no ID: it is there all the same, and hidden
    Facts: { kind: 'json' },
    Price: { kind: 'currency' },
    Weight: { kind: 'double' },
    Title: {
      kind: 'string',
      needed: 'MJ04',
      check: (title) =>
        /^[a-z]/.test(String(title))
          ? invalidProperty('Title', 'it begins with a small letter')
          : undefined,
    },
    Status: { kind: 'string', allowed: ['stocked', 'sold', 'withdrawn'] },
  },
  filters: {
    Title: text('Title'),
    ...likeFilters('Title', 'Title'),
    Shelf: memberOf('shelf', 'BookID', 'ShelfID'),
    Reader: memberOf('reader', 'BookID', 'ReaderID'),
    ExcludeID: { ...int64('ID'), where: 'ID <> ?' },
    ShowDeleted: { datatype: 'TBooleanFilter', where: '? IN (0, 1)' },
  },
  sorts: [{ property: 'ID', descending: true }],
  actions: [],
  listed: { where: "Status <> 'withdrawn'", unless: ['ShowDeleted'] },
  softDelete: { column: 'Status', value: 'withdrawn' },
  evidence: {
    list: 'assumed',
    get: 'assumed',
    create: 'assumed',
    update: 'assumed',
    remove: 'assumed',
  },
});

let account: EngineAccount;
const titles = (query: string) =>
  account
    .rows('GET', `?${query}`)
    .map(({ Title }) => Title)
    .join(', ');

/** Emma stands on shelves 1 and 2, Ulysses on 1, Dune on 2; reader 7 has read Emma and Ulysses. */
beforeAll(() => {
  account = engineAccount(book, schema);
  const shelves = { Emma: [1, 2], Ulysses: [1], Dune: [2] };
  const read = new Set(['Emma', 'Ulysses']);
  for (const [Title, places] of Object.entries(shelves)) {
    account.call('POST', '', { Title });
    const BookID = BigInt(Object.keys(shelves).indexOf(Title) + 1);
    for (const ShelfID of places) account.insert('shelf', { ShelfID, BookID });
    if (read.has(Title)) account.insert('reader', { ReaderID: 7, BookID });
  }
});
afterAll(() => account.close());

describe('Filters that choose the rows of a list', () => {
  it.each([
    ['Shelf=1', 'Emma, Ulysses'],
    ['Shelf=2', 'Emma, Dune'],
    ['Reader=7', 'Emma, Ulysses'],
    ['Shelf=1&Reader=7', 'Emma, Ulysses'],
    ['Shelf=2&Reader=7', 'Emma'],
    ['Reader=7&Shelf=2', 'Emma'],
    ['Shelf=2&Reader=7&ExcludeID=1', ''],
    ['Shelf=2&Reader=8', ''],
    ['Shelf=1&Reader=7&Sort=ID DESC', 'Ulysses, Emma'],
    ['Shelf=1&Reader=7&TitleLike=lyss', 'Ulysses'],
  ])('%s finds %s', (query, expected) => {
    expect(titles(query)).toBe(expected);
    expect(account.call('GET', `?${query}&countOnly=1`)).toMatchObject({
      count: expected === '' ? 0 : expected.split(', ').length,
    });
  });
});

describe('The check of a property', () => {
  it.each([
    ['POST', '', 'persuasion'],
    ['PUT', '/1', 'emma'],
  ])('refuses a value in %s', (method, path, Title) => {
    expect(() => account.call(method, path, { Title })).toThrow('Object properties invalid');
  });

  it('lets others pass', () => {
    expect(account.rows('PUT', '/1', { Title: 'Emma II' })[0]?.Title).toBe('Emma II');
    account.call('PUT', '/1', { Title: 'Emma' });
  });
});

it('DELETE sets the column and value that the declaration names, and the row is found by its ID', () => {
  account.call('POST', '', { Title: 'Middlemarch' });
  expect(account.call('DELETE', '/4')).toEqual({ status: 204 });
  expect(account.rows('GET', '/4')[0]?.Status).toBe('withdrawn');
  expect(titles('Title=Middlemarch')).toBe('');
  expect(titles('Title=Middlemarch&ShowDeleted=1')).toBe('Middlemarch');
});

describe('A property of the kind', () => {
  it.each<[string, string, Json, Json]>([
    ['currency', 'Price', 12.5, 12.5],
    ['currency', 'Price', '9.99999', 10],
    ['currency', 'Price', 0, 0],
    ['double', 'Weight', '1e-3', 0.001],
    ['double', 'Weight', -3, -3],
    ['double', 'Weight', null, 0],
    ['json', 'Facts', { Pages: [1, 2], Author: null }, { Pages: [1, 2], Author: null }],
    ['json', 'Facts', ['a'], ['a']],
  ])('%s takes %s = %j and shows %j', (_kind, name, given, shown) => {
    account.call('PUT', '/2', { [name]: given });
    expect(account.rows('GET', '/2')[0]?.[name]).toEqual(shown);
  });

  it.each<[string, Json, string]>([
    ['Price', 'dear', '"dear" is an invalid float'],
    ['Weight', '1e', '"1e" is an invalid float'],
    ['Weight', '1e999', '"1e999" is an invalid float'],
    ['Weight', {}, 'property "Weight" is not a class property, but tkFloat'],
  ])('number refuses %s = %j', (name, given, problem) => {
    expect(() => account.call('PUT', '/2', { [name]: given })).toThrow(problem);
  });
});

it('A resource may hide its ID: rows are found and sorted by it all the same', () => {
  const [first] = account.rows('GET', '?Limit=1');
  expect([Object.keys(first ?? {}), first?.Title]).toEqual([
    ['Price', 'Status', 'Title', 'Weight'],
    'Emma',
  ]);
  expect(account.rows('GET', '/3')[0]?.Title).toBe('Dune');
});
