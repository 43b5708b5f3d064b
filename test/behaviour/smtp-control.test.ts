import { afterAll, beforeAll, expect, it } from 'vitest';
import { smtpFaults } from '../../src/wire/smtp/fault-replies.ts';
import { newAccount } from '../support/account.ts';
import { handIn, type SmtpMock, signedIn, startSmtpMock } from '../support/smtp.ts';

let mock: SmtpMock;
beforeAll(async () => {
  mock = await startSmtpMock();
});
afterAll(() => mock.close());

const mail = 'Subject: Your order\r\n\r\nIt is on its way.';
const queued = /^250 OK queued as /;

type FaultCase = [name: string, action: object, reply: string];
const faultCases: FaultCase[] = [
  ['error tooManyRequests', { error: 'tooManyRequests' }, '450 4.7.1'],
  ['error unauthorized', { error: 'unauthorized' }, '535 5.7.8'],
  ['error unexpected', { error: 'unexpected' }, '451 4.3.0'],
  ['error serviceUnavailable', { error: 'serviceUnavailable' }, '421 4.3.2'],
  ['error gatewayTimeout', { error: 'gatewayTimeout' }, '451 4.4.1'],
  ...Object.entries(smtpFaults).map(
    ([status, { code, text }]): FaultCase => [
      `status ${status}`,
      { status: Number(status) },
      `${code} ${text}`,
    ],
  ),
  ['a code of SMTP, temporary', { status: 452 }, '452 4.0.0 Fault set by a test'],
  ['a code of SMTP, for good', { status: 552 }, '552 5.0.0 Fault set by a test'],
  ['another 4xx', { status: 422 }, '554 5.0.0 Fault set by a test'],
  ['another 5xx', { status: 599 }, '451 4.0.0 Fault set by a test'],
];

it.each(faultCases)('a fault answers for it: %s', async (_name, action, expected) => {
  const account = newAccount(mock);
  await account.control('POST', '/faults', { operation: 'smtp', nth: 2, ...action });
  const replies = [];
  for (const _turn of [1, 2, 3]) {
    const talk = await signedIn(mock.port, account.user);
    replies.push(await handIn(talk, mail));
    talk.socket.destroy();
  }
  expect(replies[1]?.slice(0, expected.length)).toBe(expected);
  for (const turn of [0, 2]) expect(replies[turn]).toMatch(queued);
  expect(await mock.mails(account.user)).toHaveLength(2);
});

it.each([
  ['before', '', 0],
  ['during', /^250 OK queued as/, 1],
  ['after', '', 1],
])('a fault cuts the connection %s the mail is taken', async (cut, heard, stored) => {
  const account = newAccount(mock);
  await account.control('POST', '/faults', { operation: 'smtp', cut });
  const talk = await signedIn(mock.port, account.user);
  const last = await handIn(talk, mail);
  expect(last).toMatch(heard);
  expect(last).not.toMatch(/\n/);
  expect(await talk.rest()).toBe(last);
  expect(await mock.mails(account.user)).toHaveLength(stored);
  const { requests } = await account.control('GET', '/requests');
  expect(requests).toMatchObject([{ operation: 'smtp', status: stored === 0 ? 0 : 250 }]);
  expect(requests[0].fault).toContain(`cut ${cut}`);
});

it('a fault of the whole server, and one by method and path, meet it too', async () => {
  const account = newAccount(mock);
  const body = { method: 'smtp', path: '/smtp', status: 503, count: 1 };
  expect((await mock.call('POST', '/_mockjet/faults', { user: '', body })).status).toBe(201);
  const talk = await signedIn(mock.port, account.user);
  expect(await handIn(talk, mail)).toMatch(/^421 4\.3\.2 /);
});

it('a delay holds the mail until it is over, and no longer than its account', async () => {
  const account = newAccount(mock);
  await account.control('POST', '/faults', { operation: 'smtp', count: 1, delay: '20ms' });
  await account.control('POST', '/faults', { operation: 'smtp', delay: '10m' });
  const talk = await signedIn(mock.port, account.user);
  expect(await handIn(talk, mail)).toMatch(queued);
  const held = handIn(talk, mail);
  const faults = async () => (await account.control('GET', '/faults')).faults;
  await expect.poll(async () => (await faults())[1].hits, { timeout: 20_000 }).toBe(1);
  mock.steering.holds.cut(mock.registry.find(account.user.split(':')[0] ?? ''));
  expect(await held).toBe('');
  expect(await mock.mails(account.user)).toHaveLength(1);
});

it('a client that leaves while its mail is held has sent nothing', async () => {
  const account = newAccount(mock);
  await account.control('POST', '/faults', { operation: 'smtp', delay: '10m' });
  const talk = await signedIn(mock.port, account.user);
  const held = handIn(talk, mail);
  const hits = async () => (await account.control('GET', '/faults')).faults[0].hits;
  await expect.poll(hits, { timeout: 20_000 }).toBe(1);
  talk.socket.destroy();
  await held;
  await expect
    .poll(async () => (await account.control('GET', '/requests')).requests.length, {
      timeout: 20_000,
    })
    .toBe(1);
  expect(await mock.mails(account.user)).toEqual([]);
});

it('the rate limit of the account counts it', async () => {
  const account = newAccount(mock);
  await account.control('PUT', '/rate-limit', { capacity: 2, perSecond: 0 });
  const talk = await signedIn(mock.port, account.user);
  const replies = [];
  for (const _turn of [1, 2, 3]) replies.push(await handIn(talk, mail));
  expect(replies.map((reply) => reply.slice(0, 9))).toEqual([
    '250 OK qu',
    '250 OK qu',
    '450 4.7.1',
  ]);
  talk.socket.destroy();
});

it('journal and coverage tell of it, without a secret', async () => {
  const account = newAccount(mock);
  const talk = await signedIn(mock.port, account.user);
  const reply = await handIn(talk, mail, ['ann@example.com', 'bob@example.com']);
  const nobody = await account.control('GET', '/requests?email=carl@example.com');
  expect(nobody.requests).toEqual([]);
  const query = 'operation=smtp&status=250&email=BOB@example.com';
  const { requests } = await account.control('GET', `/requests?${query}`);
  expect(requests).toEqual([
    {
      id: 1,
      at: expect.any(String),
      operation: 'smtp',
      method: 'SMTP',
      path: '/smtp',
      query: {},
      unread: [],
      headers: { 'mail-from': 'pilot@example.com', 'rcpt-to': 'ann@example.com, bob@example.com' },
      body: `${mail}\r\n`,
      status: 250,
      answer: reply,
      duration: expect.any(Number),
    },
  ]);
  const { operations } = await account.control('GET', '/coverage');
  expect(operations).toContainEqual({
    operation: 'smtp',
    isBuilt: true,
    evidence: 'documented',
    calls: 1,
  });
  talk.socket.destroy();
});

it('a mail of a sender who may not send is dropped, as by HTTP, and the journal says why', async () => {
  const strict = await startSmtpMock({ senders: 'strict' });
  const account = newAccount(strict);
  const talk = await signedIn(strict.port, account.user);
  expect(await handIn(talk, mail)).toMatch(queued);
  expect(await strict.mails(account.user)).toMatchObject([{ recipients: [{ status: 'dropped' }] }]);
  const { requests } = await account.control('GET', '/requests');
  expect(requests).toMatchObject([{ status: 250, dropped: [expect.any(String)] }]);
  talk.socket.destroy();
  await strict.close();
});

it('an account that was reset takes the next mail of the same connection', async () => {
  const account = newAccount(mock);
  const talk = await signedIn(mock.port, account.user);
  await handIn(talk, mail);
  await account.control('POST', '/reset');
  expect(await mock.mails(account.user)).toEqual([]);
  expect(await handIn(talk, mail)).toMatch(queued);
  expect(await mock.mails(account.user)).toHaveLength(1);
  talk.socket.destroy();
});
