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
const ids: Record<string, string> = {};

/** Ann is in Team, unsubscribed from it; Bob is excluded from campaigns; Cleo is anonymous. Old is a deleted list. */
beforeAll(async () => {
  mock = await startMock();
  account = freshAccount(mock);
  const { get, post, put, remove } = account;
  ids.own = String(rowOf(await get('contactslist')).ID);
  ids.owner = String(rowOf(await get('contact')).ID);
  for (const name of ['Team', 'Old'])
    ids[name] = String(rowOf(await post('contactslist', { Name: name })).ID);
  const people = { ann: 'Ann.Lee@example.com', bob: 'bob@test.org', cleo: 'cleo_x@example.com' };
  for (const [name, Email] of Object.entries(people))
    ids[name] = String(rowOf(await post('contact', { Email, Name: name })).ID);
  await post(`contactslist/${ids.Team}/managecontact`, { Email: people.ann, Action: 'unsub' });
  await post(`contactslist/${ids.Old}/managecontact`, { Email: people.bob, Action: 'addforce' });
  await put(`contact/${ids.bob}`, { IsExcludedFromCampaigns: true });
  ids.lastActivity = String(rowOf(await get(`contact/${ids.bob}`)).LastActivityAt);
  const inTokyo = new Date(Date.parse(ids.lastActivity) + 9 * 3_600_000).toISOString();
  ids.lastActivityInTokyo = `${inTokyo.slice(0, 19)}%2B09:00`;
  await remove(`contactslist/${ids.Old}`);
  await remove(`/v4/contacts/${ids.cleo}`);
});
afterAll(() => mock.close());

const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? '?');

async function found(path: string, show: (row: Row) => unknown): Promise<string> {
  return rowsOf(await account.get(fill(path)))
    .map(show)
    .join(' ');
}

describe.each(['contact', 'contactdata'])('Filters of %s', (resource) => {
  it.each([
    ['', '{owner} {ann} {bob}'],
    ['ContactsList={Team}', '{ann}'],
    ['contactslist={own}', '{owner}'],
    ['ContactsList=1', ''],
    ['ContactsList=9223372036854775807', ''],
    ['IsExcludedFromCampaigns=true', '{bob}'],
    ['isexcludedfromcampaigns=1', '{bob}'],
    ['IsExcludedFromCampaigns=False', '{owner} {ann}'],
    ['IsExcludedFromCampaigns=0', '{owner} {ann}'],
    // reported: means unsubscribed from all lists, and a list alone does not show
    ['IsUnsubscribed=true', ''],
    ['IsUnsubscribed=0', '{owner} {ann} {bob}'],
    ['LastActivityAt={lastActivity}', '{bob}'],
    ['LastActivityAt={lastActivityInTokyo}', '{bob}'],
    ['LastActivityAt=2001-01-01T00:00:00Z', ''],
    // documented in 2025
    ['Email=ann.lee@example.com', '{ann}'],
    ['Email=ann.lee', ''],
    ['EmailCI=ANN.LEE@EXAMPLE.COM', '{ann}'],
    ['EmailLike=Lee@', '{ann}'],
    ['EmailLike=lee@', ''],
    ['EmailLike=*', ''],
    ['EmailLike=[AB]', ''],
    ['EmailLikeCI=LEE@', '{ann}'],
    ['EmailLikeCI=%25', ''],
    ['EmailLikeCI=_@test', ''],
    ['EmailLLike=Ann', '{ann}'],
    ['EmailLLike=ann', ''],
    ['EmailLLikeCI=aNN', '{ann}'],
    ['EmailRLike=.org', '{bob}'],
    ['EmailRLike=.ORG', ''],
    ['EmailRLikeCI=.ORG', '{bob}'],
    ['IncludeAnonymized=true', '{owner} {ann} {bob} {cleo}'],
    ['IncludeAnonymized=false', '{owner} {ann} {bob}'],
    // ANDed; the first of a name wins; empty and unknown ones do not count
    ['ContactsList={Team}&IsExcludedFromCampaigns=true', ''],
    ['IsExcludedFromCampaigns=true&isExcludedFromCampaigns=false', '{bob}'],
    ['IsExcludedFromCampaigns=', '{owner} {ann} {bob}'],
    ['Name=ann', '{owner} {ann} {bob}'],
  ])('?%s finds %s', async (query, expected) => {
    expect(await found(`${resource}?${query}`, ({ ID }) => ID)).toBe(fill(expected));
  });
});

describe('Filters of contact alone, which metadata does not list', () => {
  it.each([
    ['ID={ann}', '{ann}'], // reported
    ['id={ann}', '{ann}'], // reported
    ['ID=1', ''],
    ['ID={ann}&ContactsList={own}', ''],
    ['ID={ann}&ContactsList={Team}', '{ann}'],
    ['ID={ann}&countrecords=1', '{ann}'],
  ])('?%s finds %s', async (query, expected) => {
    expect(await found(`contact?${query}`, ({ ID }) => ID)).toBe(fill(expected));
  });

  it('and counts what it finds', async () => {
    const answer = await account.get(fill('contact?ID={ann}&countOnly=1'));
    expect(answer.body).toBe('{ "Count" : 1, "Data" : [], "Total" : 1 }');
  });
});

describe('Filters of contactdata alone', () => {
  it.each([
    ['ContactEmail=ann.lee@example.com', '{ann}'],
    ['ContactEmail=nobody@example.com', ''],
    ['ID={ann}', '{owner} {ann} {bob}'], // reported: not honoured here
    ['Fields=firstname', '{owner} {ann} {bob}'],
  ])('?%s finds %s', async (query, expected) => {
    expect(await found(`contactdata?${query}`, ({ ID }) => ID)).toBe(fill(expected));
  });
});

describe('Filters of contactslist', () => {
  it.each([
    ['', 'MyFirstTest Team'], // recorded: a deleted list is not shown
    ['IsDeleted=true', 'Old'],
    ['IsDeleted=false', 'MyFirstTest Team'],
    ['Name=Team', 'Team'],
    ['name=team', ''], // recorded: exact
    ['Name=Old', ''],
    ['Name=Old&IsDeleted=1', 'Old'],
    ['ExcludeID={own}', 'Team'],
    ['ID={own}', 'MyFirstTest'], // client
    ['id={own}&Name=Team', ''],
    ['ID=1', ''],
    ['ID={Old}', ''],
    ['excludeid={own}&Name=MyFirstTest', ''],
  ])('?%s finds %s', async (query, expected) => {
    expect(await found(`contactslist?${query}`, ({ Name }) => Name)).toBe(expected);
  });

  it('finds a list by its address', async () => {
    const { Address } = rowOf(await account.get(`contactslist/${ids.Team}`));
    expect(await found(`contactslist?Address=${Address}`, ({ Name }) => Name)).toBe('Team');
  });
});

describe('Filters of listrecipient', () => {
  it.each([
    ['', '{owner} {ann} {bob}'],
    ['Active=true', '{owner} {ann} {bob}'],
    ['Active=0', ''],
    ['Contact={ann}', '{ann}'],
    ['ContactEmail=bob@test.org', '{bob}'],
    ['ContactsList={own}', '{owner}'],
    ['IgnoreDeleted=true', '{owner} {ann}'],
    ['IgnoreDeleted=false', '{owner} {ann} {bob}'],
    ['IsExcludedFromCampaigns=true', '{bob}'],
    ['ListName=Team', '{ann}'],
    ['Status=all', '{owner} {ann} {bob}'], // client
    ['status=All&Unsub=true', '{ann}'],
    ['Unsub=true', '{ann}'],
    ['Unsub=false', '{owner} {bob}'],
    ['LastActivityAt={lastActivity}&Contact={bob}', '{bob}'],
    ['ContactsList={Team}&Unsub=false', ''],
  ])('?%s finds %s', async (query, expected) => {
    expect(await found(`listrecipient?${query}`, ({ ContactID }) => ContactID)).toBe(
      fill(expected),
    );
  });
});

describe('Filters of contactmetadata', () => {
  it.each([
    ['DataType=str', 'firstname name country newsletter_sub'],
    ['datatype=INT', ''],
    ['Namespace=static', 'firstname name country newsletter_sub'],
    ['namespace=historic', ''],
  ])('?%s finds %s', async (query, expected) => {
    expect(await found(`contactmetadata?${query}`, ({ Name }) => Name)).toBe(expected);
  });
});

describe('A filter that is known and not built', () => {
  it.each([
    'contact?Status=unactive',
    'contactdata?DateFormat=x',
    'contactdata?TimeZone=x',
    'message?PlanSubscription=1',
    'listrecipient?status=active',
    'listrecipient?Status=unactive',
    'apikey?KeyType=1',
    'apikey?CustomStatus=1',
    'user?NewEmail=x',
    'metadata?PublicResources=true',
  ])('%s answers 501', async (path) => {
    expect((await account.get(path)).status).toBe(501);
  });
});

describe('A value that does not fit a filter', () => {
  it.each([
    ['contact?ContactsList=Team', '"Team" is an invalid integer'],
    ['contact?ContactsList=9223372036854775808', '"9223372036854775808" is an invalid integer'],
    ['contact?ID=ann', '"ann" is an invalid integer'],
    ['contact?LastActivityAt=yesterday', '"yesterday" is not a valid date and time'],
    ['batchjob?MinJobEnd=soon', '"soon" is not a valid date and time'],
    ['contactslist?IsDeleted=maybe', '"maybe" is not a valid boolean.'],
  ])('%s answers 400 (assumed)', async (path, text) => {
    const answer = await account.get(path);
    expect([answer.status, JSON.parse(answer.body).ErrorMessage]).toEqual([
      400,
      `Unexpected error during GET: ${text}`,
    ]);
  });
});
