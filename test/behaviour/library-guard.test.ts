import https from 'node:https';
import { expect, test } from 'vitest';
import { test as mockjetTest } from '../../src/vitest.ts';

const url = 'https://api.mailjet.com/v3/REST/contact';
const before = globalThis.fetch;
const basic = ({ apiKey, secretKey }: { apiKey: string; secretKey: string }) => ({
  authorization: `Basic ${btoa(`${apiKey}:${secretKey}`)}`,
});

mockjetTest('fetch of the real host comes to the mock', async ({ account }) => {
  const headers = { ...basic(account), 'content-type': 'application/json' };
  const body = (name: string) => JSON.stringify({ Email: `${name}@example.com` });
  expect((await fetch(url, { method: 'POST', headers, body: body('ann') })).status).toBe(201);
  const request = new Request(url, { method: 'POST', headers, body: body('bo') });
  expect((await fetch(request)).status).toBe(201);
  expect((await fetch(new URL(`${url}?Limit=1`), { headers })).status).toBe(200);
  expect(await account.contacts.get('bo@example.com')).toBeDefined();
  expect(await account.requests.find({ operation: 'contact create' })).toHaveLength(2);
});

mockjetTest('a client that knows no proxy is refused in a sentence', async () => {
  const promise = new Promise((resolve, reject) => {
    https.get(url, { agent: new https.Agent() }, resolve).on('error', reject);
  });
  await expect(promise).rejects.toThrow('keeps this test from the real Mailjet: api.mailjet.com');
});

mockjetTest('other hosts are called as ever', async ({ mockjet }) => {
  const asName = mockjet.url.replace('127.0.0.1', 'localhost');
  expect((await fetch(`${asName}/livez`)).status).toBe(200);
});

test('afterwards fetch is what it was', () => expect(globalThis.fetch).toBe(before));
