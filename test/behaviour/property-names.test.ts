import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newAccount, rows, startImport } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let account: ReturnType<typeof newAccount>;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());
beforeEach(() => {
  account = newAccount(mock);
});

const rest = (method: string, path: string, body?: unknown) =>
  account.call(method, `/v3/REST/${path}`, body);
/** The account's properties beside those of a fresh one. */
const added = async () =>
  rows(await rest('GET', 'contactmetadata?Limit=0'))
    .slice(4)
    .map(({ Name }) => Name);
const values = async (email = 'owner@example.com') =>
  rows(await rest('GET', `contactdata/${email}`))[0].Data;
const addTitle = () => rest('POST', 'contactmetadata', { Name: 'Titel', Datatype: 'str' });

describe('The name of a contact property is stored in lower case', () => {
  it.each([
    ['Titel', 'titel', 'reported'],
    ['SHOE SIZE', 'shoe size', 'assumed'],
    ['GRÖSSE', 'grösse', 'assumed: beyond ASCII'],
  ])('POST of %s answers %s (%s)', async (given, stored) => {
    const answer = await rest('POST', 'contactmetadata', { Name: given });
    expect([answer.status, rows(answer)[0].Name]).toEqual([201, stored]);
    expect(await added()).toEqual([stored]);
    const key = encodeURIComponent(`static|${given}`);
    expect(rows(await rest('GET', `contactmetadata/${key}`))[0].Name).toBe(stored);
  });

  it.each(['titel', 'TITEL'])('%s is the same as Titel, and refused', async (name) => {
    await addTitle();
    expect(await rest('POST', 'contactmetadata', { Name: name })).toMatchObject({
      status: 400,
      reason: 'CM01 Property "titel" already exists',
    });
  });

  it('PUT renames so, and the same in another case changes nothing', async () => {
    const [{ ID }] = rows(await addTitle());
    expect((await rest('PUT', `contactmetadata/${ID}`, { Name: 'TITEL' })).status).toBe(304);
    const [renamed] = rows(await rest('PUT', `contactmetadata/${ID}`, { Name: 'Salutation' }));
    expect(renamed.Name).toBe('salutation');
  });

  it('a column of a CSV makes it so, and finds it in any case', async () => {
    await addTitle();
    await startImport(account, mock, 'Email,LASTNAME,TITEL\nann@example.com,Lee,Dr\n');
    expect(await added()).toEqual(['titel', 'lastname']);
    expect(await values('ann@example.com')).toEqual([
      { Name: 'titel', Value: 'Dr' },
      { Name: 'lastname', Value: 'Lee' },
    ]);
  });

  it('a seed makes it so, and finds it in any case', async () => {
    const document = {
      properties: [
        { name: 'LastName', datatype: 'str' },
        { name: 'Country', datatype: 'str' },
      ],
      contacts: [{ email: 'ann@example.com', properties: { lastNAME: 'Lee', COUNTRY: 'Chile' } }],
    };
    await account.control('POST', '/seed', document);
    expect(await added()).toEqual(['lastname']);
    expect(await values('ann@example.com')).toEqual([
      { Name: 'country', Value: 'Chile' },
      { Name: 'lastname', Value: 'Lee' },
    ]);
  });
});

describe('A property is found by its name in any case, and shown by the one stored', () => {
  it('by contactdata', async () => {
    await addTitle();
    const body = { Data: [{ Name: 'TITEL', Value: 'Dr' }] };
    const answer = await rest('PUT', 'contactdata/owner@example.com', body);
    expect(rows(answer)[0].Data).toEqual([{ Name: 'titel', Value: 'Dr' }]);
    expect(await values()).toEqual([{ Name: 'titel', Value: 'Dr' }]);
  });

  it('by managecontact (client: `Name` for the default property `name`)', async () => {
    const [list] = rows(await rest('GET', 'contactslist'));
    const answer = await rest('POST', `contactslist/${list.ID}/managecontact`, {
      Email: 'ann@example.com',
      Action: 'addforce',
      Properties: { Name: 'Ann' },
    });
    expect(rows(answer)[0].Properties).toEqual({ name: 'Ann' });
  });

  it('by managemanycontacts', async () => {
    await addTitle();
    await rest('POST', 'contact/managemanycontacts', {
      Contacts: [{ Email: 'ann@example.com', Properties: { TiTeL: 'Dr' } }],
    });
    expect(await values('ann@example.com')).toEqual([{ Name: 'titel', Value: 'Dr' }]);
  });
});

it('An account with 200 properties takes no further one, and still renames those it has (documented)', async () => {
  // the address counts as one, and a fresh account has four
  const names = Array.from({ length: 195 }, (_, index) => `shoe${index}`);
  await account.control('POST', '/seed', { properties: names.map((name) => ({ name })) });
  const another = await rest('POST', 'contactmetadata', { Name: 'hat' });
  expect([another.status, another.reason]).toEqual([
    400,
    'Number of contact properties exceeds the limit of 200',
  ]);
  expect((await rest('PUT', 'contactmetadata/static%7Cshoe0', { Name: 'boot' })).status).toBe(200);
});
