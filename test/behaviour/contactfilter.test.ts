import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FreshAccount, freshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let account: FreshAccount;

beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());
beforeEach(() => {
  account = freshAccount(mock);
});

const inactive = {
  Description: 'Users that have not clicked on an email link in the last 7 days',
  Expression: '((not hasclickedsince(7)))',
  Name: 'Inactive customers for 7 days',
};
const problemOf = (answer: { body: string }) => JSON.parse(answer.body).ErrorInfo;

describe('A segment', () => {
  it('is shown as it was made', async () => {
    const made = await account.post('contactfilter', inactive);
    expect(made.status).toBe(201);
    const { ID } = rowOf(made);
    // reported: a client's fixture
    const shown = `{ "Count" : 1, "Data" : [{ "Description" : "${inactive.Description}", "Expression" : "((not hasclickedsince(7)))", "ID" : ${ID}, "Name" : "${inactive.Name}", "Status" : "unused" }], "Total" : 1 }`;
    expect(made.body).toBe(shown);
    for (const path of [
      'contactfilter',
      `contactfilter/${ID}`,
      `contactfilter/${encodeURIComponent(inactive.Name)}`,
    ])
      expect((await account.get(path)).body).toBe(shown);
  });

  it.each([
    // what Mailjet's own plugins make at their set-up
    '(IsInPreviousDays(account_creation_date,30))',
    '(orders_count<1)',
    '(orders_count=1) and (IsInPreviousDays(last_order_date,30))',
    '(not IsInPreviousDays(last_order_date,180))',
    // reported: without parentheses
    'purchase>50',
    '  ( first name = "Zoé ""Z"" \\ / \'x\'" )\n',
  ])('keeps its expression unchanged: %s', async (Expression) => {
    const { ID } = rowOf(await account.post('contactfilter', { Name: 'Readers', Expression }));
    expect(rowOf(await account.get(`contactfilter/${ID}`)).Expression).toBe(Expression);
  });

  it('can be made as used', async () => {
    const made = await account.post('contactfilter', { ...inactive, Status: 'used' });
    expect(rowOf(made).Status).toBe('used');
  });

  it('takes changes, and refuses a broken expression in one', async () => {
    const { ID } = rowOf(await account.post('contactfilter', inactive));
    const changed = await account.put(`contactfilter/${ID}`, {
      Expression: 'age>30',
      Status: 'used',
    });
    expect(rowOf(changed)).toMatchObject({
      Expression: 'age>30',
      Status: 'used',
      Name: inactive.Name,
    });
    expect((await account.put(`contactfilter/${ID}`, { Expression: 'age>30' })).status).toBe(304);
    expect((await account.put(`contactfilter/${ID}`, { Expression: 'age>' })).status).toBe(400);
    expect(rowOf(await account.get(`contactfilter/${ID}`)).Expression).toBe('age>30');
  });

  it.each([
    [{ Name: 'A' }, 'MJ08 Property Expression is invalid: MJ03 A non-empty value is required'],
    [
      { Name: 'A', Expression: '' },
      'MJ08 Property Expression is invalid: MJ03 A non-empty value is required',
    ],
    [
      { Expression: 'a=1' },
      'MJ08 Property Name is invalid: MJ04 Value must have at least length 1',
    ],
    [
      { Name: 'A', Expression: '(age=40' },
      'MJ08 Property Expression is invalid: Syntax error at position 8: expected ")", but found the end of the expression',
    ],
    [
      { Name: 'A', Expression: 'IsOld(age)' },
      'MJ08 Property Expression is invalid: Syntax error at position 1: unknown function "IsOld"',
    ],
    [
      { Name: 'A', Expression: `a=1${' or a=1'.repeat(2000)}` },
      'MJ08 Property Expression is invalid: MJ05 Value may have at most length 10000',
    ],
    [
      { Name: 'A', Expression: 'a=1', Status: 'draft' },
      'MJ08 Property Status is invalid: MJ09 Value is not in list of allowed values: (unused, used, deleted)',
    ],
  ])('is refused: %j', async (body, problem) => {
    const answer = await account.post('contactfilter', body);
    expect(answer.status).toBe(400);
    expect(problemOf(answer)).toBe(problem);
    expect(rowsOf(await account.get('contactfilter'))).toEqual([]);
  });

  it('has a name of its own', async () => {
    await account.post('contactfilter', inactive);
    const again = await account.post('contactfilter', inactive);
    expect(again.status).toBe(400);
    expect(JSON.parse(again.body).ErrorMessage).toBe(
      `MJ18 A ContactFilter resource with value "${inactive.Name}" for Name already exists.`,
    );
  });

  it('has an ID that none of another kind has', async () => {
    const { ID } = rowOf(await account.post('contactfilter', inactive));
    expect(ID).toBeGreaterThan(2000);
    for (const other of ['contact', 'contactslist', 'contactmetadata'])
      expect((await account.get(`${other}/${ID}`)).status).toBe(404);
  });
});

describe('A deleted segment', () => {
  let deleted: number;
  let kept: number;
  beforeEach(async () => {
    deleted = rowOf(await account.post('contactfilter', inactive)).ID ?? 0;
    kept =
      rowOf(await account.post('contactfilter', { Name: 'Old', Expression: 'age>60' })).ID ?? 0;
    expect((await account.remove(`contactfilter/${deleted}`)).status).toBe(204);
  });

  it('is still found by its ID', async () => {
    expect(rowOf(await account.get(`contactfilter/${deleted}`)).Status).toBe('deleted');
    expect((await account.remove(`contactfilter/${deleted}`)).status).toBe(204);
  });

  it.each([
    ['', ['kept']],
    ['?ShowDeleted=true', ['deleted', 'kept']],
    ['?ShowDeleted=false', ['kept']],
    ['?Status=deleted', ['deleted']],
    ['?Status=Unused', ['kept']],
    ['?Status=used', []],
  ])('in the list contactfilter%s', async (query, expected) => {
    const names: Record<number, string> = { [deleted]: 'deleted', [kept]: 'kept' };
    const found = rowsOf(await account.get(`contactfilter${query}`));
    expect(found.map(({ ID }) => names[ID ?? 0])).toEqual(expected);
  });

  it('leaves its name to another, which the name then means', async () => {
    const { ID } = rowOf(await account.post('contactfilter', inactive));
    expect(ID).not.toBe(deleted);
    const byName = await account.get(`contactfilter/${encodeURIComponent(inactive.Name)}`);
    expect(rowOf(byName).ID).toBe(ID);
    // both names at once
    const back = await account.put(`contactfilter/${deleted}`, { Status: 'unused' });
    expect(JSON.parse(back.body).ErrorMessage).toMatch(/^MJ18 A ContactFilter resource/);
  });
});

it.each([
  ['Name=Young readers', 'Young readers'],
  ['Name=young readers', ''],
  ['NameCI=young READERS', 'Young readers'],
  ['NameLike=reader', 'Young readers,Old readers'],
  ['NameLike=Reader', ''],
  ['NameLikeCI=Reader', 'Young readers,Old readers'],
  ['NameLLike=Old', 'Old readers'],
  ['NameLLikeCI=old', 'Old readers'],
  ['NameRLike=100%25', 'Buyers 100%'],
  ['NameRLikeCI=READERS', 'Young readers,Old readers'],
  ['Sort=ID DESC', 'Buyers 100%,Old readers,Young readers'],
  ['Limit=1&Offset=1', 'Old readers'],
])('contactfilter?%s', async (query, expected) => {
  for (const Name of ['Young readers', 'Old readers', 'Buyers 100%'])
    await account.post('contactfilter', { Name, Expression: 'a=1' });
  const found = rowsOf(await account.get(`contactfilter?${query.replaceAll(' ', '%20')}`));
  expect(found.map(({ Name }) => Name).join(',')).toBe(expected);
});
