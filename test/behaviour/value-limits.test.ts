import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { longestValue } from '../../src/lib/property-value.ts';
import { type Bulk, bulk, idOf, rowsOf } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let here: Bulk;
const lines: string[] = [];
const logger = pino(
  { level: 'info' },
  { write: (line) => void lines.push(JSON.parse(line).err?.message ?? JSON.parse(line).msg) },
);
beforeAll(async () => {
  mock = await startMock({ logger });
});
afterAll(() => mock.close());

let accounts = 0;
const ann = 'ann.lee@example.com';
beforeEach(async () => {
  accounts += 1;
  here = bulk(mock, `value-limits-${accounts}`);
  await here.call('POST', '/v3/REST/contact', { body: { Email: ann } });
  await here.call('POST', '/v3/REST/contactmetadata', {
    body: { Name: 'visit', NameSpace: 'historic' },
  });
  lines.length = 0;
});

const longest = 'x'.repeat(longestValue);
const tooLong: [name: string, value: string, bytes: number][] = [
  ['letters', `${longest}x`, longestValue + 1],
  ['letters of three bytes', '山'.repeat(21_846), 65_538],
];

/** The ways that a value of `country` gets in: what each answers, and where it tells of a value that is refused. */
const ways: Record<string, (value: string) => Promise<string>> = {
  'PUT contactdata': async (Value) =>
    (
      await here.call('PUT', `/v3/REST/contactdata/${ann}`, {
        body: { Data: [{ Name: 'country', Value }] },
      })
    ).body,
  managecontact: async (country) => {
    const list = await here.list('Readers');
    const body = { Email: ann, Action: 'addforce', Properties: { country } };
    return (await here.call('POST', `/v3/REST/contactslist/${list}/managecontact`, { body })).body;
  },
  managemanycontacts: async (country) => {
    const body = { Contacts: [{ Email: ann, Properties: { country } }] };
    const job = idOf(
      await here.call('POST', '/v3/REST/contact/managemanycontacts', { body }),
      'JobID',
    );
    return String((await here.download(`batchjob/${job}/JSONError/application:json/LAST`)).bytes);
  },
  csvimport: async (country) => {
    const list = await here.list('Readers');
    return here.errorFile(await here.import(`email,country\n${ann},"${country}"\n`, { list }));
  },
};

describe.each(Object.entries(ways))('a value by %s', (_name, send) => {
  it('of 65,535 bytes is taken', async () => {
    await send(longest);
    expect((await here.values(ann)).country).toBe(longest);
  });

  it.each(tooLong)(
    'of more, in %s, is refused and its length told',
    async (_what, value, bytes) => {
      const told = (await send(value)).toLowerCase();
      expect(told).toContain(
        `length of value (${bytes} bytes) exceeds maximum data length (65535 bytes)`,
      );
      expect(await here.values(ann)).not.toHaveProperty('country');
    },
  );
});

it('a historic value has the same limit, in the words of contactdata', async () => {
  const { ID } = await here.get(`contact/${ann}`);
  const store = (Data: string) =>
    here.call('POST', '/v3/REST/contacthistorydata', {
      body: { ContactID: ID, Name: 'visit', Data },
    });
  expect((await store(longest)).status).toBe(201);
  const { status, body } = await store(`${longest}x`);
  expect([status, JSON.parse(body).ErrorMessage]).toEqual([
    400,
    '[{ "visit" : "CM06 Length of value (65536 bytes) exceeds maximum data length (65535 bytes)" }]',
  ]);
});

it.each([
  ['PUT', `contactdata/${ann}`, 'Data', { Name: 'country', Value: 'x' }],
  ['POST', `contact/${ann}/managecontactslists`, 'ContactsLists', {}],
  ['POST', 'contact/managemanycontacts', 'ContactsLists', {}],
])(
  '%s %s takes 10,000 entries of %s and answers 413 to more',
  async (method, path, name, entry) => {
    const send = (length: number) =>
      here.call(method, `/v3/REST/${path}`, {
        body: { [name]: Array(length).fill(entry), Contacts: [] },
      });
    const { Contacts: _, ...rest } = { Contacts: [] };
    expect(rest).toEqual({});
    expect((await send(10_000)).status).not.toBe(413);
    expect((await send(10_001)).status).toBe(413);
    expect(lines).toContain(`The body has more than 10000 entries of ${name}`);
  },
);

describe('a page whose rows are long', () => {
  beforeEach(() => {
    here.account.write(() => {
      const insert = here.account.sql(
        'INSERT INTO contact (Email, CreatedAt, properties) VALUES (?, ?, ?)',
      );
      const { id } = here.account
        .sql("SELECT ID AS id FROM contactmetadata WHERE Name = 'country'")
        .get() as { id: bigint }; // one column selected
      for (let i = 0; i < 300; i += 1)
        insert.run(
          `reader${i}@example.com`,
          here.account.time(),
          JSON.stringify({ [String(id)]: longest }),
        );
    });
  });
  const read = (query: string) => here.call('GET', `/v3/REST/contactdata?${query}`);

  it('is refused in Mailjet’s words, and the log says what to ask for', async () => {
    const answer = await read('Limit=1000');
    expect([answer.status, JSON.parse(answer.body).ErrorMessage]).toEqual([
      500,
      'An Unexpected Error occurred during API request',
    ]);
    expect(lines).toContain('A page has more than 16777216 bytes: ask for fewer rows by Limit');
  });

  it('can be read in parts, and the account is in order', async () => {
    await read('Limit=1000');
    const rows = rowsOf(await read('Limit=200&Offset=50'));
    expect(rows).toHaveLength(200);
    expect(rows.at(-1)?.Data).toEqual([{ Name: 'country', Value: longest }]);
    expect(
      (await here.call('POST', '/v3/REST/contact', { body: { Email: 'b@example.com' } })).status,
    ).toBe(201);
  });
});
