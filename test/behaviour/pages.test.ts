import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshAccount, freshAccount, rowsOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let account: FreshAccount;

/** An account with 1,003 lists beside its own, `List 1` to `List 1003`, made straight in its database. */
beforeAll(async () => {
  mock = await startMock();
  account = freshAccount(mock);
  await account.get('contactslist');
  const own = mock.registry.accounts().find(({ apiKey }) => account.user.startsWith(`${apiKey}:`));
  own?.write(() => {
    const insert = own.sql('INSERT INTO contactslist (Address, CreatedAt, Name) VALUES (?, ?, ?)');
    for (let i = 1; i <= 1003; i += 1) insert.run(`address-${i}`, own.time(), `List ${i}`);
  });
});
afterAll(() => mock.close());

const names = ['MyFirstTest', ...Array.from({ length: 1003 }, (_, i) => `List ${i + 1}`)];

describe('A page of 1,004 lists', () => {
  it.each([
    ['', 0, 10, 'documented: ten without a limit'],
    ['?Limit=3', 0, 3, 'documented'],
    ['?limit=3&offset=2', 2, 3, 'recorded: names in any case'],
    ['?LIMIT=1', 0, 1, 'recorded'],
    ['?Limit=0', 0, 1000, 'documented: zero means a thousand'],
    ['?Limit=0&Offset=500', 0, 1000, 'reported: zero ignores the offset'],
    ['?Limit=1000&Offset=1000', 1000, 4, 'reported'],
    ['?Limit=1001', 0, 1000, 'assumed: clamped'],
    ['?Limit=99999999999999999999', 0, 10, 'assumed: garbage is the default'],
    ['?Limit=-1', 0, 10, 'assumed: garbage is the default'],
    ['?Limit=ten&Offset=two', 0, 10, 'assumed: garbage is the default'],
    ['?Limit=', 0, 10, 'assumed: empty is absent'],
    ['?Offset=1002', 1002, 2, 'documented'],
    ['?Offset=5000', 0, 0, 'documented: empty behind the end'],
    ['?Limit=2&Limit=5', 0, 2, 'documented: the first wins'],
    ['?InvalidParameter=0', 0, 10, 'recorded: unknown parameters do not count'],
    ['?format=json&style=full&recurse=1&akid=7&DuplicateFrom=2', 0, 10, 'client: known, ignored'],
    ['/?Limit=1', 0, 1, 'recorded: a slash before the query'],
    ['?&&Limit=1&', 0, 1, 'assumed: empty parts'],
  ])('contactslist%s starts at %i and has %i rows (%s)', async (query, from, size) => {
    const answer = await account.get(`contactslist${query}`);
    expect(rowsOf(answer).map(({ Name }) => Name)).toEqual(names.slice(from, from + size));
    const { Count, Total } = JSON.parse(answer.body);
    expect([Count, Total]).toEqual([size, size]); // recorded: Total is the page's
  });

  it.each([
    ['?countrecords=1&limit=1', 1, 1004], // recorded
    ['?CountRecords=true&Offset=1000', 4, 1004],
    ['?countrecords=0', 10, 10],
    ['?countrecords=1&Name=List%207', 1, 1],
    ['?countrecords=1&Offset=5000', 0, 1004],
  ])('contactslist%s counts %i of %i', async (query, count, total) => {
    const { Count, Data, Total } = JSON.parse((await account.get(`contactslist${query}`)).body);
    expect([Count, Data.length, Total]).toEqual([count, count, total]);
  });

  it.each([
    ['?countOnly=1', 1004],
    ['?CountOnly=true&Limit=3', 1004],
    ['?countonly=1&Name=List%207', 1],
    ['?countOnly=1&Name=Nothing', 0],
  ])('contactslist%s answers %i and no rows (documented)', async (query, total) => {
    expect((await account.get(`contactslist${query}`)).body).toBe(
      `{ "Count" : ${total}, "Data" : [], "Total" : ${total} }`,
    );
  });

  it('without a row is 41 bytes (recorded)', async () => {
    const answer = await account.get('contactslist?Name=nothing');
    expect(answer.body).toBe('{ "Count" : 0, "Data" : [], "Total" : 0 }');
    expect(answer.headers['content-length']).toBe('41');
  });
});

describe('Sorting', () => {
  let sorted: FreshAccount;
  beforeAll(async () => {
    sorted = freshAccount(mock);
    for (const name of ['Cleo', 'Abe', 'Bob']) {
      await sorted.post('contact', { Email: `${name}@example.com`, Name: name });
      await sorted.post('contactslist', { Name: name });
      await sorted.post('contactmetadata', { Name: name });
    }
  });

  it.each([
    ['contact', 'Name', '', 'Cleo Abe Bob'],
    ['contact', 'Name', 'Sort=ID', 'Cleo Abe Bob'],
    ['contact', 'Name', 'Sort=ID+DESC', 'Bob Abe Cleo'], // client
    ['contact', 'Name', 'Sort=Email', 'Abe Bob Cleo'],
    ['contact', 'Name', 'sort=email%20desc', 'Cleo Bob Abe'],
    ['contact', 'Name', 'Sort=Email+ASC', 'Abe Bob Cleo'],
    ['contact', 'Name', 'Sort=DeliveredCount,Email+DESC', 'Cleo Bob Abe'],
    ['contact', 'Name', 'Sort=DeliveredCount+DESC,ID+DESC', 'Bob Abe Cleo'],
    ['contact', 'Name', 'Sort=DeliveredCount', 'Cleo Abe Bob'],
    ['contact', 'Name', 'Sort=DeliveredCount&Sort=Email', 'Cleo Abe Bob'],
    ['contactslist', 'Name', 'Sort=ID+DESC', 'Bob Abe Cleo'],
    ['contactslist', 'Name', 'Sort=Name', 'Abe Bob Cleo'],
    ['contactslist', 'Name', 'Sort=Name+DESC', 'Cleo Bob Abe'],
    ['contactslist', 'Name', 'Sort=IsDeleted,Name', 'Abe Bob Cleo'],
    ['contactslist', 'Name', 'Sort=IsDeleted+DESC', 'Cleo Abe Bob'],
    ['contactmetadata', 'Name', 'Sort=ID+DESC', 'bob abe cleo'],
    ['contactmetadata', 'Name', 'Sort=Name', 'abe bob cleo'],
    ['contactmetadata', 'Name', 'Sort=Name+DESC', 'cleo bob abe'],
  ])('%s by %s: %s', async (resource, property, query, order) => {
    const rows = rowsOf(await sorted.get(`${resource}?${query}`)).map((row) => row[property]);
    expect(rows.filter((name) => /^(abe|bob|cleo)$/i.test(String(name))).join(' ')).toBe(order);
  });

  it.each([
    ['contactdata?Sort=Email+DESC'],
    ['contactdata?Sort=DeliveredCount,CreatedAt+DESC'],
    ['contact?Sort=CreatedAt'],
    ['contactslist?Sort=CreatedAt+DESC'],
    ['listrecipient?Sort=ID'],
    ['batchjob?Sort=ID+DESC'],
    ['apikey?Sort=IsMaster,IsActive+DESC,CreatedAt,Name,ID'],
    ['sender?Sort=ID+DESC'],
    ['user?Sort=ID'],
    ['myprofile?Sort=ID'],
  ])('%s is allowed (metadata)', async (path) => {
    expect((await sorted.get(path)).status).toBe(200);
  });

  it.each([
    ['contact?Sort=Name', 'name'],
    ['contact?Sort=ID,Name', 'name'],
    ['contact?Sort=ID+DOWN', 'id down'],
    ['contact?Sort=ID%2BDESC', 'id+desc'],
    ['contact?Sort=,', ''],
    ['contactslist?Sort=SubscriberCount', 'subscribercount'],
    ['listrecipient?Sort=ContactID', 'contactid'],
    ['contactmetadata?Sort=Datatype', 'datatype'],
    ['csvimport?Sort=ID', 'id'],
  ])('%s is refused, and "%s" echoed (recorded for one)', async (path, term) => {
    const answer = await sorted.get(path);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).ErrorMessage).toBe(
      `Unexpected error during GET: Invalid sort specification: Cannot sort on field ${term}`,
    );
  });
});
