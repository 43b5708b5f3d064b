import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

it('makes a contact and finds it by ID and by address', async () => {
  const made = await mock.call('POST', '/v3/REST/contact', {
    body: { Email: 'ann.lee@example.com', Name: 'Ann Lee' },
  });
  expect(made.status).toBe(201);
  const { ID } = JSON.parse(made.body).Data[0];
  const byAddress = await mock.call('GET', '/v3/REST/contact/ann.lee%40example.com');
  expect(byAddress.body).toBe((await mock.call('GET', `/v3/REST/contact/${ID}`)).body);
});
