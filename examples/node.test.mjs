// npm install --save-dev mockjet, then: node --test
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startMockjet } from 'mockjet';

let mockjet;
let account;
before(async () => {
  mockjet = await startMockjet();
});
beforeEach(async () => {
  account = await mockjet.account();
});
after(() => mockjet.close());

/** Calls Mailjet's API as the application does. */
async function call(method, path, body) {
  const authorization = `Basic ${btoa(`${account.apiKey}:${account.secretKey}`)}`;
  const url = `${account.url}/v3/REST/${path}`;
  const answer = await fetch(url, {
    method,
    headers: { authorization },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()).Data[0];
}

test('a job moves on with each look at it', async () => {
  await account.jobs.pace('polled');
  const { JobID } = await call('POST', 'contact/managemanycontacts', {
    Contacts: [{ Email: 'ann.lee@example.com' }],
  });
  const states = [];
  while (states.at(-1) !== 'Completed') {
    states.push((await call('GET', `contact/managemanycontacts/${JobID}`)).Status);
  }
  assert.ok(states.length > 1, states.join());
});

test('time is what the test says', async () => {
  await account.clock.freeze('2026-03-01T09:00:00Z');
  await account.clock.advance('1d');
  const contact = await call('POST', 'contact', { Email: 'ann.lee@example.com' });
  assert.equal(contact.CreatedAt, '2026-03-02T09:00:00Z');
});
