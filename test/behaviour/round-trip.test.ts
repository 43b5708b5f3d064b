import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshAccount, rowOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ pace: 'held' });
});
afterAll(() => mock.close());

const guarded = (name: string) => ({
  status: 401,
  reason: `Internal error: MJ19 Setting a value for property "${name}" is not allowed`,
});

/** The first row of a resource without some of its properties. */
async function rowWithout(
  { get }: ReturnType<typeof freshAccount>,
  resource: string,
  without: readonly string[] = [],
) {
  const row = { ...rowOf(await get(resource)) };
  for (const name of without) delete row[name];
  return row;
}

describe('A row that is read, changed in one property and put back', () => {
  it.each([
    ['contact', ['LastActivityAt', 'LastUpdateAt', 'UnsubscribedAt'], { Name: 'Ann' }, 'client'],
    ['contactslist', [], { Name: 'Team' }, 'assumed'],
    ['contactmetadata', [], { Datatype: 'int' }, 'assumed'],
    ['contactdata', [], { Data: [{ Name: 'country', Value: 'Chile' }] }, 'assumed'],
    ['listrecipient', ['SubscribedAt', 'UnsubscribedAt'], { IsUnsubscribed: true }, 'client'],
  ])('%s without %j is taken (%#)', async (resource, without, change, _evidence) => {
    const account = freshAccount(mock);
    const row = await rowWithout(account, resource, without);
    const answer = await account.put(`${resource}/${row.ID}`, { ...row, ...change });
    expect(rowOf(answer)).toMatchObject({ ID: row.ID, ...change });
  });

  it.each([
    ['contact', [], 'UnsubscribedAt', 'reported'],
    ['contact', ['LastActivityAt'], 'UnsubscribedAt', 'reported, another client contradicts'],
    ['contact', ['UnsubscribedAt'], 'LastUpdateAt', 'inferred'],
    ['contact', ['UnsubscribedAt', 'LastUpdateAt'], 'LastActivityAt', 'client'],
    ['listrecipient', [], 'UnsubscribedAt', 'inferred'],
    ['listrecipient', ['UnsubscribedAt'], 'SubscribedAt', 'client'],
  ])('%s without %j is refused for its %s (%s)', async (resource, without, named) => {
    const account = freshAccount(mock);
    const row = await rowWithout(account, resource, without);
    const answer = await account.put(`${resource}/${row.ID}`, row);
    expect(answer).toMatchObject(guarded(named));
    expect(rowOf(await account.get(`${resource}/${row.ID}`))).toMatchObject(row);
  });

  it('names UnsubscribedAt for the body that was reported, LastActivityAt in front', async () => {
    const { get, put } = freshAccount(mock);
    const owner = rowOf(await get('contact'));
    const body = {
      LastActivityAt: '2015-12-02T10:08:27Z',
      UnsubscribedBy: '',
      IsSpamComplaining: false,
      DeliveredCount: 1,
      Email: owner.Email,
      IsOptInPending: false,
      LastUpdateAt: '2015-07-27T10:38:10Z',
      CreatedAt: '2015-06-29T11:12:47Z',
      ID: 1,
      UnsubscribedAt: '',
      Name: 'New',
    };
    expect(await put(`contact/${owner.ID}`, body)).toMatchObject(guarded('UnsubscribedAt'));
  });

  it('aborts an import; with the status that it has nothing changes', async () => {
    const { call, get, post, put } = freshAccount(mock);
    const list = rowOf(await get('contactslist'));
    const upload = await call('POST', `/v3/DATA/contactslist/${list.ID}/CSVData/text:plain`, {
      body: 'email\nann@example.com\n',
      headers: { 'Content-Type': 'text/plain' },
    });
    const made = await post('csvimport', {
      ContactsListID: list.ID,
      DataID: JSON.parse(upload.body).ID,
      Method: 'addforce',
    });
    const row = rowOf(made);
    for (const resource of ['csvimport', 'batchjob']) {
      const read = rowOf(await get(`${resource}/${row.ID}`));
      expect((await put(`${resource}/${row.ID}`, read)).status).toBe(304);
    }
    const answer = await put(`csvimport/${row.ID}`, { ...row, Status: 'Abort' });
    expect(rowOf(answer).Status).toBe('Abort');
  });
});

describe('A read-only property alone', () => {
  it.each([
    ['contact', { IsOptInPending: false }],
    ['contact', { IsSpamComplaining: true }],
    ['contact', { UnsubscribedBy: 'ann' }],
    ['contact', { ExclusionFromCampaignsUpdatedAt: '' }],
    ['contactslist', { SubscriberCount: 7 }],
    ['listrecipient', { ListName: 'Team' }],
  ])('of %s changes nothing: %j', async (resource, body) => {
    const { get, put } = freshAccount(mock);
    const row = rowOf(await get(resource));
    expect((await put(`${resource}/${row.ID}`, body)).status).toBe(304);
    expect(rowOf(await get(resource))).toEqual(row);
  });

  it('the address of a list is refused when it is another', async () => {
    const { get, put } = freshAccount(mock);
    const list = rowOf(await get('contactslist'));
    expect((await put(`contactslist/${list.ID}`, { Address: list.Address })).status).toBe(304);
    expect(await put(`contactslist/${list.ID}`, { Address: 'team' })).toMatchObject({
      status: 401,
      reason: "Internal error: List address is automatically generated and can't be changed",
    });
  });
});
