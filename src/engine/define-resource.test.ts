import { describe, expect, it } from 'vitest';
import type { Action } from './action.ts';
import type { Answer } from './call.ts';
import { defineResource } from './define-resource.ts';
import type { Declaration, Property } from './resource.ts';

const nothing = (): Answer => ({ status: 204 });

const book: Declaration = {
  name: 'book',
  type: 'Book',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  source: 'book',
  table: 'book',
  uniqueKey: 'Title|Year',
  keyColumns: ['Title', 'Year'],
  properties: {
    ID: { kind: 'int64', readOnly: true },
    Title: { kind: 'string' },
    Year: { kind: 'int32' },
    Author: { kind: 'reference', reference: { table: 'author', key: 'Name' } },
  },
  filters: {
    Title: { datatype: 'AnsiString', where: 'Title = ?' },
    ShowDeleted: { datatype: 'TBooleanFilter', where: '? IN (0, 1)' },
  },
  sorts: [
    { property: 'ID', descending: true },
    { property: 'Author', descending: true },
  ],
  actions: [],
  listed: { where: 'IsDeleted = 0', unless: ['ShowDeleted'] },
  softDelete: { column: 'IsDeleted', value: 1 },
  evidence: {
    list: 'assumed',
    get: 'assumed',
    create: 'assumed',
    update: 'assumed',
    remove: 'assumed',
  },
};

const withTitle = (property: object): Partial<Declaration> => ({
  properties: { ...book.properties, Title: property as Property }, // what TypeScript would refuse is tried too
});
const withFilter = (filter: object): Partial<Declaration> => ({
  filters: { ...book.filters, Author: filter as Declaration['filters'][string] }, // as above
});
const withAction = (action: Partial<Action>): Partial<Declaration> => ({
  actions: [
    {
      name: 'lend',
      isGlobal: false,
      operations: ['Post'],
      parameters: [],
      handlers: { Post: nothing },
      evidence: { Post: 'assumed' },
      ...action,
    },
  ],
});

describe('A declaration that makes no sense refuses to start', () => {
  it.each<[string, Partial<Declaration>]>([
    ['its name is not in lower-case letters', { name: 'Book' }],
    [
      'the property title is declared twice',
      { properties: { ...book.properties, title: { kind: 'string' } } },
    ],
    [
      'the filter title is declared twice',
      { filters: { ...book.filters, title: { datatype: 'AnsiString', notBuilt: true } } },
    ],
    ['the sort id is declared twice', { sorts: [...book.sorts, ...book.sorts] }],

    [
      'list is built and has no evidence',
      { evidence: { ...book.evidence, list: undefined as never } },
    ],
    [
      'remove has evidence and is not built',
      { operations: ['Get', 'Put', 'Post'], softDelete: undefined as never },
    ],
    ['update has evidence and is not built', { notBuilt: ['Put'] }],
    ['list has evidence and is not built', { collection: ['Post'] }],
    [
      'Delete is "not built" and not among its operations',
      { operations: ['Get', 'Put', 'Post'], notBuilt: ['Delete'] },
    ],
    [
      'remove has a handler and is not built',
      {
        notBuilt: ['Delete'],
        handlers: { remove: nothing },
        evidence: { list: 'assumed', get: 'assumed', create: 'assumed', update: 'assumed' },
      },
    ],
    [
      'it answers list, get, create by itself: more than 2 need own routes',
      { handlers: { list: nothing, get: nothing, create: nothing } },
    ],
    [
      'rules.create would never run, since it creates by itself',
      { handlers: { create: nothing }, rules: { create: () => ({}) } },
    ],
    [
      'rules.update would never run, since it updates by itself',
      { handlers: { update: nothing }, rules: { update: () => ({}) } },
    ],

    ['the property Title has the unknown kind "text"', withTitle({ kind: 'text' })],
    [
      'the property Title refers to a table and is no reference',
      withTitle({ kind: 'string', reference: { table: 'title', key: 'Name' } }),
    ],
    [
      'the property Title has items and is not of the kind json',
      withTitle({ kind: 'string', items: { type: 'Word', properties: {}, most: 3 } }),
    ],
    [
      'the property Title must be given and is ignored',
      withTitle({ kind: 'string', readOnly: true, needed: 'MJ04' }),
    ],
    [
      'the property Title has a check and is ignored',
      withTitle({ kind: 'string', readOnly: true, check: () => undefined }),
    ],
    [
      'the property Title has a refusal and is never refused',
      withTitle({ kind: 'string', refusal: () => new Error('no') }),
    ],
    [
      'the property Title has a misfit and takes every value',
      withTitle({ kind: 'string', misfit: () => new Error('no') }),
    ],
    ['the property Title allows no value at all', withTitle({ kind: 'string', oneOf: [] })],
    [
      'the property Title starts as "Emma", which it does not allow',
      withTitle({ kind: 'string', allowed: ['Dune'], initial: 'Emma' }),
    ],

    ['the filter Author names nothing', withFilter({ datatype: 'Int64' })],
    [
      'the filter Author is told in two ways',
      withFilter({ datatype: 'Int64', where: 'AuthorID = ?', notBuilt: true }),
    ],
    [
      'the filter Author has the unknown type "Int65"',
      withFilter({ datatype: 'Int65', where: 'AuthorID = ?' }),
    ],
    [
      'the filter Author needs one ? for its value',
      withFilter({ datatype: 'Int64', where: 'AuthorID = 1' }),
    ],
    [
      'the filter Author needs one ? for its value',
      withFilter({ datatype: 'Int64', where: 'AuthorID BETWEEN ? AND ?' }),
    ],
    [
      'the filter Author chooses no chosenID',
      withFilter({ datatype: 'Int64', choose: 'SELECT BookID FROM author WHERE ID = ?' }),
    ],

    [
      'the filter Author needs Publisher, which it has not',
      withFilter({ datatype: 'Int64', where: 'AuthorID = ?', needs: ['Publisher'] }),
    ],

    ['its unique key "Title|Year" has 2 parts, its keyColumns 1', { keyColumns: ['Title'] }],
    [
      'its unique key "Title|Year" has 2 parts, its keyColumns 0',
      { keyColumns: undefined as never },
    ],
    ['its unique key "" has 0 parts, its keyColumns 2', { uniqueKey: '' }],
    [
      'its list depends on the filter IsDeleted, which it has not',
      { listed: { where: 'IsDeleted = 0', unless: ['IsDeleted'] } },
    ],
    ['it has softDelete, and the engine deletes nothing of it', { handlers: { remove: nothing } }],
    ['the engine shall answer list, and it names no source and table', { source: '' }],
    [
      'the sort Publisher is no property and names no column',
      { sorts: [{ property: 'Publisher', descending: true }] },
    ],

    ['Post of the action lend has no evidence', withAction({ evidence: {} })],
    ['Post of the action lend has evidence and is not built', withAction({ handlers: {} })],
    [
      'Post of the action lend has a handler and is not among its operations',
      withAction({ operations: ['Get'] }),
    ],
    [
      'the action {id}/lend is declared twice',
      {
        actions: [
          ...(withAction({}).actions ?? []),
          ...(withAction({ name: 'Lend' }).actions ?? []),
        ],
      },
    ],
  ])('%s', (sentence, change) => {
    expect(() => defineResource({ ...book, ...change })).toThrow(
      `The resource ${change.name ?? 'book'}: ${sentence}`,
    );
  });

  it('and one that does is compiled', () => {
    const resource = defineResource(book);
    expect(resource.members.map(({ wireName }) => wireName)).toEqual([
      'AuthorID',
      'ID',
      'Title',
      'Year',
    ]);
    expect([...resource.inputs.keys()]).toEqual(['authorid', 'authoralt', 'id', 'title', 'year']);
  });
});
