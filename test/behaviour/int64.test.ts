import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshAccount } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const tables = ['contact', 'contactslist', 'listrecipient', 'contactmetadata', 'data'];

/** An account whose next object of every kind has the ID `next`. */
async function accountWithNextId(next: string) {
  const account = freshAccount(mock);
  await account.get('contact');
  const own = mock.registry.accounts().find(({ apiKey }) => account.user.startsWith(`${apiKey}:`));
  for (const table of tables)
    own?.sql('UPDATE sqlite_sequence SET seq = ? WHERE name = ?').run(BigInt(next) - 1n, table);
  return account;
}

describe.each(['98765432123456789', '9007199254740993', '9223372036854775807'])(
  'The ID %s',
  (id) => {
    it('is exact in answers, paths, bodies and filters', async () => {
      const { get, post, put } = await accountWithNextId(id);
      const ann = { Email: 'ann.lee@example.com', Name: 'Ann' };
      const made = await post('contact', ann);
      expect(made.body).toContain(`"ID" : ${id},`);
      expect((await get(`contact/${id}`)).body).toBe(made.body);
      expect((await put(`contact/${id}`, `{"ID":${id},"Name":"Ann Lee"}`)).body).toContain(id);

      expect((await post('contactslist', { Name: 'Team' })).body).toContain(`"ID" : ${id},`);
      const body = `{"ContactID":${id},"ListID":"${id}"}`;
      const recipient = await post('listrecipient', body);
      expect(recipient.body).toContain(`"ContactID" : ${id}, "ID" : ${id},`);
      expect(recipient.body).toContain(`"ListID" : ${id},`);
      expect((await get(`listrecipient/${id}`)).body).toBe(recipient.body);
      expect((await get(`listrecipient?Contact=${id}`)).body).toBe(recipient.body);
      expect((await get(`contact?ContactsList=${id}`)).body).toContain(`"ID" : ${id},`);
      expect((await get(`contactslist?ExcludeID=${id}`)).body).not.toContain(id);

      const data = `{"ContactID":${id},"Data":[{"Name":"country","Value":${id}}]}`;
      expect((await post('contactdata', data)).body).toContain(
        `"ContactID" : ${id}, "Data" : [{ "Name" : "country", "Value" : "${id}" }], "ID" : ${id},`,
      );
      expect((await get(`contactdata/${id}`)).body).toContain(`"Value" : "${id}"`);

      expect((await get(`contact/${id}/getcontactslists`)).body).toContain(`"ListID" : ${id},`);
      const managed = await post(`contact/${id}/managecontactslists`, {
        ContactsLists: [{ ListID: id, Action: 'remove' }],
      });
      expect(managed.body).toContain(`"ListID" : ${id} }`);
    });

    it('is that of an upload and comes back from its import', async () => {
      const account = await accountWithNextId(id);
      const made = await account.post('contactslist', { Name: 'Team' });
      expect(made.status).toBe(201);
      const upload = await account.call('POST', `/v3/DATA/contactslist/${id}/CSVData/text:plain`, {
        body: 'email\nann.lee@example.com\n',
        headers: { 'Content-Type': 'text/plain' },
      });
      expect(upload.body).toBe(`{ "ID" : ${id} }`);
      const job = await account.post(
        'csvimport',
        `{"ContactsListID":${id},"DataID":${id},"Method":"addforce"}`,
      );
      expect(job.body).toContain(`"ContactsListID" : ${id},`);
      expect(job.body).toContain(`"DataID" : ${id},`);
      const found = await account.get(`batchjob?Data=${id}&RefID=${id}`);
      expect(found.body).toContain(`"DataID" : ${id},`);
      expect(found.body).toContain(`"RefId" : ${id},`);
    });
  },
);

describe('A number beyond 64 bits', () => {
  const tooLarge = '9223372036854775808';
  it.each([
    ['GET', `contact/${tooLarge}`, undefined, 404],
    ['GET', `contact?ContactsList=${tooLarge}`, undefined, 400],
    ['POST', 'listrecipient', `{"ContactID":${tooLarge},"ListID":1}`, 400],
    ['POST', 'contactdata', `{"ContactID":${tooLarge},"Data":[]}`, 400],
    ['DELETE', `/v4/contacts/${tooLarge}`, undefined, 400],
    ['GET', `contact/${'9'.repeat(60_000)}`, undefined, 404],
    ['POST', 'listrecipient', `{"ContactID":${'9'.repeat(1_000_000)}}`, 400],
    ['POST', 'listrecipient', `{"ContactID":"${'9'.repeat(1_000_000)}"}`, 400],
  ])('%s row %# is refused', async (method, path, body, status) => {
    expect((await freshAccount(mock).call(method, path, { body })).status).toBe(status);
  });
});
