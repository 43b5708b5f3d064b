import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe('Paths', () => {
  it.each([
    '/v3/REST/contactslist',
    '/v3/rest/ContactsList',
    '/V3/Rest/CONTACTSLIST/',
    '//v3//REST///contactslist//',
    '/v3/REST/contactslist/?Limit=1',
    '/v3/REST/%63ontactslist',
  ])('%s is the collection of lists', async (path) => {
    const answer = await freshAccount(mock).get(path);
    expect(rowOf(answer).Name).toBe('MyFirstTest');
  });

  it('an action is found in any case, with doubled slashes and a slash behind', async () => {
    const { get } = freshAccount(mock);
    const path = 'Contact//owner@example.com/GetContactsLists/';
    expect(rowsOf(await get(path))).toHaveLength(1);
  });

  it('POST to a collection with a slash behind makes an object (reported)', async () => {
    const answer = await freshAccount(mock).post('contact/', { Email: 'ann.lee@example.com' });
    expect(answer.status).toBe(201);
  });

  it('an object is found by its ID, by its ID with zeros and by its unique key', async () => {
    const { get } = freshAccount(mock);
    const list = rowOf(await get('contactslist'));
    const contact = rowOf(await get('contact'));
    const property = rowOf(await get('contactmetadata'));
    for (const key of [list.ID, `000${list.ID}`, list.Address])
      expect(rowOf(await get(`contactslist/${key}`))).toEqual(list);
    for (const key of [contact.ID, 'owner@example.com', 'owner%40example.com', 'OWNER@example.com'])
      expect(rowOf(await get(`contact/${key}`))).toEqual(contact);
    for (const key of [property.ID, 'static%7Cfirstname', 'static|firstname', 'STATIC%7CFirstName'])
      expect(rowOf(await get(`contactmetadata/${key}`))).toEqual(property);
  });

  it('a plus in a path stays a plus', async () => {
    const { get, post } = freshAccount(mock);
    await post('contact', { Email: 'ann+news@example.com' });
    expect((await get('contact/ann+news@example.com')).status).toBe(200);
    expect((await get('contact/ann%2Bnews@example.com')).status).toBe(200);
  });
});

describe('Bodies', () => {
  it('name properties in any case (recorded for "Id")', async () => {
    const { get, post, put } = freshAccount(mock);
    const made = rowOf(await post('contact', { email: 'ann.lee@example.com', NAME: 'Ann' }));
    expect(made.Name).toBe('Ann');
    const changed = await put(`contact/${made.ID}`, { Id: made.ID, name: 'Ann Lee' });
    expect(rowOf(changed).Name).toBe('Ann Lee');
    const list = rowOf(await get('contactslist'));
    const recipient = await post('listrecipient', { contactid: made.ID, listID: list.ID });
    expect(rowOf(recipient).ListID).toBe(list.ID);
  });

  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['1', true],
    [true, true],
    [1, true],
    ['false', false],
    ['False', false],
    ['0', false],
    [false, false],
    [0, false],
    [null, false],
  ])('take %j for a boolean', async (given, expected) => {
    const { post } = freshAccount(mock);
    const body = { Email: 'ann.lee@example.com', IsExcludedFromCampaigns: given };
    expect(rowOf(await post('contact', body)).IsExcludedFromCampaigns).toBe(expected);
  });

  it.each(['maybe', 'yes', 2, -1])('refuse %j for a boolean (assumed)', async (given) => {
    const { post } = freshAccount(mock);
    const body = { Email: 'ann.lee@example.com', IsExcludedFromCampaigns: given };
    expect(await post('contact', body)).toMatchObject({
      status: 400,
      reason: `Invalid json input: "${given}" is not a valid boolean.`,
    });
  });

  it.each([(id: number) => id, String, (id: number) => ` ${id} `])(
    'take a reference as number and as text (%#)',
    async (write) => {
      const { get, post } = freshAccount(mock);
      const list = rowOf(await get('contactslist'));
      const ann = rowOf(await post('contact', { Email: 'ann.lee@example.com' }));
      const body = { ContactID: write(Number(ann.ID)), ListID: write(Number(list.ID)) };
      expect(rowOf(await post('listrecipient', body))).toMatchObject({
        ContactID: ann.ID,
        ListID: list.ID,
      });
    },
  );

  it.each(['ten', '1.5', '', 1.5, '99999999999999999999'])(
    'refuse %j for a number (assumed)',
    async (given) => {
      const { get, post } = freshAccount(mock);
      const list = rowOf(await get('contactslist'));
      expect(await post('listrecipient', { ContactID: given, ListID: list.ID })).toMatchObject({
        status: 400,
        reason: `Invalid json input: "${given}" is an invalid integer`,
      });
    },
  );

  it.each([
    ['ContactALT', 'ListALT'],
    ['ContactAlt', 'ListAlt'],
    ['contactalt', 'listalt'],
  ])('take unique keys as %s and %s (documented)', async (contactAlt, listAlt) => {
    const { get, post } = freshAccount(mock);
    const list = rowOf(await get('contactslist'));
    const ann = rowOf(await post('contact', { Email: 'ann.lee@example.com' }));
    const body = { [contactAlt]: 'Ann.Lee@example.com', [listAlt]: list.Address };
    expect(rowOf(await post('listrecipient', body))).toMatchObject({
      ContactID: ann.ID,
      ListID: list.ID,
    });
  });

  it.each([
    ['behind it', (ID: number, alt: string) => ({ ContactID: ID, ContactAlt: alt })],
    ['before it', (ID: number, alt: string) => ({ ContactAlt: alt, ContactID: ID })],
  ])('take an ID with an alternate key %s, and the ID wins (assumed)', async (_, write) => {
    const { get, post, remove } = freshAccount(mock);
    const list = rowOf(await get('contactslist'));
    const ann = rowOf(await post('contact', { Email: 'ann.lee@example.com' }));
    for (const alternate of ['owner@example.com', 'nobody@example.com']) {
      const body = { ...write(Number(ann.ID), alternate), ListID: list.ID };
      const { ID, ContactID } = rowOf(await post('listrecipient', body));
      expect(ContactID).toBe(ann.ID);
      await remove(`listrecipient/${ID}`);
    }
  });

  it('may be a form, which is made a flat object first (reported)', async () => {
    const account = freshAccount(mock);
    const body =
      'Email=ann%2Bnews%40example.com&Name=Ann+Lee%20%C3%A7&IsExcludedFromCampaigns=true';
    const made = rowOf(await account.call('POST', 'contact', { body, headers: form }));
    expect(made).toMatchObject({
      Email: 'ann+news@example.com',
      Name: 'Ann Lee ç',
      IsExcludedFromCampaigns: true,
    });
    const charset = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const changed = await account.call('PUT', `contact/${made.ID}`, {
      body: 'Name=Ann',
      headers: charset,
    });
    expect(rowOf(changed).Name).toBe('Ann');
  });

  it.each(['text/plain', 'application/json; charset=utf-8', 'nonsense', 'multipart/form-data'])(
    'are read as JSON whatever the type says, as %s (assumed)',
    async (type) => {
      const body = '{"Email":"ann.lee@example.com"}';
      const headers = { 'Content-Type': type };
      const answer = await freshAccount(mock).call('POST', 'contact', { body, headers });
      expect(answer.status).toBe(201);
    },
  );

  it.each(['GET', 'DELETE'])(
    'may be missing from a %s that announces JSON (recorded)',
    async (m) => {
      const account = freshAccount(mock);
      const { ID } = rowOf(await account.get('listrecipient'));
      const headers = { 'Content-Type': 'application/json' };
      expect((await account.call(m, `listrecipient/${ID}`, { headers })).status).toBeLessThan(300);
    },
  );

  it('an empty array is an empty object, as PHP writes it (assumed)', async () => {
    const { post, put, get } = freshAccount(mock);
    expect((await post('contactslist', [])).reason).toBe('Object properties invalid');
    const { ID } = rowOf(await get('contactslist'));
    expect((await put(`contactslist/${ID}`, '[ ]')).status).toBe(304);
  });
});
