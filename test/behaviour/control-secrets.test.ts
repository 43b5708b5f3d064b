import { afterAll, beforeAll, expect, it } from 'vitest';
import { controlRoutes } from '../../src/wire/control/routes.ts';
import { newAccount, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

const secrets = {
  account: 'secret-of-ann-7351',
  configured: 'secret-of-the-pair-7352',
  token: 'token-of-control-7353',
  basic: Buffer.from('ann:secret-of-ann-7351').toString('base64'),
};
const token = { 'X-Mockjet-Token': secrets.token };

let mock: Mock;
let account: TestAccount;
beforeAll(async () => {
  mock = await startMock({
    apiKey: 'configured',
    secretKey: secrets.configured,
    controlToken: secrets.token,
  });
  account = newAccount(mock, `ann:${secrets.account}`);
  const body = { apiKey: 'ann', secretKey: secrets.account };
  await mock.call('POST', '/_mockjet/accounts', { body, headers: token });
  // calls whose heads and answers have the secret: the record and the snapshot must not
  await account.call('GET', '/v3/REST/apikey');
  await mock.call('GET', '/v3/REST/apikey', {
    user: account.user,
    headers: { ...token, 'Proxy-Authorization': `Basic ${secrets.basic}` },
  });
  const contacts = { Contacts: [{ Email: 'bob@example.com' }] };
  await account.call('POST', '/v3/REST/contact/managemanycontacts', contacts);
  const snapshot = { body: { name: 'before' }, headers: token };
  await account.try('POST', '/snapshots', snapshot);
});
afterAll(() => mock.close());

/** Each route once, those that remove last; what is looked at does not matter, so long as it answers. */
const routes = controlRoutes
  .filter(({ method, path }) => !(method === 'POST' && path === '/accounts'))
  .toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'));

const bodies: Record<string, unknown> = {
  '/faults': { status: 500 },
  '/snapshots': { name: 'two' },
};

it('that are known stand in no answer of the control API, whoever asks', async () => {
  const statuses: Record<string, number> = {};
  for (const { method, path } of routes)
    for (const user of [account.user, '']) {
      const job = (await account.try('GET', '/jobs', { headers: token })).body;
      const id = String(JSON.parse(job).jobs?.[0]?.id ?? 1);
      const where = `/_mockjet${path.replace(':name', 'before').replace(':id', id)}`;
      const body = method === 'GET' || method === 'DELETE' ? undefined : (bodies[path] ?? {});
      const answer = await mock.call(method, where, { user, headers: token, body });
      statuses[`${method} ${path}`] = Math.min(answer.status, statuses[`${method} ${path}`] ?? 999);
      const whole = JSON.stringify(answer.headers) + answer.body;
      for (const [name, secret] of Object.entries(secrets))
        expect(whole.includes(secret), `${method} ${path} shows ${name}`).toBe(false);
    }
  // the routes that give most to see were seen
  expect(statuses).toMatchObject({
    'GET /requests': 200,
    'GET /snapshots/:name': 200,
    'GET /config': 200,
    'GET /accounts': 200,
    'GET /account': 200,
    'GET /jobs/:id': 200,
  });
});
