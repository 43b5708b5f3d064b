import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

describe('A deleted list', () => {
  it('is hidden, readable by its ID, and its name is free (recorded)', async () => {
    const { get, post, remove } = freshAccount(mock);
    const old = rowOf(await post('contactslist', { Name: 'List One' }));
    await remove(`contactslist/${old.ID}`);
    expect(rowOf(await get(`contactslist/${old.ID}`))).toEqual({ ...old, IsDeleted: true });
    expect(rowsOf(await get('contactslist')).map(({ Name }) => Name)).toEqual(['MyFirstTest']);
    const again = rowOf(await post('contactslist', { Name: 'List One' }));
    expect(again.ID).toBeGreaterThan(Number(old.ID));
  });

  it('can be deleted once more (assumed)', async () => {
    const { get, remove } = freshAccount(mock);
    const { ID } = rowOf(await get('contactslist'));
    for (const _ of ['first', 'second'])
      expect((await remove(`contactslist/${ID}`)).status).toBe(204);
  });

  it('comes back with IsDeleted false (assumed)', async () => {
    const { get, put, remove } = freshAccount(mock);
    const list = rowOf(await get('contactslist'));
    await remove(`contactslist/${list.ID}`);
    const answer = await put(`contactslist/${list.ID}`, { IsDeleted: 'false' });
    expect([answer.status, rowOf(answer)]).toEqual([200, list]);
    expect(rowsOf(await get('contactslist'))).toHaveLength(1);
  });

  it('does not come back while another has its name', async () => {
    const { get, post, put, remove } = freshAccount(mock);
    const list = rowOf(await get('contactslist'));
    await remove(`contactslist/${list.ID}`);
    await post('contactslist', { Name: 'MyFirstTest' });
    expect(await put(`contactslist/${list.ID}`, { IsDeleted: false })).toMatchObject({
      status: 400,
      reason: 'MJ18 A ContactsList resource with value "MyFirstTest" for Name already exists.',
    });
  });

  it('can be made by PUT, too (documented)', async () => {
    const { get, put } = freshAccount(mock);
    const { ID } = rowOf(await get('contactslist'));
    expect(rowOf(await put(`contactslist/${ID}`, { IsDeleted: 'True' })).IsDeleted).toBe(true);
    expect(rowsOf(await get('contactslist'))).toEqual([]);
  });
});

describe('The address of a list', () => {
  it.each([
    ['List One', /^e[a-z0-9]{8}$/],
    ['_TEST', /^T[a-z0-9]{8}$/],
    ['Nr. 7', /^7[a-z0-9]{8}$/],
    ['Who?', /^[a-z][a-z0-9]{8}$/], // assumed: a random letter
    ['Café', /^[a-z][a-z0-9]{8}$/],
  ])('of "%s" begins with its last character (recorded)', async (Name, pattern) => {
    const { post, put } = freshAccount(mock);
    const list = rowOf(await post('contactslist', { Name }));
    expect(list.Address).toMatch(pattern);
    const renamed = rowOf(await put(`contactslist/${list.ID}`, { Name: 'Another' }));
    expect(renamed.Address).toBe(list.Address);
  });
});

describe('What must be unique', () => {
  it.each([
    ['contact', { Email: 'Owner@Example.com' }, 400], // assumed: in any case
    ['contactslist', { Name: 'MyFirstTest' }, 400],
    ['contactslist', { Name: 'myfirsttest' }, 201],
    ['contactmetadata', { Name: 'FirstName' }, 400],
    ['contactmetadata', { Name: 'firstname', NameSpace: 'historic' }, 201],
  ])('%s %j answers %i', async (resource, body, status) => {
    expect((await freshAccount(mock).post(resource, body)).status).toBe(status);
  });

  it('an address is shown as it was first given', async () => {
    const { get, post } = freshAccount(mock);
    await post('contact', { Email: 'Ann.Lee@Example.com' });
    expect(rowOf(await get('contact/ann.lee@example.com')).Email).toBe('Ann.Lee@Example.com');
  });

  it('an ID is never used twice', async () => {
    const { get, post, remove } = freshAccount(mock);
    const first = rowOf(await get('listrecipient'));
    await remove(`listrecipient/${first.ID}`);
    const body = { ContactID: first.ContactID, ListID: first.ListID };
    expect(rowOf(await post('listrecipient', body)).ID).toBe(Number(first.ID) + 1);
  });

  it('of properties there are 200 at most, the address included (documented)', async () => {
    const { post } = freshAccount(mock);
    for (let i = 4; i < 199; i += 1) await post('contactmetadata', { Name: `property_${i}` });
    expect(await post('contactmetadata', { Name: 'one_too_many' })).toMatchObject({
      status: 400,
      reason: 'Number of contact properties exceeds the limit of 200',
    });
  });
});
