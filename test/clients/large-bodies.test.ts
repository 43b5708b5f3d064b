import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Mock, startMock } from '../support/mock.ts';

const size = 60 * 1024 * 1024;

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

test('takes 60 MB of CSV, keeps every byte, and answers others meanwhile', async () => {
  const { ID: list } = JSON.parse((await mock.call('GET', '/v3/REST/contactslist')).body).Data[0];
  const line = `${'reader'.padEnd(80, 'x')}@example.com,${'Reader '.repeat(100)}\n`;
  const csv = Buffer.concat([
    Buffer.from('email,name\n'),
    Buffer.alloc(size - 'email,name\n'.length, line),
  ]);
  const path = `/v3/DATA/contactslist/${list}/csvdata/text:plain`;
  const upload = http.request(`${mock.url}${path}`, {
    method: 'POST',
    auth: 'public:private',
    headers: { 'Content-Type': 'text/plain', 'Content-Length': csv.length },
  });
  const answered = once(upload, 'response');
  for (let sent = 0; sent < 4; sent += 1) {
    await new Promise((resolve) =>
      upload.write(csv.subarray((sent * size) / 4, ((sent + 1) * size) / 4), resolve),
    );
    if (sent < 3) expect((await mock.call('GET', '/v3/REST/contact')).status).toBe(200);
  }
  upload.end();
  const [answer] = (await answered) as [http.IncomingMessage];
  expect(await text(answer)).toMatch(/^\{ "ID" : \d+ \}$/);
  expect((await mock.call('GET', path)).body === csv.toString()).toBe(true);
});

test('takes 15 MB of contacts in one call', async () => {
  const value = 'about '.repeat(10_000);
  const contact = (n: number) =>
    `{"Email":"reader${n}@example.com","Properties":{"country":"${value}"}}`;
  const count = Math.floor(size / 4 / contact(1000).length);
  const Contacts = Array.from({ length: count }, (_, n) => contact(n));
  const made = await mock.call('POST', '/v3/REST/contact/managemanycontacts', {
    body: `{"Contacts":[${Contacts.join(',')}]}`,
  });
  expect(made.status).toBe(201);
  const { JobID } = JSON.parse(made.body).Data[0];
  const job = await mock.call('GET', `/v3/REST/contact/managemanycontacts/${JobID}`);
  expect(JSON.parse(job.body).Data[0]).toMatchObject({ Status: 'Completed', Count: count });
  const last = await mock.call('GET', `/v3/REST/contactdata/reader${count - 1}@example.com`);
  expect(JSON.parse(last.body).Data[0].Data).toEqual([{ Name: 'country', Value: value }]);
});

test.each([
  ['/v3/REST/contact/managemanycontacts', 'application/json'],
  ['/v3/DATA/contactslist/LIST/csvdata/text:plain', 'text/plain'],
])('refuses more than its limit at %s with the page of the front', async (path, type) => {
  const small = await startMock({ bodyLimit: 100_000 });
  const lists = await small.call('GET', '/v3/REST/contactslist');
  const { ID } = JSON.parse(lists.body).Data[0];
  const answer = await small.call('POST', path.replace('LIST', ID), {
    body: Buffer.alloc(100_001, ' '),
    headers: { 'Content-Type': type },
  });
  expect(answer).toMatchObject({ status: 413, headers: { 'content-type': 'text/html' } });
  await small.close();
});
