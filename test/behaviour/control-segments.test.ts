import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMockjet } from '../../src/index.ts';
import { newAccount, rows, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let account: TestAccount;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

beforeEach(async () => {
  account = newAccount(mock);
  await account.control('POST', '/clock/freeze', { at: '2026-03-01T12:00:00Z' });
  await account.control('POST', '/seed', {
    properties: [
      { name: 'age', datatype: 'int' },
      { name: 'joined', datatype: 'datetime' },
    ],
    contacts: [
      { email: 'ada@example.com', properties: { age: 36, joined: '2026-02-20T08:00:00Z' } },
      { email: 'bob@example.com', properties: { age: 5, joined: '2024-01-01T00:00:00Z' } },
      { email: 'cyd@example.com', properties: { age: 70 } },
    ],
  });
});

async function segment(Expression: string, Name = 'Readers'): Promise<number> {
  const made = await account.call('POST', '/v3/REST/contactfilter', { Name, Expression });
  return rows(made)[0].ID;
}
const emailsOf = ({ contacts }: { contacts: { email: string }[] }) =>
  contacts.map(({ email }) => email);

describe('The contacts of a segment', () => {
  it('are those that it has now', async () => {
    const id = await segment('(age>17) and (not IsInPreviousDays(joined,30))');
    const path = `/segments/${id}/contacts`;
    const answer = await account.control('GET', path);
    expect(answer).toMatchObject({
      contacts: [{ email: 'cyd@example.com' }],
      expression: '((age > 17) and (not IsInPreviousDays(joined, 30)))',
      unknownProperties: [],
    });
    const [cyd] = rows(await account.call('GET', '/v3/REST/contact/cyd@example.com'));
    expect(answer.contacts[0].id).toBe(cyd.ID);
    expect(answer).not.toHaveProperty('next');

    await account.control('POST', '/clock/advance', { by: '30d' });
    expect(emailsOf(await account.control('GET', path))).toEqual([
      'ada@example.com',
      'cyd@example.com',
    ]);
    await account.call('PUT', '/v3/REST/contactdata/cyd@example.com', {
      Data: [{ Name: 'age', Value: 7 }],
    });
    expect(emailsOf(await account.control('GET', path))).toEqual(['ada@example.com']);
  });

  it('come in pages', async () => {
    const path = `/segments/${await segment('age>0')}/contacts`;
    const first = await account.control('GET', `${path}?limit=2`);
    expect(emailsOf(first)).toEqual(['ada@example.com', 'bob@example.com']);
    const second = await account.control('GET', `${path}?limit=2&after=${first.next}`);
    expect(emailsOf(second)).toEqual(['cyd@example.com']);
    expect(second.next).toBeUndefined();
  });

  it('that is deleted are told too', async () => {
    const id = await segment('age=5');
    await account.call('DELETE', `/v3/REST/contactfilter/${id}`);
    const answer = await account.control('GET', `/segments/${id}/contacts`);
    expect(emailsOf(answer)).toEqual(['bob@example.com']);
  });

  it('whose expression names what is no property: the names are told', async () => {
    const id = await segment('(shoe size>40) or (email="ada@example.com") or (AGE=5 and size=1)');
    const answer = await account.control('GET', `/segments/${id}/contacts`);
    expect(answer.unknownProperties).toEqual(['shoe size', 'size']);
    expect(emailsOf(answer)).toEqual(['ada@example.com']);
  });

  it.each([
    ['/segments/1/contacts', 404, 'The account has no segment 1'],
    ['/segments/abc/contacts', 404, 'abc is no ID of a segment'],
    ['/segments/{id}/contacts?limit=0', 400, 'limit'],
    ['/segments/{id}/contacts?limit=10001', 400, 'limit'],
    ['/segments/{id}/contacts?after=x', 400, 'after: give the ID of a contact'],
    ['/segments/{id}/contacts?ofset=1', 400, 'ofset'],
    ['/segments/{id}/contacts', 501, 'the date format "mmm" of a segment'],
  ])('%s is refused', async (path, status, words) => {
    const id = await segment('FormatDateTime("mmm",joined)="Mar"');
    const answer = await account.try('GET', path.replace('{id}', String(id)));
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body).error).toContain(words);
  });
});

it('account.segments.contacts goes on where one call looks at too few contacts', async () => {
  await using mockjet = await startMockjet();
  const own = await mockjet.account();
  const emails = Array.from({ length: 6000 }, (_, n) => `reader${n}@example.com`);
  await own.seed({ contacts: emails.map((email) => ({ email })) });
  // so long that a step looks at fifty contacts
  const Expression = Array.from({ length: 900 }, (_, n) => `age=${n}`).join(' or ');
  const made = await fetch(`${own.url}/v3/REST/contactfilter`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${own.apiKey}:${own.secretKey}`)}` },
    body: JSON.stringify({
      Name: 'All',
      Expression: `email="reader5999@example.com" or ${Expression}`,
    }),
  });
  const [{ ID }] = ((await made.json()) as { Data: [{ ID: number }] }).Data;
  const authorization = `Basic ${btoa(`${own.apiKey}:${own.secretKey}`)}`;
  const call = await fetch(`${own.url}/_mockjet/segments/${ID}/contacts`, {
    headers: { authorization },
  });
  expect(await call.json()).toMatchObject({ contacts: [], next: expect.any(Number) });
  const found = await own.segments.contacts(ID);
  expect(found.map(({ email }) => email)).toEqual(['reader5999@example.com']);
  expect((await own.requests.find()).length).toBe(1);
});
