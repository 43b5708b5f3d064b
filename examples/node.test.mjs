// npm install --save-dev mockjet node-mailjet, then: node --test
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startMockjet } from 'mockjet';
import Mailjet from 'node-mailjet';

let mockjet;
let account;
before(async () => {
  mockjet = await startMockjet();
});
beforeEach(async () => {
  account = await mockjet.account();
  // the keys, and Mockjet as proxy: node-mailjet comes to it as it is
  Object.assign(process.env, account.env);
});
after(() => mockjet.close());

/** Calls Mailjet as the application does, with a client that is made when it is needed. */
async function call(method, resource, { id, action, body } = {}) {
  const { MJ_APIKEY_PUBLIC, MJ_APIKEY_PRIVATE } = process.env;
  let request = Mailjet.apiConnect(MJ_APIKEY_PUBLIC, MJ_APIKEY_PRIVATE)[method](resource);
  if (id !== undefined) request = request.id(id);
  if (action !== undefined) request = request.action(action);
  return (await request.request(body)).body.Data[0];
}

test('a job moves on when the test says so', async () => {
  await account.jobs.pace('held');
  const { ID: list } = await call('post', 'contactslist', { body: { Name: 'Readers' } });
  const action = 'managemanycontacts';
  const Contacts = [{ Email: 'ann.lee@example.com' }];
  const body = { Action: 'addnoforce', Contacts };
  const { JobID } = await call('post', 'contactslist', { id: list, action, body });
  const states = [];
  while (states.at(-1) !== 'Completed') {
    const job = await account.jobs.step(JobID);
    states.push(job.status);
  }
  const { members } = await account.lists.get('Readers');
  assert.deepEqual(
    members.map(({ email }) => email),
    ['ann.lee@example.com'],
  );
  assert.ok(states.length > 1, states.join());
});

test('time is what the test says', async () => {
  await account.clock.freeze('2026-03-01T09:00:00Z');
  await account.clock.advance('1d');
  const contact = await call('post', 'contact', { body: { Email: 'ann.lee@example.com' } });
  assert.equal(contact.CreatedAt, '2026-03-02T09:00:00Z');
});
