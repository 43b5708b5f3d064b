import Mailjet from 'node-mailjet';
import { describe, expect, test } from 'vitest';
import { test as mockjetTest } from '../../src/vitest.ts';
import { mailjet } from '../support/mailjet.ts';

const before = process.env.MJ_APIKEY_PUBLIC;
const proxy = process.env.HTTPS_PROXY;
const seen: { apiKey: string; url: string }[] = [];

describe.each(['one test', 'another'])('%s', () => {
  mockjetTest('has an account of its own, and its variables', async ({ account }) => {
    expect(process.env.MJ_APIKEY_PUBLIC).toBe(account.apiKey);
    await mailjet(account, 'POST', 'REST/contact', { Email: 'ada@example.com' });
    expect(await account.requests.find({ status: 201 })).toHaveLength(1);
    expect(seen.map(({ apiKey }) => apiKey)).not.toContain(account.apiKey);
    seen.push(account);
  });
});

mockjetTest('has one server for the worker', async ({ mockjet }) => {
  expect(seen.map(({ url }) => url)).toEqual([mockjet.url, mockjet.url]);
});

mockjetTest('has the variables without naming the account', () => {
  expect(process.env.MJ_APIKEY_PUBLIC).toMatch(/./);
  expect(process.env.MJ_APIKEY_PUBLIC).not.toBe(before);
});

mockjetTest('is reached by the official client as it is', async ({ account }) => {
  const { MJ_APIKEY_PUBLIC = '', MJ_APIKEY_PRIVATE = '' } = process.env;
  await new Mailjet.Client({ apiKey: MJ_APIKEY_PUBLIC, apiSecret: MJ_APIKEY_PRIVATE })
    .post('contact', { version: 'v3' })
    .request({ Email: 'grace@example.com' });
  expect(await account.requests.find({ email: 'grace@example.com' })).toHaveLength(1);
});

describe('at the same time', { concurrent: true }, () => {
  for (const name of ['Ada', 'Grace', 'Edsger'])
    mockjetTest(`${name} is alone in an account`, async ({ account, expect }) => {
      await mailjet(account, 'POST', 'REST/contact', { Email: `${name}@example.com` });
      await new Promise((resolve) => setTimeout(resolve, 10 * name.length));
      // its owner is the other
      expect(await mailjet(account, 'GET', 'REST/contact')).toHaveLength(2);
    });
});

const polled = mockjetTest.extend({
  mockjetOptions: [{ pace: 'polled' as const }, { scope: 'worker' }],
});
polled('is started as the options say', async ({ account }) => {
  expect(await account.jobs.pace()).toMatchObject({ pace: 'polled' });
});

test('the environment is afterwards what it was', () => {
  expect(process.env.MJ_APIKEY_PUBLIC).toBe(before);
  expect(process.env.HTTPS_PROXY).toBe(proxy);
});
