import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bulk, bulk, idOf, rowsOf } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { stepping } from '../support/stepping.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const start = async (here: Bulk, Contacts: unknown, more: Record<string, unknown> = {}) =>
  idOf(
    await here.call('POST', '/v3/REST/contact/managemanycontacts', { body: { Contacts, ...more } }),
    'JobID',
  );
const errorsOf = async (here: Bulk, job: number) => {
  const { bytes } = await here.download(`batchjob/${job}/JSONError/application:json/LAST`);
  return bytes.toString('utf8');
};
const ann = 'ann.lee@example.com';

describe('an item that is rejected', () => {
  const cases: [name: string, item: unknown, error: string][] = [
    [
      'reported: a property that is not defined',
      { Email: ann, Properties: { shoe_size: '39' } },
      'Properties: shoe_size: property not defined',
    ],
    [
      'reported: Properties as Name/Value pairs',
      { Email: ann, Properties: [{ Name: 'country', Value: 'fr' }] },
      'Properties: property not defined',
    ],
    [
      'assumed: a value that does not fit its property',
      { Email: ann, Properties: { age: 'old' } },
      'Properties: age: property type does not match definition',
    ],
    ['assumed: no address', { Name: 'Ann' }, 'Email: a non-empty value is required'],
    [
      'a bad address',
      { Email: 'ann.lee' },
      'Email: Invalid email address "ann.lee", reason: "No @ character in mail"',
    ],
    [
      'assumed: an exclusion that is no boolean',
      { Email: ann, IsExcludedFromCampaigns: 'maybe' },
      'IsExcludedFromCampaigns: not a boolean',
    ],
  ];
  it.each(cases)('%s', async (name, item, error) => {
    const here = bulk(mock, `rejected ${name}`);
    await here.property('age', 'int');
    const job = await start(here, [{ Email: 'bob@example.com' }, item]);
    expect(await here.get(`contact/managemanycontacts/${job}`)).toEqual({
      ContactsLists: [],
      Count: 1,
      Error: '',
      ErrorFile: `DATA/Batchjob/${job}/JSONError/application:json/LAST`,
      JobEnd: expect.stringMatching(/^\d{4}-.*Z$/),
      JobStart: expect.stringMatching(/^\d{4}-.*Z$/),
      Status: 'Completed',
    });
    expect(JSON.parse(await errorsOf(here, job))).toEqual([{ ...(item as object), Error: error }]); // every item is an object
    expect((await here.call('GET', `/v3/REST/contact/${ann}`)).status).toBe(404);
    expect((await here.call('GET', '/v3/REST/contact/bob@example.com')).status).toBe(200);
  });

  it('is written as the old back end spaces JSON, numbers exact', async () => {
    const here = bulk(mock, 'spacing');
    const body = `{"Contacts":[{"Email":"${ann}"},{"Email":"x@y.z","Name":"X \\"é\\"","Properties":{"foo":98765432123456789,"a":[],"b":{}}},17]}`;
    const job = idOf(
      await here.call('POST', '/v3/REST/contact/managemanycontacts', { body }),
      'JobID',
    );
    expect(await errorsOf(here, job)).toBe(
      '[{ "Email" : "x@y.z", "Name" : "X \\"é\\"", "Properties" : { "foo" : 98765432123456789, "a" : [], "b" : {} }, "Error" : "Properties: foo: property not defined" }, { "Error" : "Contact is not an object" }]',
    );
  });

  it('ends the job with Error when no other is left, and its file is valid JSON', async () => {
    const here = bulk(mock, 'all rejected');
    const job = await start(here, [{ Email: 'ann' }, { Email: 'bob' }]);
    expect(await here.get(`contact/managemanycontacts/${job}`)).toMatchObject({
      Count: 0,
      Status: 'Error',
      Error: 'None of the contacts could be processed',
      ErrorFile: `DATA/Batchjob/${job}/JSONError/application:json/LAST`,
    });
    expect(JSON.parse(await errorsOf(here, job))).toHaveLength(2);
  });

  it('can be fetched once the job has ended, one by one of very many', async () => {
    const stepped = await startMock();
    const here = bulk(stepped, 'many rejected');
    const jobs = stepping(stepped, here.account, 10);
    const people = Array.from({ length: 8000 }, (_, n) => ({
      Email: n % 2 === 0 ? `person${n}@example.com` : `person${n}`,
    }));
    const job = await start(here, people);
    const path = `batchjob/${job}/JSONError/application:json/LAST`;
    const counts: number[] = [];
    const standing = () => here.account.sql('SELECT Status, Current FROM job').get();
    for (;;) {
      const row = await here.get(`contact/managemanycontacts/${job}`);
      counts.push(Number(row.Count));
      if (row.Status === 'Completed') break;
      expect([row.ErrorFile, (await here.download(path)).status]).toEqual(['', 404]);
      jobs.untilChange(job, standing);
    }
    expect(counts.at(-1)).toBe(4000);
    expect(counts.filter((count) => count > 0 && count < 4000)).toHaveLength(7);
    const rejected = JSON.parse(await errorsOf(here, job)) as { Email: string }[];
    expect(rejected.map(({ Email }) => Email)).toEqual(
      people.map(({ Email }) => Email).filter((email) => !email.includes('@')),
    );
    await stepped.close();
  });
});

it('an abort in the middle of the work keeps no body, and ends the error file', async () => {
  const stepped = await startMock();
  const here = bulk(stepped, 'aborted');
  const jobs = stepping(stepped, here.account, 10);
  const people = Array.from({ length: 1000 }, (_, n) => ({
    Email: n < 500 ? `person${n}` : `person${n}@example.com`,
  }));
  const job = await start(here, people);
  const data = () => here.account.sql('SELECT kind, isComplete FROM data ORDER BY ID').all();
  jobs.untilChange(job, () => here.account.sql('SELECT Count FROM job').get());
  expect(data()).toEqual([
    { kind: expect.any(String), isComplete: 1n },
    { kind: 'JSONError', isComplete: 0n },
  ]);
  const put = await here.call('PUT', `/v3/REST/batchjob/${job}`, { body: { Status: 'Abort' } });
  expect(put.status).toBe(200);
  expect(data()).toEqual([{ kind: 'JSONError', isComplete: 1n }]);
  expect(await here.get(`contact/managemanycontacts/${job}`)).toMatchObject({
    Status: 'Abort',
    ErrorFile: `DATA/Batchjob/${job}/JSONError/application:json/LAST`,
  });
  expect(JSON.parse(await errorsOf(here, job))).toHaveLength(500);
  await stepped.close();
});

it('takes the others to their lists, however many before them are rejected', async () => {
  const here = bulk(mock, 'rejected first');
  const news = await here.list('News');
  const people = Array.from({ length: 200 }, (_, n) => ({ Email: `person${n}` }));
  await start(here, [...people, { Email: ann }], {
    ContactsLists: [{ ListID: news, Action: 'addforce' }],
  });
  expect(await here.members(news)).toEqual([ann]);
});

describe.each([
  ['a small body', 100],
  ['a large body', 3000],
])('%s', (name, count) => {
  const person = (n: number) => `person${String((n * 7919) % count).padStart(4, '0')}@example.com`;

  it('says of an address twice: the later counts last, what it leaves out stays', async () => {
    const here = bulk(mock, `${name} with repeats`);
    await here.property('age', 'int');
    const job = await start(here, [
      ...Array.from({ length: count }, (_, n) => ({
        Email: person(n),
        Name: `Person ${n}`,
        Properties: { age: n, country: 'de' },
      })),
      ...Array.from({ length: count }, (_, n) => ({
        Email: person(n).toUpperCase(),
        Properties: { Age: n, age: n + 1, country: null },
      })),
    ]);
    expect(await here.get(`contact/managemanycontacts/${job}`)).toMatchObject({
      Status: 'Completed',
      Count: 2 * count,
      ErrorFile: '',
    });
    for (const n of [0, 1, count >> 1, count - 1]) {
      expect(await here.values(person(n))).toEqual({ age: String(n + 1) });
      expect((await here.get(`contact/${person(n)}`)).Name).toBe(`Person ${n}`);
    }
    const contacts = here.account.sql('SELECT count(*) AS n FROM contact').get();
    expect(contacts).toEqual({ n: BigInt(count + 1) }); // the owner's is one
  });

  it(`gives IDs in ${count > 2000 ? 'the order of addresses' : 'its own order'}`, async () => {
    const here = bulk(mock, `${name} in order`);
    const people = Array.from({ length: count }, (_, n) => person(n));
    await start(
      here,
      people.map((Email) => ({ Email })),
    );
    const rows = here.account.sql('SELECT Email FROM contact ORDER BY ID').all() as {
      Email: string;
    }[]; // the one column selected
    const expected = count > 2000 ? [...people].sort() : people;
    expect(rows.slice(1).map(({ Email }) => Email)).toEqual(expected);
  });
});

it.each([
  ['reported for managecontact: a string', 'country=fr'],
  ['assumed: an empty list', []],
  ['null', null],
  ['an empty object', {}],
])('Properties as %s change nothing', async (name, Properties) => {
  const here = bulk(mock, `properties ${name}`);
  await start(here, [{ Email: ann, Properties: { country: 'de' } }]);
  const job = await start(here, [{ Email: ann, Name: 'Ann', Properties }]);
  expect(await here.get(`contact/managemanycontacts/${job}`)).toMatchObject({
    Status: 'Completed',
    Count: 1,
    ErrorFile: '',
  });
  expect(await here.values(ann)).toEqual({ country: 'de' });
  expect((await here.get(`contact/${ann}`)).Name).toBe('Ann');
});

it('documented: updates name and properties of one who is there, and null unsets', async () => {
  const here = bulk(mock, 'update');
  const Properties = { country: 'de', firstname: 'Ann' };
  await start(here, [{ Email: ann, Name: 'Ann', Properties }]);
  await start(here, [
    { Email: ann, Name: 'Ann Lee', Properties: { country: null, newsletter_sub: true } },
    { Email: ann.toUpperCase(), IsExcludedFromCampaigns: true },
  ]);
  expect(await here.values(ann)).toEqual({ firstname: 'Ann', newsletter_sub: 'true' });
  expect(await here.get(`contact/${ann}`)).toMatchObject({
    Name: 'Ann Lee',
    IsExcludedFromCampaigns: true,
  });
  expect(rowsOf(await here.call('GET', '/v3/REST/contact'))).toHaveLength(2); // the owner and Ann
});

it('documented: takes each contact to several lists', async () => {
  const here = bulk(mock, 'several lists');
  const [news, offers] = [await here.list('News'), await here.list('Offers')];
  await start(here, [{ Email: ann }], {
    Action: 'remove', // reported: one production client posts it, and it is left alone
    ContactsLists: [
      { ListID: String(news), Action: 'ADDFORCE' },
      { ListID: offers, action: 'unsub' },
    ],
  });
  expect(await here.members(news)).toEqual([ann]);
  expect(await here.members(offers)).toEqual([`!${ann}`]);
});

it.each([
  ['no such list', { ContactsLists: [{ ListID: 4, Action: 'unsub' }], Contacts: [] }],
  ['a bad action', { ContactsLists: [{ ListID: 4, Action: 'join' }], Contacts: [] }],
  ['no Contacts', {}],
  ['Contacts that are no list', { Contacts: { Email: ann } }],
])('a POST with %s is refused', async (_name, body) => {
  const here = bulk(mock, 'refused');
  const answer = await here.call('POST', '/v3/REST/contact/managemanycontacts', { body });
  expect([answer.status, answer.reason]).toEqual([400, 'Object properties invalid']);
  expect(rowsOf(await here.call('GET', '/v3/REST/batchjob'))).toEqual([]);
});

it('a job is found only where it was posted', async () => {
  const here = bulk(mock, 'paths');
  const [news, offers] = [await here.list('News'), await here.list('Offers')];
  const path = `/v3/REST/contactslist/${news}/ManageManyContacts`;
  const body = { Action: 'addforce', Contacts: [{ Email: ann }] };
  const job = idOf(await here.call('POST', path, { body }), 'JobID');
  const status = async (where: string) => (await here.call('GET', `/v3/REST/${where}`)).status;
  expect(await status(`contactslist/${news}/managemanycontacts/${job}`)).toBe(200);
  expect(await status(`contactslist/${offers}/managemanycontacts/${job}`)).toBe(404);
  expect(await status(`contactslist/${news}/importlist/${job}`)).toBe(404);
  expect(await status(`contact/managemanycontacts/${job + 1}`)).toBe(404);
  expect(await status(`contact/${job}/managemanycontacts`)).toBe(404); // reported
});

it('jobs that are held keep all their contacts, however many there are', async () => {
  const here = bulk(mock, 'many held');
  here.pace('held');
  const jobs: number[] = [];
  for (let n = 0; n < 12; n += 1) {
    const body = { Contacts: [{ Email: `reader${n}@example.com` }] };
    jobs.push(
      idOf(await here.call('POST', '/v3/REST/contact/managemanycontacts', { body }), 'JobID'),
    );
  }
  for (const job of jobs) for (let state = 0; state < 4; state += 1) await here.step(job);
  const { Total } = JSON.parse((await here.call('GET', '/v3/REST/contact?countOnly=1')).body);
  expect(Total).toBe(13); // with its owner
});
