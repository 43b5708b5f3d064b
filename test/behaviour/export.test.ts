import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newAccount, rows, startImport, type TestAccount } from '../support/account.ts';
import type { Answer } from '../support/mock.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let account: TestAccount;
let lists: Record<string, number>;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

/** Ada and Bob are in Readers, Bob has left it; Cyd is in no list, and Dan became anonymous. */
beforeEach(async () => {
  account = newAccount(mock);
  await account.control('POST', '/clock/freeze', { at: '2026-03-01T12:00:00Z' });
  await account.control('POST', '/seed', {
    properties: [{ name: 'age', datatype: 'int' }],
    lists: [{ name: 'Readers' }, { name: 'Old' }],
    contacts: [
      {
        email: 'ada@example.com',
        name: 'Ada "Countess" Lovelace',
        properties: { firstname: 'Ada', country: 'a, "b"\nc', age: 36 },
        lists: ['Readers'],
      },
      {
        email: 'bob@example.com',
        properties: { firstname: ' Bob', country: 'Côte; d’Ivoire' },
        lists: [{ name: 'Readers', isUnsubscribed: true }],
        isExcludedFromCampaigns: true,
      },
      { email: 'cyd@example.com' },
      { email: 'dan@example.com', lists: ['Readers'] },
    ],
  });
  const all = rows(await account.call('GET', '/v3/REST/contactslist'));
  lists = Object.fromEntries(all.map(({ Name, ID }) => [Name, ID]));
  const [dan] = rows(await account.call('GET', '/v3/REST/contact/dan@example.com'));
  await account.call('DELETE', `/v4/contacts/${dan.ID}`);
  await account.call('DELETE', `/v3/REST/contactslist/${lists.Old}`);
});

const fileOf = (job: number): Promise<Answer> =>
  account.call('GET', `/v3/DATA/batchjob/${job}/CSVData/text:csv`);

async function exported(resource: string, parameters: object = {}): Promise<string> {
  const made = await account.call('POST', `/v3/REST/${resource}/export`, parameters);
  expect(made.status, made.body).toBe(201);
  const file = await fileOf(rows(made)[0].JobId);
  expect(file.status).toBe(200);
  expect(file.headers['content-type']).toBe('text/csv');
  return file.body;
}

describe('contact/export', () => {
  it('writes a line for each contact, with which an import makes them again', async () => {
    const csv = await exported('contact');
    expect(csv).toBe(
      [
        'email,firstname,name,country,newsletter_sub,age',
        'owner@example.com,,,,,',
        'ada@example.com,Ada,,"a, ""b""\nc",,36',
        'bob@example.com," Bob",,Côte; d’Ivoire,,',
        'cyd@example.com,,,,,',
        '',
      ].join('\n'),
    );
    const other = newAccount(mock);
    await other.control('POST', '/seed', { properties: [{ name: 'age', datatype: 'int' }] });
    await startImport(other, mock, csv);
    const data = async (of: TestAccount) =>
      rows(await of.call('GET', '/v3/REST/contactdata/ada@example.com'))[0].Data;
    expect(await data(other)).toEqual(await data(account));
  });

  it.each([
    [
      { FieldNames: ['Email', 'age'], ListId: 'Readers' },
      'Email,age\nada@example.com,36\nbob@example.com,\n',
    ],
    [
      { FieldNames: 'EMAIL, Name ,firstname', Headers: false, ListId: 'Readers' },
      'ada@example.com,"Ada ""Countess"" Lovelace",Ada\nbob@example.com,," Bob"\n',
    ],
    [
      { FieldNames: 'email,isexcludedfromcampaigns,CreatedAt', ListId: 'Readers' },
      'email,isexcludedfromcampaigns,CreatedAt\nada@example.com,false,2026-03-01T12:00:00Z\nbob@example.com,true,2026-03-01T12:00:00Z\n',
    ],
    [
      { FieldNames: 'email,country', FieldSeparator: ';', headers: 'FALSE', listid: 'Readers' },
      'ada@example.com;"a, ""b""\nc"\nbob@example.com;"Côte; d’Ivoire"\n',
    ],
    [
      { FieldNames: 'email,email', Charset: 'utf8bom', ListId: 'MyFirstTest' },
      '\uFEFFemail\nowner@example.com\n',
    ],
    // what changes nothing
    [
      {
        FieldNames: 'email',
        ExportFormat: 'CSV',
        TimezoneOffset: 0,
        Locale: 'en_US',
        TimeFormat: '',
        Action: null,
        ListId: 'MyFirstTest',
        Unknown: 1,
      },
      'email\nowner@example.com\n',
    ],
  ])('takes %j', async (parameters, csv) => {
    const named = Object.entries(parameters).map(([name, value]) => [
      name,
      name.toLowerCase() === 'listid' ? lists[String(value)] : value,
    ]);
    expect(await exported('contact', Object.fromEntries(named))).toBe(csv);
  });

  it('needs no body', async () => {
    const made = await account.call('POST', '/v3/REST/contact/export');
    expect(made.status).toBe(201);
    expect(made.body).toMatch(/^\{ "Count" : 1, "Data" : \[\{ "JobId" : \d+ \}\], "Total" : 1 \}$/);
  });

  it.each([
    [{ FieldNames: ['shoe size'] }, 400, 'Invalid key name: "shoe size"'],
    [{ FieldNames: 'ListName' }, 400, 'Invalid key name: "ListName"'],
    [{ FieldSeparator: 'x' }, 400, 'MJ08 Property FieldSeparator is invalid'],
    [{ Charset: 'latin1' }, 400, 'MJ08 Property Charset is invalid'],
    [{ ListId: 1 }, 400, 'MJ08 Property ListId is invalid'],
    [{ ListId: 'Old' }, 400, 'MJ08 Property ListId is invalid'],
    [
      { FieldNames: Array.from({ length: 501 }, () => 'email') },
      400,
      'MJ05 Value may have at most length 500',
    ],
    [{ ExportFormat: 'json' }, 501, 'ExportFormat "json" of contact/export'],
    [{ ExportFormat: 'list' }, 501, 'ExportFormat "list" of contact/export'],
    [{ TimezoneOffset: 2 }, 501, 'TimezoneOffset "2"'],
    [{ DateTimeFormat: 'dd/mm/yyyy' }, 501, 'DateTimeFormat'],
    [{ TimeFormat: 'hh:nn' }, 501, 'TimeFormat'],
    [{ Locale: 'fr_FR' }, 501, 'Locale'],
    [{ FieldValues: ['x'] }, 501, 'FieldValues'],
    [{ Action: 'email' }, 501, 'Action'],
  ])('refuses %j', async (parameters, status, words) => {
    const listed = {
      ...parameters,
      ...('ListId' in parameters && parameters.ListId === 'Old' ? { ListId: lists.Old } : {}),
    };
    const answer = await account.call('POST', '/v3/REST/contact/export', listed);
    expect(answer.status).toBe(status);
    const { ErrorMessage, ErrorInfo } = JSON.parse(answer.body);
    expect(`${ErrorMessage} ${ErrorInfo}`).toContain(words);
    expect((await account.control('GET', '/jobs')).jobs).toEqual([]);
  });
});

describe('listrecipient/export', () => {
  it('writes a line for each subscription', async () => {
    const found = rows(
      await account.call('GET', `/v3/REST/listrecipient?ContactsList=${lists.Readers}`),
    );
    const lines = found.map(
      ({ ContactID, IsActive, IsUnsubscribed, ID, SubscribedAt, UnsubscribedAt }) =>
        [
          ID,
          ContactID,
          IsActive,
          IsUnsubscribed,
          lists.Readers,
          'Readers',
          SubscribedAt,
          UnsubscribedAt,
        ].join(','),
    );
    const csv = await exported('listrecipient', { ListId: lists.Readers });
    expect(csv.split('\n')).toEqual([
      'email,ID,ContactID,IsActive,IsUnsubscribed,ListID,ListName,SubscribedAt,UnsubscribedAt',
      `ada@example.com,${lines[0]}`,
      `bob@example.com,${lines[1]}`,
      '',
    ]);
    expect(lines[1]).toContain('true,true');
  });

  it('of all lists, with properties of the contacts', async () => {
    expect(await exported('listrecipient', { FieldNames: 'listname,email,age' })).toBe(
      'listname,email,age\nMyFirstTest,owner@example.com,\nReaders,ada@example.com,36\nReaders,bob@example.com,\n',
    );
  });
});

describe('The job of an export', () => {
  beforeEach(() => account.control('PUT', '/jobs/pace', { pace: 'held' }));

  async function make(resource = 'contact'): Promise<number> {
    return rows(await account.call('POST', `/v3/REST/${resource}/export`, {}))[0].JobId;
  }
  const seen = async (job: number) =>
    rows(await account.call('GET', `/v3/REST/contact/export/${job}`))[0];

  it('moves through its states; the file is there at the end', async () => {
    const job = await make();
    for (const Status of ['Allocated', 'Upload', 'Prepare', 'Importing']) {
      expect(await seen(job)).toMatchObject({ Status, JobId: job, Error: '', ErrorFile: '' });
      expect((await fileOf(job)).status).toBe(404);
      await account.control('POST', `/jobs/${job}/step`);
    }
    expect(await seen(job)).toMatchObject({
      Status: 'Completed',
      Count: 4,
      JobEnd: '2026-03-01T12:00:00Z',
    });
    expect((await fileOf(job)).status).toBe(200);
    const [row] = rows(await account.call('GET', `/v3/REST/batchjob/${job}`));
    expect(row).toMatchObject({ JobType: 'Contacts export', Count: 4, Current: 4 });
    expect(row.DataID).toBeGreaterThan(0);
  });

  it('that is aborted leaves no file', async () => {
    const job = await make();
    await account.control('POST', `/jobs/${job}/step`, { states: 3 });
    expect(
      (await account.call('PUT', `/v3/REST/batchjob/${job}`, { Status: 'Abort' })).status,
    ).toBe(200);
    expect((await seen(job)).Status).toBe('Abort');
    expect((await fileOf(job)).status).toBe(404);
  });

  it('fails when its list is deleted meanwhile', async () => {
    const made = await account.call('POST', '/v3/REST/contact/export', { ListId: lists.Readers });
    const job = rows(made)[0].JobId;
    await account.call('DELETE', `/v3/REST/contactslist/${lists.Readers}`);
    await account.control('POST', `/jobs/${job}/step`, { states: 4 });
    expect(await seen(job)).toMatchObject({
      Status: 'Error',
      Error: `List ID ${lists.Readers} is invalid or deleted`,
    });
  });

  it('is found below its own resource alone', async () => {
    const job = await make('listrecipient');
    expect((await account.call('GET', `/v3/REST/contact/export/${job}`)).status).toBe(404);
    expect((await account.call('GET', `/v3/REST/listrecipient/export/${job}`)).status).toBe(200);
    expect((await account.call('GET', '/v3/REST/contact/export')).status).toBe(404);
    expect((await account.call('GET', '/v3/REST/contact/export/1')).status).toBe(404);
  });
});

it('an export of many contacts has each of them once, in order', async () => {
  const emails = Array.from({ length: 1230 }, (_, n) => `reader${n}@example.com`);
  await account.control('POST', '/seed', { contacts: emails.map((email) => ({ email })) });
  const csv = await exported('contact', { FieldNames: 'email', Headers: false });
  const own = ['owner', 'ada', 'bob', 'cyd'].map((name) => `${name}@example.com`);
  expect(csv.trimEnd().split('\n')).toEqual([...own, ...emails]);
});
