import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlRoutes } from '../../src/wire/control/routes.ts';
import { bulk } from '../support/bulk.ts';
import { anyJson, asJson, expectConsistent, seed, times } from '../support/fuzz.ts';
import { type Mock, startMock } from '../support/mock.ts';

// Whatever the control API is told: it says yes, or no with a sentence, and after a reset all is as before.
let mock: Mock;
const lines: unknown[] = [];
const logger = pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line)) });
const user = 'fuzz:secret';
beforeAll(async () => {
  mock = await startMock({ logger, openAccounts: 20 });
});
afterAll(() => mock.close());

const names = [
  ...['name', 'apiKey', 'secretKey', 'idSeed', 'seed', 'properties', 'lists', 'contacts', 'email'],
  ...['id', 'createdAt', 'isExcludedFromCampaigns', 'isUnsubscribed', 'isDeleted', 'address'],
  ...[
    'datatype',
    'now',
    'at',
    'by',
    'pace',
    'stateMs',
    'end',
    'error',
    'before',
    'states',
    'method',
  ],
  ...[
    'path',
    'operation',
    'nth',
    'status',
    'headers',
    'body',
    'delay',
    'cut',
    'malformed',
    'count',
  ],
  ...[
    'ttl',
    'capacity',
    'perSecond',
    'limit',
    '__proto__',
    'constructor',
    'toString',
    'Content-Type',
  ],
];
const words = [
  ...['timed', 'instant', 'polled', 'held', 'Error', 'Abort', 'Upload', 'Importing', 'Completed'],
  ...[
    'tooManyRequests',
    'unexpected',
    'contact list',
    'GET',
    'POST',
    '/v3/*',
    '/',
    '*',
    'truncated',
  ],
  ...['not-json', 'during', 'after', 'str', 'int', 'float', 'bool', 'datetime', 'Readers', 'fuzz'],
  ...[
    'ann@example.com',
    'Ann@Example.com',
    'owner@example.com',
    '2026-03-01T09:00:00Z',
    '1970-01-01',
  ],
  ...['9000-01-01', '1d', '-3h', '5ms', '99999999w', '0', '-1', '9223372036854775807', ''],
];
const values = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...words) },
  { weight: 2, arbitrary: fc.integer({ min: -2, max: 20 }) },
  fc.constantFrom<unknown>(null, true, false, {}, [], 200, 503, 599, 1e15, -1e308, 'x'.repeat(300)),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.double(),
);
const json = anyJson(values, names, 4);
/** Bodies that are taken, so that what they set is met by what follows. */
const fitting: [string, fc.Arbitrary<unknown>][] = [
  [
    '/faults',
    fc.record({
      status: fc.constantFrom(200, 204, 304, 503),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  ],
  [
    '/faults',
    fc.record({
      cut: fc.constantFrom('before', 'during', 'after'),
      delay: fc.constantFrom(0, '5ms'),
    }),
  ],
  [
    '/faults',
    fc.record({
      malformed: fc.constantFrom('truncated', 'not-json'),
      headers: fc.constant({ a: 'b' }),
    }),
  ],
  [
    '/jobs/pace',
    fc.record({ pace: fc.constantFrom('timed', 'instant', 'polled', 'held'), stateMs: fc.nat(5) }),
  ],
  [
    '/jobs/next/end',
    fc.record({
      end: fc.constantFrom('Error', 'Abort'),
      before: fc.constantFrom('Prepare', 'Completed'),
    }),
  ],
  ['/clock', fc.record({ now: fc.constantFrom('1970-01-01', '8999-12-31', 0, 9e15) })],
  ['/clock/advance', fc.record({ by: fc.constantFrom('1d', '-1d', '300w') })],
  ['/clock/freeze', fc.constant({})],
  ['/rate-limit', fc.record({ capacity: fc.integer({ min: 1, max: 3 }), perSecond: fc.nat(2) })],
  ['/snapshots', fc.record({ name: fc.constantFrom('a', 'b') })],
  ['/snapshots/:name/restore', fc.constant({})],
  [
    '/seed',
    fc.record({
      contacts: fc.array(
        fc.record({
          email: fc.constantFrom('ann@example.com', 'a@b'),
          lists: fc.constantFrom([], ['Readers']),
        }),
        { maxLength: 3 },
      ),
      lists: fc.constantFrom([], [{ name: 'Readers' }]),
    }),
  ],
  [
    '/accounts',
    fc.record({
      apiKey: fc.constantFrom('made', 'fuzz'),
      secretKey: fc.constantFrom('secret', 'other'),
    }),
  ],
];
const nested = (open: string, inner: string, close: string, depth: number) =>
  open.repeat(depth) + inner + close.repeat(depth);
const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.dictionary(fc.constantFrom(...names), json, { maxKeys: 4 }).map(asJson),
  },
  { weight: 2, arbitrary: json.map(asJson) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...['', ' ', '[', '{"a":', '"\\ud800"', '1e400', '-0', 'null', '"', '\u0000', '{"by":1e400}'],
      ...[nested('[', '1', ']', 499), nested('{"seed":', '1', '}', 499), '['.repeat(50_000)],
      ...[
        `{"name":"${'x'.repeat(1e6)}"}`,
        `[${'0,'.repeat(2e5)}0]`,
        `{"contacts":[${'{},'.repeat(5e4)}{}]}`,
      ],
    ),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
);
const call = fc.record({
  route: fc.constantFrom(...controlRoutes.filter(({ path }) => path !== '/ca.pem')),
  param: fc.constantFrom(
    'a',
    'b',
    '1',
    '2',
    '0',
    '-1',
    '99999999999999999999',
    '__proto__',
    '%2e%2e',
    '%00',
    'x'.repeat(300),
  ),
  query: fc.array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 2 }),
  text,
  user: fc.constantFrom(user, user, user, '', 'fuzz:wrong'),
  type: fc.constantFrom(
    'application/json',
    'application/json',
    'text/csv',
    'application/vnd.sqlite3',
    'x',
  ),
});
const fits = fc.constantFrom(...fitting).chain(([path, body]) => {
  const [route] = controlRoutes.filter(
    (one) => one.path === path && one.method !== 'GET' && one.method !== 'DELETE',
  );
  if (route === undefined) throw new Error(`there is no ${path}`);
  return fc.record({
    route: fc.constant(route),
    param: fc.constantFrom('a', 'b'),
    query: fc.constant<[string, unknown][]>([]),
    text: body.map(asJson),
    user: fc.constantFrom(user, user, ''),
    type: fc.constant('application/json'),
  });
});
type Asked = typeof call extends fc.Arbitrary<infer T> ? T : never;
const calls = fc.array(fc.oneof({ weight: 3, arbitrary: call }, { weight: 2, arbitrary: fits }), {
  minLength: 1,
  maxLength: 6,
});

async function tell({ route, param, query, text, user, type }: Asked) {
  const search = query.map(
    ([name, value]) =>
      `${name}=${encodeURIComponent(Buffer.from(String(value), 'utf8').toString())}`,
  );
  const path = route.path.replace(/:\w+/, param);
  const body = route.method === 'GET' ? {} : { body: text };
  return mock.call(route.method, `/_mockjet${path}?${search.join('&')}`, {
    user,
    headers: { 'Content-Type': type },
    ...body,
  });
}

/** A call of Mailjet's that may meet what was set: any answer is right, a cut connection too. */
async function ask() {
  const answer = mock.call('GET', '/v3/REST/contact', { user }).catch(() => undefined);
  const csv = 'email\nann@example.com\n';
  const headers = { 'Content-Type': 'text/plain' };
  const upload = mock.call('POST', '/v3/DATA/contactslist/1/CSVData/text:plain', {
    user,
    body: csv,
    headers,
  });
  await Promise.race([
    Promise.all([answer, upload.catch(() => undefined)]),
    new Promise((resolve) => setTimeout(resolve, 100)), // a delay was set
  ]);
}

async function startAfresh() {
  for (const { apiKey } of mock.registry.accounts()) {
    const account = mock.registry.find(apiKey);
    // who comes first after a removal says what the secret is
    const isOurs = apiKey === 'fuzz' && account?.secretKey === 'secret';
    if (account !== undefined && !isOurs) mock.steering.remove(account);
  }
  expect((await mock.call('POST', '/_mockjet/reset', { user: '' })).status).toBe(204);
}

describe(`the control API (FUZZ_SEED=${seed})`, () => {
  it('answers anything in JSON, and a reset undoes it', { timeout: 120_000 * times }, async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (asked) => {
        for (const one of asked) {
          const { status, headers, body } = await tell(one);
          expect([status, body]).toEqual([expect.toSatisfy((n: number) => n < 500), body]);
          if (status === 204) expect(body).toBe('');
          else if (/json/.test(headers['content-type'] ?? '')) {
            const told = JSON.parse(body);
            if (status >= 400)
              expect(told).toEqual({ error: expect.stringMatching(/\S+ \S+ \S+/) });
          } else
            expect([status, headers['content-type']]).toEqual([200, 'application/vnd.sqlite3']);
          await ask();
        }
        expect(lines.splice(0)).toEqual([]);
        expectAllConsistent();
        await startAfresh();
        await expectToWork();
        expect(lines.splice(0)).toEqual([]);
      }),
      { numRuns: 120 * times, seed },
    );
  });
});

/** A reset account answers, takes a contact, and imports. */
async function expectToWork() {
  const here = bulk(mock, 'fuzz');
  const before = await here.call('GET', '/v3/REST/contact');
  expect([before.status, JSON.parse(before.body).Count]).toEqual([200, 1]);
  const list = await here.list('After');
  const job = await here.import('email\nbob@example.com\n', { list });
  expect(await here.ended(`csvimport/${job}`)).toMatchObject({ Status: 'Completed', Count: 1 });
  expect(await here.members(list)).toEqual(['bob@example.com']);
}

function expectAllConsistent() {
  for (const account of mock.registry.accounts()) if (account.isOpen) expectConsistent(account.db);
}
