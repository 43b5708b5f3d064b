import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type FreshAccount,
  freshAccount,
  type Row,
  rowOf,
  rowsOf,
} from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let account: FreshAccount;
let list: number;
const Email = 'ann.lee@example.com';

beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

async function openAccount(): Promise<FreshAccount> {
  account = freshAccount(mock);
  list = Number(rowOf(await account.post('contactslist', { Name: 'Team' })).ID);
  return account;
}

const manage = (Action: string, more: object = {}) =>
  account.post(`contactslist/${list}/managecontact`, { Email, Action, ...more });
const count = async () => rowOf(await account.get(`contactslist/${list}`)).SubscriberCount;
/** The clock of the account goes on by an hour. */
function wait() {
  const own = mock.registry.accounts().find(({ apiKey }) => account.user.startsWith(`${apiKey}:`));
  own?.clock.advance(3_600_000);
}
async function membership(): Promise<Row | undefined> {
  return rowsOf(await account.get(`listrecipient?ContactsList=${list}`))[0];
}

describe('managecontact', () => {
  it('makes the contact and answers in an order of its own (recorded)', async () => {
    await openAccount();
    const answer = await manage('addnoforce', {
      Name: 'Ann',
      Properties: { country: 'Chile', firstname: 'Ann' },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatch(
      /^\{ "Count" : 1, "Data" : \[\{ "ContactID" : \d+, "Email" : "ann\.lee@example\.com", "Action" : "addnoforce", "Name" : "Ann", "Properties" : \{ "firstname" : "Ann", "country" : "Chile" \} \}\], "Total" : 1 \}$/,
    );
    const ann = rowOf(await account.get(`contact/${Email}`));
    // recorded: made with a subscription, all three times are the same
    expect([ann.LastActivityAt, ann.LastUpdateAt]).toEqual([ann.CreatedAt, ann.CreatedAt]);
  });

  it('answers with all values, {} without any (recorded)', async () => {
    await openAccount();
    expect((await manage('addforce')).body).toContain('"Name" : "", "Properties" : {} }');
    await account.put(`contactdata/${Email}`, { Data: [{ Name: 'country', Value: 'Chile' }] });
    expect((await manage('addforce')).body).toContain('"Properties" : { "country" : "Chile" }');
    await manage('addforce', { Properties: { country: null } });
    expect((await manage('addforce')).body).toContain('"Properties" : {}');
  });

  it.each([JSON.stringify({ country: 'Chile' }), [], null])(
    'takes %j for Properties and stores nothing (reported)',
    async (Properties) => {
      await openAccount();
      const answer = await manage('addforce', { Properties });
      expect([answer.status, rowOf(answer).Properties]).toEqual([201, {}]);
    },
  );

  it.each([
    [{ IsExcludedFromCampaigns: 'false' }, 'client'],
    [{ IsExcludedFromCampaigns: true }, 'assumed: not a parameter, so it excludes nobody'],
    [{ Age: 4 }, 'assumed'],
  ])('leaves alone what is no parameter: %j (%s)', async (more, _evidence) => {
    await openAccount();
    const answer = await manage('addnoforce', more);
    expect(answer.status).toBe(201);
    const { ContactID } = rowOf(answer);
    expect(rowOf(await account.get(`contact/${ContactID}`))).toMatchObject({
      Email,
      IsExcludedFromCampaigns: false,
    });
  });

  it.each([
    // state before, action, member after, unsubscribed after, count after
    ['none', 'addforce', true, false, 1],
    ['none', 'addnoforce', true, false, 1],
    ['none', 'unsub', true, true, 0], // assumed
    ['none', 'remove', false, false, 0], // recorded
    ['member', 'addforce', true, false, 1],
    ['member', 'addnoforce', true, false, 1], // recorded
    ['member', 'unsub', true, true, 0], // documented
    ['member', 'remove', false, false, 0], // recorded
    ['unsubscribed', 'addforce', true, false, 1], // documented
    ['unsubscribed', 'addnoforce', true, true, 0], // documented
    ['unsubscribed', 'unsub', true, true, 0],
    ['unsubscribed', 'remove', false, false, 0],
    ['member', 'AddForce', true, false, 1], // client: in any case
  ])('of one who is %s with %s', async (before, action, isMember, isUnsub, subscribers) => {
    await openAccount();
    if (before !== 'none') await manage(before === 'member' ? 'addforce' : 'unsub');
    const first = await membership();
    wait();
    expect((await manage(action)).status).toBe(201);
    const after = await membership();
    expect(after !== undefined).toBe(isMember);
    expect(await count()).toBe(subscribers);
    if (after === undefined) return;
    expect(after.IsUnsubscribed).toBe(isUnsub);
    expect(after.UnsubscribedAt === '').toBe(!isUnsub);
    if (first !== undefined) expect(after.SubscribedAt).toBe(first.SubscribedAt); // recorded
  });

  it('subscribes anew after a removal (recorded)', async () => {
    await openAccount();
    await manage('addforce');
    const first = await membership();
    await manage('remove');
    wait();
    await manage('addnoforce');
    expect((await membership())?.SubscribedAt).not.toBe(first?.SubscribedAt);
  });

  it('leaves the times of a contact that exists alone (recorded)', async () => {
    await openAccount();
    await account.post('contact', { Email });
    await manage('addforce', { Properties: { country: 'Chile' } });
    expect(rowOf(await account.get(`contact/${Email}`))).toMatchObject({
      LastActivityAt: '',
      LastUpdateAt: '',
    });
  });

  it('finds the list by its address, and names in any case', async () => {
    await openAccount();
    const { Address } = rowOf(await account.get(`contactslist/${list}`));
    const body = { email: Email, ACTION: 'addforce', name: 'Ann' };
    const answer = await account.post(`ContactsList/${Address}/ManageContact`, body);
    expect(rowOf(answer).Name).toBe('Ann');
  });

  it('stores nothing when a property is bad', async () => {
    await openAccount();
    expect((await manage('addforce', { Properties: { hobby: 'chess' } })).status).toBe(400);
    expect((await account.get(`contact/${Email}`)).status).toBe(404);
  });
});

describe('managecontactslists', () => {
  it('answers sorted entries with numbers (reported)', async () => {
    await openAccount();
    await account.post('contact', { Email });
    const own = Number(rowOf(await account.get('contactslist')).ID);
    const answer = await account.post(`contact/${Email}/managecontactslists`, {
      ContactsLists: [
        { ListID: String(list), Action: 'AddNoForce' },
        { listid: own, action: 'unsub' },
      ],
    });
    expect([answer.status, answer.body]).toEqual([
      201,
      `{ "Count" : 1, "Data" : [{ "ContactsLists" : [{ "Action" : "addnoforce", "ListID" : ${list} }, { "Action" : "unsub", "ListID" : ${own} }] }], "Total" : 1 }`,
    ]);
  });

  it('names the entries at fault and applies none (assumed for the second)', async () => {
    await openAccount();
    await account.post('contact', { Email });
    const answer = await account.post(`contact/${Email}/managecontactslists`, {
      ContactsLists: [
        { ListID: list, Action: 'addforce' },
        { ListID: 123456789, Action: 'addnoforce' },
        { ListID: 'Team', Action: 'addforce' },
        { Action: 'addforce' },
        { ListID: list, Action: 'add' },
      ],
    });
    expect([answer.status, answer.reason, answer.body]).toEqual([
      400,
      'Object properties invalid',
      '{ "ErrorMessage" : "Object properties invalid", "StatusCode" : 400, "ErrorInfo" : { "ContactsLists" : [{ "ListID" : 123456789, "Action" : "addnoforce", "Error" : "List ID 123456789 is invalid or deleted" }, { "ListID" : "Team", "Action" : "addforce", "Error" : "listID missing or not valid" }, { "ListID" : "", "Action" : "addforce", "Error" : "listID missing or not valid" }, ' +
        `{ "ListID" : ${list}, "Action" : "add", "Error" : "action missing or not valid" }] } }`,
    ]);
    expect(await membership()).toBeUndefined();
  });

  it('refuses a deleted list (assumed)', async () => {
    await openAccount();
    await account.remove(`contactslist/${list}`);
    const answer = await account.post('contact/owner@example.com/managecontactslists', {
      ContactsLists: [{ ListID: list, Action: 'addforce' }],
    });
    expect(answer.body).toContain(`"List ID ${list} is invalid or deleted"`);
  });
});

describe('getcontactslists', () => {
  it('lists in ascending order of lists, by ID and by address (recorded)', async () => {
    await openAccount();
    const { ID } = rowOf(await account.post('contact', { Email }));
    const own = Number(rowOf(await account.get('contactslist')).ID);
    await manage('unsub');
    await account.post(`contactslist/${own}/managecontact`, { Email, Action: 'addforce' });
    const byId = await account.get(`contact/${ID}/getcontactslists`);
    expect(byId.body.replace(/"[^"]*Z"/g, 'TIME')).toBe(
      `{ "Count" : 2, "Data" : [{ "IsActive" : true, "IsUnsub" : false, "ListID" : ${own}, "SubscribedAt" : TIME }, { "IsActive" : true, "IsUnsub" : true, "ListID" : ${list}, "SubscribedAt" : TIME }], "Total" : 2 }`,
    );
    expect((await account.get(`contact/${Email}/getcontactslists`)).body).toBe(byId.body);
  });

  it('without a list is empty (recorded)', async () => {
    await openAccount();
    await account.post('contact', { Email });
    expect((await account.get(`contact/${Email}/getcontactslists`)).body).toBe(
      '{ "Count" : 0, "Data" : [], "Total" : 0 }',
    );
  });
});
