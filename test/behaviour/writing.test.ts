import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exactHeaders } from '../support/exact-headers.ts';
import { freshAccount, rowOf } from '../support/fresh-account.ts';
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
