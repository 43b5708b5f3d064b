import { afterAll, beforeAll, expect, it } from 'vitest';
import { newAccount, rows, startImport } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ pace: 'timed', stateMs: 5 });
});
afterAll(() => mock.close());

/** What a test of an application does, on an account of its own. */
async function story() {
  const account = newAccount(mock);
  const { call, control } = account;
  await control('POST', '/clock/freeze', { at: '2026-03-01T09:00:00Z' });
  await control('POST', '/snapshots', { name: 'empty' });

  // an import whose every state is seen, and no sleep
  await control('PUT', '/jobs/pace', { pace: 'polled' });
  const id = await startImport(account, mock, 'email\nann@example.com\nbob@example.com\n');
  for (const state of ['Upload', 'Prepare', 'Importing', 'Completed'])
    expect(rows(await call('GET', `/v3/REST/csvimport/${id}`))[0].Status).toBe(state);

  // a day later
  await control('POST', '/clock/advance', { by: '1d' });
  const [carla] = rows(await call('POST', '/v3/REST/contact', { Email: 'carla@example.com' }));
  expect(carla.CreatedAt).toBe('2026-03-02T09:00:00Z');

  // the second call fails, and the third is good again
  await control('POST', '/faults', { operation: 'contact get', nth: 2, error: 'tooManyRequests' });
  const statuses = [];
  for (let i = 0; i < 3; i += 1)
    statuses.push((await call('GET', `/v3/REST/contact/${carla.ID}`)).status);
  expect(statuses).toEqual([200, 429, 200]);

  // three requests that the application sends in its own time
  await control('DELETE', '/requests');
  const waiting = control('GET', '/requests?operation=contact%20update&count=3&wait=20s');
  for (const Name of ['Carla', 'Carla R.', 'Carla Rossi'])
    await call('PUT', `/v3/REST/contact/${carla.ID}`, { Name });
  const { requests } = await waiting;
  expect(requests.map((request: { body: unknown }) => request.body)).toEqual([
    { Name: 'Carla' },
    { Name: 'Carla R.' },
    { Name: 'Carla Rossi' },
  ]);

  // and back to the beginning
  await control('POST', '/snapshots/empty/restore');
  expect(rows(await call('GET', '/v3/REST/contact')).map(({ Email }) => Email)).toEqual([
    'owner@example.com',
  ]);
  expect(rows(await call('GET', '/v3/REST/csvimport'))).toEqual([]);
}

it('fifty tests steer their accounts at once', async () => {
  await Promise.all(Array.from({ length: 50 }, story));
}, 60_000);
