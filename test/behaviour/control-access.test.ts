import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageVersion } from '../../src/lib/version.ts';
import { newAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let locked: Mock;
beforeAll(async () => {
  mock = await startMock({ tlsName: ['mock.shop.example'] });
  locked = await startMock({
    controlToken: 'open sesame',
    apiKey: 'public',
    secretKey: 'hush',
  });
});
afterAll(async () => {
  await mock.close();
  await locked.close();
});

const port = () => new URL(mock.url).port;

describe('a page', () => {
  it.each<[string, number, () => Record<string, string>]>([
    ['of another origin', 403, () => ({ Origin: 'https://evil.example' })],
    ['of another port of this machine', 403, () => ({ Origin: 'http://127.0.0.1:3000' })],
    ['that a browser calls cross-site', 403, () => ({ 'Sec-Fetch-Site': 'cross-site' })],
    ['that a browser calls same-site', 403, () => ({ 'Sec-Fetch-Site': 'same-site' })],
    ['in a sandbox', 403, () => ({ Origin: 'null' })],
    ['that made its name lead here', 403, () => ({ Host: `evil.example:${port()}` })],
    [
      'that made its name lead here, and posts',
      403,
      () => ({ Host: `evil.example:${port()}`, Origin: `http://evil.example:${port()}` }),
    ],
    ['with a dot behind its name', 403, () => ({ Host: `evil.example.:${port()}` })],
    ['of this server', 204, () => ({ Origin: mock.url, 'Sec-Fetch-Site': 'same-origin' })],
    ['typed into the address bar', 204, () => ({ 'Sec-Fetch-Site': 'none' })],
    ['by the name of a container', 204, () => ({ Host: 'mailjet-mock:6245' })],
    ['by a private name', 204, () => ({ Host: 'mock.dev.internal' })],
    ['by Mailjet’s name', 204, () => ({ Host: 'api.mailjet.com' })],
    ['by an address', 204, () => ({ Host: '[::1]:6245' })],
    ['by a name from the settings', 204, () => ({ Host: 'mock.shop.example' })],
  ])('%s gets %i', async (_what, status, headers) => {
    const answer = await mock.call('DELETE', '/_mockjet/faults', { user: '', headers: headers() });
    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('is refused before anything is done', async () => {
    const account = newAccount(mock);
    await account.try('POST', '/faults', {
      body: { status: 500 },
      headers: { Origin: 'https://evil.example' },
    });
    expect((await account.call('GET', '/v3/REST/contact')).status).toBe(200);
  });

  it('gets no permission by a preflight', async () => {
    const answer = await mock.call('OPTIONS', '/_mockjet/reset', {
      user: '',
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(answer.status).toBe(404);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('a locked server', () => {
  const call = (path: string, token?: string, user = '') =>
    locked.call('GET', `/_mockjet${path}`, {
      user,
      headers: token === undefined ? {} : { 'X-Mockjet-Token': token },
    });

  it.each([
    ['/accounts', undefined, 401],
    ['/accounts', 'open', 401],
    ['/accounts', 'open sesame', 200],
    ['', undefined, 401],
    ['/ca.pem', undefined, 200],
  ])('answers %s with the token %s by %i', async (path, token, status) => {
    expect((await call(path, token)).status).toBe(status);
  });

  it('wants the token beside an account’s credentials, and Mailjet’s paths want none', async () => {
    expect((await call('/account', undefined, 'public:hush')).status).toBe(401);
    expect((await call('/account', 'open sesame', 'public:hush')).status).toBe(200);
    expect((await newAccount(locked, 'public:hush').call('GET', '/v3/REST/contact')).status).toBe(
      200,
    );
  });

  it('tells its settings without secrets, and its version', async () => {
    const config = await call('/config', 'open sesame');
    expect(config.body).not.toMatch(/hush|sesame/);
    expect(JSON.parse(config.body)).toMatchObject({
      apiKey: 'public',
      secretKey: '***',
      controlToken: '***',
      port: 6245,
      journal: 1000,
    });
    expect(JSON.parse((await call('/version', 'open sesame')).body)).toEqual({
      version: packageVersion(),
      node: process.version,
    });
  });
});

describe('credentials', () => {
  it('with a wrong secret open nothing', async () => {
    const account = newAccount(mock, 'known:right');
    await account.call('GET', '/v3/REST/contact');
    const answer = await mock.call('GET', '/_mockjet/account', { user: 'known:wrong' });
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.body).error).toBe('These credentials open no account');
  });

  it.each(['Bearer abc', 'Basic', 'Basic !!!', 'Basic bm9jb2xvbg=='])(
    '%s are refused',
    async (authorization) => {
      const answer = await mock.call('GET', '/_mockjet/account', {
        user: '',
        headers: { authorization },
      });
      expect(answer.status).toBe(401);
    },
  );
});

describe('keys that nobody has used yet', () => {
  const known = (here: Mock, key: string) =>
    here.registry.accounts().some(({ apiKey }) => apiKey === key);

  it.each<[method: string, path: string, status: number, body?: unknown]>([
    ['GET', '/account', 200],
    ['GET', '/requests', 200],
    ['GET', '/snapshots', 200],
    ['GET', '/jobs', 200],
    ['GET', '/accounts', 200],
    ['GET', '/jobs/1', 404],
    ['DELETE', '/snapshots/x', 404],
    ['DELETE', '/faults', 204],
    ['DELETE', '/account', 204],
  ])('make no account by %s %s, which answers %i', async (method, path, status) => {
    const account = newAccount(mock, `look-${method}-${path.replaceAll('/', '-')}:secret`);
    expect((await account.try(method, path)).status).toBe(status);
    expect(known(mock, account.user.replace(':secret', ''))).toBe(false);
    // their first use is still anybody's
    const other = { user: account.user.replace(':secret', ':other') };
    expect((await mock.call('GET', '/v3/REST/contact', other)).status).toBe(200);
  });

  it.each<[method: string, path: string, body?: unknown]>([
    ['POST', '/seed', {}],
    ['PUT', '/jobs/pace', { pace: 'held' }],
    ['POST', '/snapshots', { name: 'x' }],
    ['GET', '/requests?wait=0ms'],
  ])('make theirs by %s %s', async (method, path, body) => {
    const account = newAccount(mock);
    await account.try(method, path, body === undefined ? {} : { body });
    expect(known(mock, account.user.replace(':secret', ''))).toBe(true);
  });

  it('open nothing where a pair is configured', async () => {
    const keys = { apiKey: 'shop', secretKey: 'own' };
    const here = await startMock(keys);
    for (const path of ['/account', '/requests?wait=0ms']) {
      const answer = await newAccount(here, 'stranger:s').try('GET', path);
      expect([path, answer.status]).toEqual([path, 401]);
    }
    await here.close();
  });
});

it.each([
  ['a control character in the key', 'a\x01b:secret'],
  ['a control character in the secret', 'ab:sec\x01ret'],
  ['a line break', 'ab\r\n:secret'],
  ['DEL', 'a\x7fb:secret'],
  ['no key', ':secret'],
  ['no secret', 'key:'],
  ['a key of 201 characters', `${'k'.repeat(201)}:secret`],
  ['a secret of 201 characters', `key:${'s'.repeat(201)}`],
])('%s is refused by control as by Mailjet’s paths', async (_what, pair) => {
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  for (const [method, path] of [
    ['GET', '/v3/REST/contact'],
    ['POST', '/_mockjet/seed'],
    ['GET', '/_mockjet/account'],
    ['GET', '/_mockjet/accounts'],
  ] as const) {
    const answer = await mock.call(method, path, { user: '', headers: { authorization } });
    expect([path, answer.status]).toEqual([path, 401]);
  }
});

describe('the border', () => {
  it.each(['/v3/_mockjet', '/v3/REST/_mockjet', '/_mockjetx', '/x/_mockjet/clock'])(
    'nothing of the control API is at %s',
    async (path) => {
      const answer = await mock.call('GET', path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('_mockjet lists');
    },
  );

  it.each(['/_mockjet/v3/REST/contact', '/_mockjet/REST/contact', '/_mockjet/nothing'])(
    'nothing of Mailjet is at %s',
    async (path) => {
      const answer = await mock.call('GET', path);
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.body).error).toBe(
        `There is no GET ${path}; GET /_mockjet lists what there is`,
      );
    },
  );

  it('is not crossed by what fails inside', async () => {
    const answer = await mock.call('POST', '/_mockjet/accounts', { user: '', body: '{"name":' });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error).toContain('The body is no JSON');
  });
});

it('no call of the control API changes what Mailjet’s paths answer by being made', async () => {
  const [plain, watched] = [await startMock({ idSeed: '7' }), await startMock({ idSeed: '7' })];
  const [ann, bob] = [newAccount(plain, 'same:pair'), newAccount(watched, 'same:pair')];
  const reads = [
    '/account',
    '/clock',
    '/jobs',
    '/jobs/pace',
    '/faults',
    '/rate-limit',
    '/requests',
    '/coverage',
    '/snapshots',
  ];
  for (const name of ['ann', 'bob']) {
    for (const path of reads) await bob.control('GET', path);
    const calls = [ann, bob].map((account) =>
      account.call('POST', '/v3/REST/contact', { Email: `${name}@example.com` }),
    );
    const [first, second] = (await Promise.all(calls)).map(({ body }) =>
      body.replace(/"\d{4}-[^"]*"/g, ''),
    );
    expect(second).toBe(first);
  }
  await plain.close();
  await watched.close();
});

describe('coverage', () => {
  it('counts calls of an account and of all, and names what is lacking', async () => {
    const own = await startMock();
    const [ann, bob] = [newAccount(own), newAccount(own)];
    await ann.call('GET', '/v3/REST/contact');
    await bob.call('GET', '/v3/REST/contact');
    await ann.call('DELETE', '/v4/contacts/1');
    await ann.call('GET', '/v3/REST/campaigndraft');
    await ann.call('GET', '/v3/REST/campaigndraft');
    await ann.call('GET', '/v3/REST/contact/owner@example.com/nothing');
    await ann.call('GET', '/v3/REST/listrecipient?Status=unactive');
    await own.call('POST', '/v3/DATA/contactslist/1/CSVData/text:plain', {
      user: ann.user,
      body: 'email',
      headers: { 'Content-Type': 'text/plain' },
    });
    const ofAnn = await ann.control('GET', '/coverage');
    const ofAll = JSON.parse((await own.call('GET', '/_mockjet/coverage', { user: '' })).body);
    const calls = (coverage: typeof ofAnn, name: string) =>
      coverage.operations.find(({ operation }: { operation: string }) => operation === name).calls;
    expect([calls(ofAnn, 'contact list'), calls(ofAll, 'contact list')]).toEqual([1, 2]);
    expect(calls(ofAnn, 'contacts delete')).toBe(1);
    expect(calls(ofAnn, 'csvdata post')).toBe(1);
    expect(calls(ofAnn, 'contact create')).toBe(0);
    expect(ofAnn.gaps).toContainEqual({ feature: 'the resource campaigndraft', calls: 2 });
    expect(ofAnn.gaps).toHaveLength(2);
    expect((await bob.control('GET', '/coverage')).gaps).toEqual([]);
    await own.close();
  });

  it('tells the evidence of every operation that is built', async () => {
    const { operations } = await newAccount(mock).control('GET', '/coverage');
    expect(operations.length).toBeGreaterThan(40);
    for (const { operation, isBuilt, evidence } of operations) {
      if (isBuilt)
        expect([operation, evidence]).toEqual([
          operation,
          expect.stringMatching(/^(recorded|documented|reported|assumed)$/),
        ]);
      else expect(evidence).toBeUndefined();
    }
    expect(operations).toContainEqual({
      operation: 'contactslist verify post',
      isBuilt: false,
      calls: 0,
    });
  });
});
