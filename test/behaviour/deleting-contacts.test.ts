import { afterAll, beforeAll, expect, it } from 'vitest';
import { exactHeaders } from '../support/exact-headers.ts';
import { freshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const day = 24 * 3_600_000;
const Email = 'ann.lee@example.com';

async function openAccount() {
  const account = freshAccount(mock);
  const list = Number(rowOf(await account.get('contactslist')).ID);
  await account.post(`contactslist/${list}/managecontact`, {
    Email,
    Name: 'Ann',
    Action: 'addforce',
    Properties: { country: 'Chile' },
  });
  const ann = rowOf(await account.get(`contact/${Email}`));
  const own = mock.registry.accounts().find(({ apiKey }) => account.user.startsWith(`${apiKey}:`));
  if (own === undefined) throw new Error('The account is not open');
  own.clock.freeze();
  return { ...account, list, ann, clock: own.clock };
}

it.each(['123456', '9223372036854775807'])(
  'answers 200 without a body, for %s of nobody too (recorded)',
  async (nobody) => {
    const { ann, remove } = await openAccount();
    for (const id of [String(ann.ID), nobody]) {
      const answer = await remove(`/v4/contacts/${id}`);
      expect([answer.status, answer.reason, answer.body]).toEqual([200, 'OK', '']);
      const { 'x-mj-request-guid': guid, ...headers } = exactHeaders(answer);
      expect(guid).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers).toEqual({
        'content-type': 'application/json; charset=UTF-8',
        'content-length': '0',
        connection: 'close',
      });
    }
  },
);

it('takes the contact out of every list and view at once (recorded)', async () => {
  const { ann, list, get, remove } = await openAccount();
  expect(rowOf(await get(`contactslist/${list}`)).SubscriberCount).toBe(2);
  await remove(`/v4/contacts/${ann.ID}`);
  expect((await get(`contact/${Email}`)).status).toBe(404);
  expect((await get(`contactdata/${Email}`)).status).toBe(404);
  expect((await get(`contact/${Email}/getcontactslists`)).status).toBe(404);
  expect(rowOf(await get(`contactslist/${list}`)).SubscriberCount).toBe(1);
  expect(rowsOf(await get(`listrecipient?Contact=${ann.ID}`))).toEqual([]);
  for (const resource of ['contact', 'contactdata'])
    expect(rowsOf(await get(resource)).map(({ ID }) => ID)).not.toContain(ann.ID);
});

it('frees the address, and a new contact of it has another ID (recorded)', async () => {
  const { ann, post, remove } = await openAccount();
  await remove(`/v4/contacts/${ann.ID}`);
  const again = rowOf(await post('contact', { Email }));
  expect(again.ID).toBeGreaterThan(Number(ann.ID));
});

it('leaves an anonymous contact that can be read by ID (documented)', async () => {
  const { ann, clock, get, remove } = await openAccount();
  clock.advance(3_600_000);
  await remove(`/v4/contacts/${ann.ID}`);
  const anonymous = rowOf(await get(`contact/${ann.ID}`));
  expect(anonymous).toEqual({
    ...ann,
    Email: expect.stringMatching(/^\\x[0-9a-f]{40}@domain\.invalid$/),
    Name: 'Anonymized',
    LastUpdateAt: new Date(clock.now()).toISOString().replace(/\.\d+/, ''),
  });
  expect(rowOf(await get(`contactdata/${ann.ID}`)).Data).toEqual([]);
  await remove(`/v4/contacts/${ann.ID}`); // a second time changes nothing
  expect(rowOf(await get(`contact/${ann.ID}`))).toEqual(anonymous);
});

it('keeps the anonymous contact for 30 days of the account (documented)', async () => {
  const { ann, clock, get, remove } = await openAccount();
  await remove(`/v4/contacts/${ann.ID}`);
  clock.advance(30 * day - 1000);
  expect((await get(`contact/${ann.ID}`)).status).toBe(200);
  expect(rowsOf(await get('contact?IncludeAnonymized=true'))).toHaveLength(2);
  clock.advance(1000);
  expect((await get(`contact/${ann.ID}`)).status).toBe(404);
  expect((await get(`contactdata/${ann.ID}`)).status).toBe(404);
  expect(rowsOf(await get('contact?IncludeAnonymized=true'))).toHaveLength(1);
});

it('belongs to the account: an ID of another does nothing', async () => {
  const ours = await openAccount();
  const theirs = await openAccount();
  await theirs.remove(`/v4/contacts/${ours.ann.ID}`);
  expect((await ours.get(`contact/${Email}`)).status).toBe(200);
});
