import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Mock, startMock } from '../support/mock.ts';
import { makeWorld, type World } from './quirks/world.ts';

// What the strict decoders of typed clients were seen to demand of an answer; {name} is filled from the world.
const text = z.string();
const int64 = z.int();
const flag = z.boolean();
/** With a zone, or empty: Go fails on a time without one. */
const time = z.union([z.iso.datetime({ offset: true }), z.literal('')]);
const none = z.union([z.iso.datetime({ offset: true }), z.literal(''), z.undefined()]);

const goCsvImport = z.object({
  AliveAt: time,
  ContactsListID: int64,
  Count: int64,
  Current: int64,
  DataID: int64,
  Errcount: int64,
  ErrTreshold: int64,
  ID: int64,
  ImportOptions: text,
  JobEnd: time,
  JobStart: time,
  Method: text,
  RequestAt: time,
  Status: text,
});
const goBatchJob = z.object({
  AliveAt: int64,
  APIKeyID: int64,
  Blocksize: int64,
  Count: int64,
  Current: int64,
  DataID: int64,
  Errcount: int64,
  ErrTreshold: int64,
  ID: int64,
  JobEnd: int64,
  JobStart: int64,
  JobType: text,
  Method: text,
  RefId: int64,
  RequestAt: int64,
  Status: text,
  Throttle: int64,
});
const goContactsJob = z.object({
  ContactsLists: z.array(z.object({ ListID: int64, Action: text })),
  Count: int64,
  Error: text,
  ErrorFile: text,
  JobEnd: time,
  JobStart: time,
  Status: text,
});
const crystalContact = z.object({
  CreatedAt: time,
  DeliveredCount: int64,
  Email: text,
  ID: z.int32(),
  IsExcludedFromCampaigns: flag,
  IsOptInPending: flag,
  IsSpamComplaining: flag,
  Name: text,
});
const singerContact = crystalContact.extend({
  ID: int64,
  ExclusionFromCampaignsUpdatedAt: none,
  LastActivityAt: time,
  LastUpdateAt: time,
  UnsubscribedAt: time,
  UnsubscribedBy: text,
});
const crystalList = z.object({
  Address: z.string().min(1),
  CreatedAt: time,
  ID: z.int32(),
  IsDeleted: flag,
  Name: text,
  SubscriberCount: z.int32(),
});
const crystalRecipient = z.object({
  ContactID: int64,
  ID: int64,
  IsActive: flag,
  IsUnsubscribed: flag,
  ListID: int64,
  ListName: text,
  SubscribedAt: time,
  UnsubscribedAt: time,
});
const namedValues = z.array(z.object({ Name: text, Value: text }));

const demands: { client: string; path: string; row: z.ZodType }[] = [
  { client: 'Go', path: 'csvimport/{job}', row: goCsvImport },
  { client: 'Go', path: 'batchjob/{job}', row: goBatchJob },
  { client: 'Go', path: 'batchjob', row: goBatchJob },
  { client: 'Go', path: 'contact/managemanycontacts/{batch}', row: goContactsJob },
  {
    client: 'Go',
    path: 'contactslist/{list}/managemanycontacts/{listBatch}',
    row: goContactsJob,
  },
  { client: 'Crystal', path: 'contact', row: crystalContact },
  { client: 'Crystal', path: 'contactslist', row: crystalList },
  { client: 'Crystal', path: 'listrecipient', row: crystalRecipient },
  { client: 'Singer', path: 'contact', row: singerContact },
  {
    client: 'Go',
    path: 'contactdata',
    row: z.object({ ContactID: int64, Data: namedValues, ID: int64 }),
  },
  {
    client: 'the gem',
    path: 'contactmetadata',
    row: z.object({ Datatype: text, ID: int64, Name: text, NameSpace: text }),
  },
  {
    client: 'the gem',
    path: 'contact/eve@example.com/getcontactslists',
    row: z.object({ IsActive: flag, IsUnsub: flag, ListID: int64, SubscribedAt: time }),
  },
];

// A fresh job has no times yet; a finished one has them all.
describe.each(['held', 'instant'] as const)('with %s jobs', (pace) => {
  let mock: Mock;
  let world: World;
  beforeAll(async () => {
    mock = await startMock({ pace });
    world = await makeWorld(mock, 'public:private');
    await mock.call('POST', `/v3/REST/listrecipient`, {
      body: { ContactID: world.contact, ListID: world.list },
    });
    await mock.call('POST', `/v3/REST/contactslist/${world.list}/managecontact`, {
      body: { Email: 'eve@example.com', Action: 'addforce', Properties: { country: 'NL' } },
    });
  });
  afterAll(() => mock.close());

  test.each(demands)('$client decodes $path', async ({ path, row }) => {
    const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) => world[name] ?? '');
    const answer = await mock.call('GET', `/v3/REST/${filled}`);
    expect(answer.headers['content-type']).toContain('application/json');
    const envelope = z.strictObject({ Count: int64, Data: z.array(row).min(1), Total: int64 });
    expect(
      z.prettifyError(envelope.safeParse(JSON.parse(answer.body)).error ?? new z.ZodError([])),
    ).toBe('');
  });

  test('Go reads a CSV only under text/csv, and JSON only under application/json', async () => {
    const path = `/v3/DATA/BatchJob/${world.job}/CSVError/text:csv`;
    const answer = await mock.call('GET', path);
    expect(answer.headers['content-type']).toBe('text/csv');
    expect(answer.status).toBe(pace === 'instant' ? 200 : 404);
  });
});

test('Singer and Python stop at the first page that is not full', async () => {
  const mock = await startMock();
  const Contacts = Array.from({ length: 204 }, (_, n) => ({ Email: `reader${n}@example.com` }));
  await mock.call('POST', '/v3/REST/contact/managemanycontacts', { body: { Contacts } });
  const sizes: number[] = [];
  for (let offset = 0; (sizes.at(-1) ?? 100) === 100; offset += 100) {
    const page = await mock.call('GET', `/v3/REST/contact?Limit=100&Offset=${offset}`);
    sizes.push(JSON.parse(page.body).Data.length);
  }
  expect(sizes).toEqual([100, 100, 5]);
  await mock.close();
});
