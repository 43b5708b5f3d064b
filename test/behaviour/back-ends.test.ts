import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineResource } from '../../src/engine/define-resource.ts';
import type { BackEnd, Declaration } from '../../src/engine/resource.ts';
import { findResource } from '../../src/resources/all.ts';
import { type FreshAccount, freshAccount } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

const schema = `
  CREATE TABLE author (ID INTEGER PRIMARY KEY, Name TEXT NOT NULL) STRICT;
  INSERT INTO author VALUES (7, 'Jane Austen');
  CREATE TABLE book (
    ID INTEGER PRIMARY KEY AUTOINCREMENT,
    Title TEXT NOT NULL,
    AuthorID INTEGER REFERENCES author (ID),
    IsRead INTEGER NOT NULL DEFAULT 0,
    Pages INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  INSERT INTO book (Title, AuthorID, Pages) VALUES ('Emma/1', 7, 474), ('Beowulf', NULL, 120);
`;

/** The same resource twice: they differ in the back end alone. */
const shelf = (name: string, backEnd: BackEnd) =>
  defineResource({
    name,
    type: 'Book',
    backEnd,
    operations: ['Get', 'Put', 'Post'],
    source: 'book',
    table: 'book',
    uniqueKey: '',
    properties: {
      Title: { kind: 'string', needed: 'MJ04' },
      Pages: { kind: 'int32' },
      Author: { kind: 'reference', reference: { table: 'author', key: 'Name' } },
      IsRead: { kind: 'boolean' },
      ID: { kind: 'int64', readOnly: true },
    },
    filters: {},
    sorts: [{ property: 'ID', descending: true }],
    actions: [],
    evidence: { list: 'assumed', get: 'assumed', create: 'assumed', update: 'assumed' },
  } satisfies Declaration);

let mock: Mock;
let account: FreshAccount;
beforeAll(async () => {
  const shelves = [shelf('oldbook', 'old'), shelf('newbook', 'new')];
  mock = await startMock({
    findResource: (name) => shelves.find((each) => each.name === name) ?? findResource(name),
  });
  account = freshAccount(mock);
  await account.get('contact');
  mock.registry.accounts()[0]?.db.exec(schema);
});
afterAll(() => mock.close());

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('The old back end', () => {
  it.each([
    [
      'sorts keys and spaces JSON',
      ['GET', 'oldbook/1'],
      200,
      'OK',
      String.raw`{ "Count" : 1, "Data" : [{ "AuthorID" : 7, "ID" : 1, "IsRead" : false, "Pages" : 474, "Title" : "Emma\/1" }], "Total" : 1 }`,
    ],
    [
      'leaves out a reference to nothing',
      ['GET', 'oldbook/2'],
      200,
      'OK',
      '{ "Count" : 1, "Data" : [{ "ID" : 2, "IsRead" : false, "Pages" : 120, "Title" : "Beowulf" }], "Total" : 1 }',
    ],
    [
      'has an empty list',
      ['GET', 'oldbook?Offset=9'],
      200,
      'OK',
      '{ "Count" : 0, "Data" : [], "Total" : 0 }',
    ],
    [
      'answers 304 to PUT without a change',
      ['PUT', 'oldbook/2', { Pages: 120 }],
      304,
      'Content not changed',
      '',
    ],
    [
      'takes a number in a string',
      ['PUT', 'oldbook/2', { Pages: '121' }],
      200,
      'OK',
      '{ "Count" : 1, "Data" : [{ "ID" : 2, "IsRead" : false, "Pages" : 121, "Title" : "Beowulf" }], "Total" : 1 }',
    ],
    [
      'says errors in the reason phrase',
      ['GET', 'oldbook/9'],
      404,
      'Object not found',
      '{ "ErrorInfo" : "", "ErrorMessage" : "Object not found", "StatusCode" : 404 }',
    ],
    [
      'refuses an unknown name',
      ['POST', 'oldbook', { Name: 'Dune' }],
      400,
      'Invalid json input: object ""->"TBook" has no property "Name"',
      String.raw`{ "ErrorInfo" : "", "ErrorMessage" : "Invalid json input: object \"\"->\"TBook\" has no property \"Name\"", "StatusCode" : 400 }`,
    ],
    [
      'refuses a verb that the resource has not with 401',
      ['DELETE', 'oldbook/1'],
      401,
      'Operation not allowed',
      '{ "ErrorInfo" : "", "ErrorMessage" : "Operation not allowed", "StatusCode" : 401 }',
    ],
  ] as const)('%s', async (_what, [method, path, body], status, reason, text) => {
    const answer = await account.call(method, path, { body });
    expect([answer.status, answer.reason, answer.body]).toEqual([status, reason, text]);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers).not.toHaveProperty('x-mj-request-guid');
  });
});

describe('The new back end', () => {
  const same =
    '{"Count":1,"Data":[{"Title":"Beowulf","Pages":121,"AuthorID":null,"IsRead":false,"ID":2}],"Total":1}';

  it.each([
    [
      'keeps the order of the declaration, compact',
      ['GET', 'newbook/1'],
      200,
      'OK',
      '{"Count":1,"Data":[{"Title":"Emma/1","Pages":474,"AuthorID":7,"IsRead":false,"ID":1}],"Total":1}',
    ],
    ['writes null for a reference to nothing', ['GET', 'newbook/2'], 200, 'OK', same],
    [
      'has an empty list',
      ['GET', 'newbook?Offset=9'],
      200,
      'OK',
      '{"Count":0,"Data":[],"Total":0}',
    ],
    [
      'answers PUT without a change with the object',
      ['PUT', 'newbook/2', { Pages: 121 }],
      200,
      'OK',
      same,
    ],
    ['leaves an unknown name alone', ['PUT', 'newbook/2', { Name: 'Dune' }], 200, 'OK', same],
    [
      'creates',
      ['POST', 'newbook', { title: 'Dune', IsRead: true }],
      201,
      'Created',
      '{"Count":1,"Data":[{"Title":"Dune","Pages":0,"AuthorID":null,"IsRead":true,"ID":3}],"Total":1}',
    ],
  ] as const)('%s', async (_what, [method, path, body], status, reason, text) => {
    const answer = await account.call(method, path, { body });
    expect([answer.status, answer.reason, answer.body]).toEqual([status, reason, text]);
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
    expect(answer.headers['x-mj-request-guid']).toMatch(uuid);
  });

  it.each([
    [
      ['GET', 'newbook/9'],
      404,
      'Not Found',
      'The resource with the specified ID you are trying to reach does not exist.',
    ],
    [['DELETE', 'newbook/1'], 405, 'Method Not Allowed', 'Method not allowed'],
    [
      ['PUT', 'newbook/2', { Pages: '122' }],
      400,
      'Bad Request',
      'Type mismatch. Expected type "integer".',
    ],
    [
      ['PUT', 'newbook/2', { Pages: 1.5 }],
      400,
      'Bad Request',
      'Type mismatch. Expected type "integer".',
    ],
    [
      ['PUT', 'newbook/2', { IsRead: 'true' }],
      400,
      'Bad Request',
      'Type mismatch. Expected type "boolean".',
    ],
    [
      ['PUT', 'newbook/2', '{"Pages":'],
      400,
      'Bad Request',
      'Malformed JSON, please review the syntax and properties types.',
    ],
    [
      ['POST', 'newbook', {}],
      400,
      'Bad Request',
      'MJ08 Property Title is invalid: MJ04 Value must have at least length 1',
    ],
  ] as const)('has its own errors: %j', async ([method, path, body], status, reason, message) => {
    const answer = await account.call(method, path, { body });
    const id = answer.headers['x-mj-request-guid'];
    expect([answer.status, answer.reason]).toEqual([status, reason]);
    expect(answer.body).toBe(
      `{"ErrorIdentifier":"${id}","StatusCode":${status},"ErrorMessage":${JSON.stringify(message)}}`,
    );
    expect(id).toMatch(uuid);
  });
});
