// npm install --save-dev vitest mockjet, then: npx vitest run
import { test } from 'mockjet/vitest';
import { expect } from 'vitest';

// The application: in its own file, and it knows nothing of Mockjet.
async function subscribe(email) {
  const { MOCKJET_URL, MJ_APIKEY_PUBLIC, MJ_APIKEY_PRIVATE } = process.env;
  const answer = await fetch(`${MOCKJET_URL ?? 'https://api.mailjet.com'}/v3/REST/contact`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${MJ_APIKEY_PUBLIC}:${MJ_APIKEY_PRIVATE}`)}` },
    body: JSON.stringify({ Email: email }),
  });
  if (!answer.ok) throw new Error(`Mailjet answered ${answer.status}`);
}

// Each test has an account of its own, and its keys are in the environment.
test('subscribes', async ({ account }) => {
  await subscribe('ann.lee@example.com');
  const [call] = await account.requests.find({ operation: 'contact create' });
  expect(call).toMatchObject({ status: 201, body: { Email: 'ann.lee@example.com' } });
});

test('says when Mailjet has had enough', async ({ account }) => {
  await account.faults.add({ operation: 'contact create', nth: 2, error: 'tooManyRequests' });
  await subscribe('ann.lee@example.com');
  await expect(subscribe('bo.yang@example.com')).rejects.toThrow('429');
});
