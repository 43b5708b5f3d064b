import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exactHeaders } from '../support/exact-headers.ts';
import { freshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const noBody = { 'content-type': 'application/json', connection: 'close' };

/** A body with what differs from run to run replaced by words. */
function masked(body: string): string {
  return body
    .replace(/"(ID|ContactID|ListID)" : [1-9]\d*/g, '"$1" : N')
    .replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, '"TIME"')
    .replace(/"Address" : "[a-z0-9]{9}"/i, '"Address" : "ADDRESS"');
}

describe('POST gives every property its default', () => {
  it.each([
    [
      'contact',
      { Email: 'ann.lee@example.com' },
      '{ "Count" : 1, "Data" : [{ "CreatedAt" : "TIME", "DeliveredCount" : 0, "Email" : "ann.lee@example.com", "ExclusionFromCampaignsUpdatedAt" : "", "ID" : N, "IsExcludedFromCampaigns" : false, "IsOptInPending" : false, "IsSpamComplaining" : false, "LastActivityAt" : "", "LastUpdateAt" : "", "Name" : "", "UnsubscribedAt" : "", "UnsubscribedBy" : "" }], "Total" : 1 }',
      'recorded',
    ],
    [
      'contact',
      { Email: 'ann.lee@example.com', Name: 'Ann', IsExcludedFromCampaigns: 'true' },
      '{ "Count" : 1, "Data" : [{ "CreatedAt" : "TIME", "DeliveredCount" : 0, "Email" : "ann.lee@example.com", "ExclusionFromCampaignsUpdatedAt" : "TIME", "ID" : N, "IsExcludedFromCampaigns" : true, "IsOptInPending" : false, "IsSpamComplaining" : false, "LastActivityAt" : "", "LastUpdateAt" : "", "Name" : "Ann", "UnsubscribedAt" : "", "UnsubscribedBy" : "" }], "Total" : 1 }',
      'recorded',
    ],
    [
      'contactslist',
      { Name: 'Team' },
      '{ "Count" : 1, "Data" : [{ "Address" : "ADDRESS", "CreatedAt" : "TIME", "ID" : N, "IsDeleted" : false, "Name" : "Team", "SubscriberCount" : 0 }], "Total" : 1 }',
      'recorded',
    ],
    [
      'contactmetadata',
      { Name: 'city' },
      '{ "Count" : 1, "Data" : [{ "Datatype" : "str", "ID" : N, "Name" : "city", "NameSpace" : "static" }], "Total" : 1 }',
      'metadata',
    ],
    [
      'contactmetadata',
      { Name: 'city', DataType: 'INT', Namespace: 'Historic' },
      '{ "Count" : 1, "Data" : [{ "Datatype" : "int", "ID" : N, "Name" : "city", "NameSpace" : "historic" }], "Total" : 1 }',
      'assumed: an enumeration is taken in any case',
    ],
  ])('%s %j (row %#)', async (resource, body, expected, _evidence) => {
    const answer = await freshAccount(mock).post(resource, body);
    expect([answer.status, answer.reason]).toEqual([201, 'Created']);
    expect(masked(answer.body)).toBe(expected);
  });

  it('a recipient is active and subscribed now', async () => {
    const { get, post } = freshAccount(mock);
    const list = rowOf(await get('contactslist'));
    const ann = rowOf(await post('contact', { Email: 'ann.lee@example.com' }));
    const answer = await post('listrecipient', { ContactID: ann.ID, ListID: list.ID });
    expect(masked(answer.body)).toBe(
      '{ "Count" : 1, "Data" : [{ "ContactID" : N, "ID" : N, "IsActive" : true, "IsUnsubscribed" : false, "ListID" : N, "ListName" : "MyFirstTest", "SubscribedAt" : "TIME", "UnsubscribedAt" : "" }], "Total" : 1 }',
    );
  });

  it('contactdata shows what was given (documented as an upsert)', async () => {
    const { get, post } = freshAccount(mock);
    const owner = rowOf(await get('contact'));
    const body = { ContactID: owner.ID, Data: [{ Name: 'country', Value: 'Chile' }] };
    const answer = await post('contactdata', body);
    expect(answer.status).toBe(201);
    expect(masked(answer.body)).toBe(
      '{ "Count" : 1, "Data" : [{ "ContactID" : N, "Data" : [{ "Name" : "country", "Value" : "Chile" }], "ID" : N, "MethodCollection" : "" }], "Total" : 1 }',
    );
  });
});

describe('What is read-only', () => {
  it('CreatedAt, DeliveredCount and ID are left alone in silence (recorded)', async () => {
    const { post, put } = freshAccount(mock);
    const ignored = { CreatedAt: '2001-01-01T00:00:00Z', DeliveredCount: 7, ID: 5 };
    const ann = rowOf(await post('contact', { Email: 'ann.lee@example.com', ...ignored }));
    expect(ann).toMatchObject({
      DeliveredCount: 0,
      CreatedAt: expect.not.stringContaining('2001'),
    });
    expect(ann.ID).not.toBe(5);
    expect((await put(`contact/${ann.ID}`, ignored)).status).toBe(304);
    const changed = rowOf(await put(`contact/${ann.ID}`, { ...ignored, Name: 'Ann Lee' }));
    expect(changed).toMatchObject({ ID: ann.ID, CreatedAt: ann.CreatedAt, Name: 'Ann Lee' });
  });

  it('a list counts its subscribers itself', async () => {
    const { post } = freshAccount(mock);
    const list = rowOf(await post('contactslist', { Name: 'Team', SubscriberCount: 7 }));
    expect(list.SubscriberCount).toBe(0);
  });

  it('a contact of a recipient cannot be changed, the same one is fine', async () => {
    const { get, post, put } = freshAccount(mock);
    const recipient = rowOf(await get('listrecipient'));
    const ann = rowOf(await post('contact', { Email: 'ann.lee@example.com' }));
    const path = `listrecipient/${recipient.ID}`;
    expect((await put(path, { ContactID: recipient.ContactID })).status).toBe(304);
    expect(await put(path, { ContactID: ann.ID })).toMatchObject({
      status: 401,
      reason: 'Internal error: MJ19 Setting a value for property "ContactID" is not allowed',
    });
  });
});

describe('PUT', () => {
  it.each([
    ['contact', {}],
    ['contact', { Name: '' }],
    ['contact', { IsExcludedFromCampaigns: 'False' }],
    ['contact', { Email: 'owner@example.com' }],
    ['contact', { Email: 'OWNER@example.com' }],
    ['contactslist', {}],
    ['contactslist', { Name: 'MyFirstTest', IsDeleted: false }],
    ['listrecipient', { IsUnsubscribed: 0 }],
    ['contactmetadata', { NameSpace: 'static', Name: 'firstname' }],
    ['contactdata', { Data: [] }],
  ])(
    'of %s with %j changes nothing: 304 without Content-Length (recorded)',
    async (resource, body) => {
      const { get, put } = freshAccount(mock);
      const row = rowOf(await get(resource));
      const answer = await put(`${resource}/${row.ID}`, body);
      expect([answer.status, answer.reason, answer.body]).toEqual([304, 'Content not changed', '']);
      expect(exactHeaders(answer)).toEqual(noBody);
      expect(rowOf(await get(`${resource}/${row.ID}`))).toEqual(row);
    },
  );

  it('changes only what it names', async () => {
    const { post, put } = freshAccount(mock);
    const ann = rowOf(await post('contact', { Email: 'ann.lee@example.com', Name: 'Ann' }));
    const changed = rowOf(await put('contact/ann.lee@example.com', { Name: 'Ann Lee' }));
    // recorded: the update has a time, the activity has none
    expect(changed).toEqual({ ...ann, Name: 'Ann Lee', LastUpdateAt: expect.stringMatching(time) });
  });

  it('of the exclusion sets three times (recorded)', async () => {
    const { post, put } = freshAccount(mock);
    const ann = rowOf(await post('contact', { Email: 'ann.lee@example.com' }));
    for (const flag of [true, false]) {
      const row = rowOf(await put(`contact/${ann.ID}`, { IsExcludedFromCampaigns: flag }));
      expect(row.IsExcludedFromCampaigns).toBe(flag);
      expect(row.ExclusionFromCampaignsUpdatedAt).toMatch(time);
      expect(row.LastUpdateAt).toBe(row.ExclusionFromCampaignsUpdatedAt);
      expect(row.LastActivityAt).toBe(row.ExclusionFromCampaignsUpdatedAt);
    }
  });

  it('of a recipient unsubscribes and subscribes again, and the list counts', async () => {
    const { get, put } = freshAccount(mock);
    const { ID, ListID } = rowOf(await get('listrecipient'));
    const count = async () => rowOf(await get(`contactslist/${ListID}`)).SubscriberCount;
    expect(await count()).toBe(1);
    const gone = rowOf(await put(`listrecipient/${ID}`, { IsUnsubscribed: 'true' }));
    expect(gone).toMatchObject({
      IsUnsubscribed: true,
      UnsubscribedAt: expect.stringMatching(time),
    });
    expect(await count()).toBe(0);
    const back = rowOf(await put(`listrecipient/${ID}`, { IsUnsubscribed: 'false' }));
    expect(back).toMatchObject({ IsUnsubscribed: false, UnsubscribedAt: '' });
    expect(await count()).toBe(1);
  });

  it('of an address of a list finds it (client)', async () => {
    const { get, put } = freshAccount(mock);
    const { Address } = rowOf(await get('contactslist'));
    expect(rowOf(await put(`contactslist/${Address}`, { Name: 'Team' })).Name).toBe('Team');
  });

  it('of a property keeps the text that is stored (assumed)', async () => {
    const { get, put } = freshAccount(mock);
    await put('contactdata/owner@example.com', { Data: [{ Name: 'country', Value: 'Chile' }] });
    const changed = await put('contactmetadata/static%7Ccountry', {
      Name: 'land',
      Datatype: 'int',
    });
    expect(rowOf(changed)).toMatchObject({ Name: 'land', Datatype: 'int' });
    expect(rowOf(await get('contactdata/owner@example.com')).Data).toEqual([
      { Name: 'land', Value: 'Chile' },
    ]);
  });
});

describe('DELETE', () => {
  it.each(['contactslist', 'listrecipient', 'contactmetadata', 'contactdata'])(
    'of %s answers 204 without Content-Length (recorded for a list)',
    async (resource) => {
      const { get, remove } = freshAccount(mock);
      const { ID } = rowOf(await get(resource));
      const answer = await remove(`${resource}/${ID}`);
      expect([answer.status, answer.reason, answer.body]).toEqual([204, 'No content', '']);
      expect(exactHeaders(answer)).toEqual(noBody);
    },
  );

  it('of a recipient leaves neither row nor count', async () => {
    const { get, remove } = freshAccount(mock);
    const { ID, ListID } = rowOf(await get('listrecipient'));
    await remove(`listrecipient/${ID}`);
    expect((await get(`listrecipient/${ID}`)).status).toBe(404);
    expect(rowOf(await get(`contactslist/${ListID}`)).SubscriberCount).toBe(0);
  });

  it('of a property takes its values along, also from a namesake made later (assumed)', async () => {
    const { get, post, put, remove } = freshAccount(mock);
    const path = 'contactdata/owner@example.com';
    await put(path, { Data: [{ Name: 'country', Value: 'Chile' }] });
    await remove('contactmetadata/static%7Ccountry');
    expect(rowOf(await get(path)).Data).toEqual([]);
    await post('contactmetadata', { Name: 'country' });
    expect(rowOf(await get(path)).Data).toEqual([]);
  });

  it('of contactdata leaves the contact without a value (assumed)', async () => {
    const { get, put, remove } = freshAccount(mock);
    const path = 'contactdata/owner@example.com';
    await put(path, { Data: [{ Name: 'country', Value: 'Chile' }] });
    await remove(path);
    expect(rowOf(await get(path)).Data).toEqual([]);
    expect((await get('contact/owner@example.com')).status).toBe(200);
  });
});

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
