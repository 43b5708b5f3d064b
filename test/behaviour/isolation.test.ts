import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newAccount, rows, startImport, type TestAccount } from '../support/account.ts';
import { times } from '../support/fuzz.ts';
import { type Mock, startMock } from '../support/mock.ts';

const at = '2026-03-01T09:00:00Z';

/** Something that a worker does to its account; its outcome is compared byte for byte. */
type Operation = { name: string; value: number };
const operation: fc.Arbitrary<Operation> = fc.record({
  name: fc.constantFrom(
    'contact',
    'contact',
    'list',
    'find',
    'miss',
    'miss',
    'delete',
    'import',
    'look',
    'advance',
    'fault',
    'pace',
    'calls',
    'reset',
    'save',
    'restore',
  ),
  value: fc.nat(4),
});

async function perform(
  mock: Mock,
  account: TestAccount,
  { name, value }: Operation,
): Promise<unknown> {
  const email = `reader${value}@example.com`;
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await account.call(method, path, body);
    return [answer.status, answer.reason, answer.headers, answer.body];
  };
  const control = async (method: string, path: string, body?: unknown) => {
    const answer = await account.try(method, path, body === undefined ? {} : { body });
    return [answer.status, answer.body.replace(/"duration":[\d.]+|"host":"[^"]*"/g, '')];
  };
  switch (name) {
    case 'contact':
      return call('POST', '/v3/REST/contact', {
        Email: email,
        Name: `Reader ${value} of ${account.user}`,
      });
    case 'list':
      return call('POST', '/v3/REST/contactslist', { Name: `List ${value} of ${account.user}` });
    case 'find':
      return call('GET', `/v3/REST/contact/${email}`);
    case 'miss':
      return call('GET', '/v4/nothing');
    case 'delete':
      return call('DELETE', `/v4/contacts/${value}`);
    case 'import':
      return startImport(account, mock, `email\n${email}\nnew${value}@example.com\n`);
    case 'look':
      return call('GET', '/v3/REST/csvimport');
    case 'advance':
      return control('POST', '/clock/advance', { by: `${value}h` });
    case 'fault':
      return control('POST', '/faults', { status: 500 + value, count: 1, method: 'GET' });
    case 'pace': // no `instant`: a job that was held would move between the next calls
      return control('PUT', '/jobs/pace', { pace: value % 2 === 0 ? 'held' : 'polled' });
    case 'calls':
      return control('GET', '/requests');
    case 'reset':
      await control('POST', '/reset');
      return control('POST', '/clock/freeze', { at });
    case 'save':
      return control('POST', '/snapshots', { name: `s${value % 2}` });
    default:
      return control('POST', `/snapshots/s${value % 2}/restore`);
  }
}

async function run(mock: Mock, user: string, script: readonly Operation[]): Promise<unknown[]> {
  const account = newAccount(mock, user);
  await account.control('POST', '/clock/freeze', { at });
  const outcomes: unknown[] = [];
  for (const step of script) {
    // a fault on a GET may spoil the listing that an import begins with
    outcomes.push(await perform(mock, account, step).catch((error) => String(error)));
  }
  outcomes.push(await account.control('GET', '/jobs'), await account.control('GET', '/faults'));
  outcomes.push((await account.call('GET', '/v3/REST/contact?Limit=1000')).body);
  return outcomes;
}

const script = (...steps: [string, number][]): Operation[] =>
  steps.map(([name, value]) => ({ name, value }));
/** Chance seldom brings what a snapshot needs to be seen through: saved, left behind, and restored. */
const always: Operation[][] = [
  script(['contact', 1], ['save', 0], ['reset', 0], ['contact', 2], ['restore', 0], ['find', 1]),
  script(['list', 1], ['save', 1], ['import', 3], ['save', 0], ['restore', 1], ['restore', 0]),
];

const options = { idSeed: '11', pace: 'held', stateMs: 1000 } as const;

describe.each([
  ['all open', 500],
  ['eight open, the others put away', 8],
])('forty accounts used at once, %s', (_how, openAccounts) => {
  it('are each as if it were alone', async () => {
    const workers = 40;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(operation, { minLength: 3, maxLength: 9 }), {
          minLength: 8,
          maxLength: 8,
        }),
        async (drawn) => {
          const scripts = [...drawn, ...always];
          const scriptOf = (worker: number) => scripts[worker % scripts.length] ?? [];
          const crowd = await startMock({ ...options, openAccounts });
          const users = Array.from({ length: workers }, (_, worker) => `reader${worker}:secret`);
          const together = await Promise.all(
            users.map((user, worker) => run(crowd, user, scriptOf(worker))),
          );
          await crowd.close();
          // one of each script, alone on a server of its own, is enough to compare with: keys differ
          const lonely = await startMock(options);
          for (let worker = 0; worker < workers; worker += 7) {
            const alone = await run(lonely, users[worker] ?? '', scriptOf(worker));
            expect(together[worker]).toEqual(alone);
          }
          await lonely.close();
        },
      ),
      { numRuns: 2 * times, seed: 4, endOnFailure: true },
    );
  }, 120_000);
});

describe('identifiers by a seed', () => {
  const session = async (mock: Mock, user = 'same:pair') => {
    const account = newAccount(mock, user);
    const seen = [await account.control('POST', '/clock/freeze', { at })];
    const call = async (method: string, path: string, body?: unknown) => {
      const { status, reason, headers, body: text } = await account.call(method, path, body);
      seen.push({ status, reason, headers, text });
      return text;
    };
    for (const name of ['Readers', 'Members', '***'])
      await call('POST', '/v3/REST/contactslist', { Name: name });
    await call('POST', '/v3/REST/contact', { Email: 'ann@example.com' });
    await call('DELETE', '/v4/contacts/1');
    await call('GET', '/v4/nothing');
    await call('GET', '/v3/REST/contact/0');
    await call('POST', '/v3/REST/contact', '{"Email"');
    seen.push(await startImport(account, mock, 'email\nbob@example.com\nwrong\n'));
    await account.control('POST', '/clock/advance', { by: '1d' });
    for (const path of [
      'csvimport',
      'batchjob',
      'contact',
      'contactslist',
      'apikey',
      'user',
      'listrecipient',
    ])
      await call('GET', `/v3/REST/${path}?Limit=100`);
    seen.push(
      await mock
        .call('POST', '/_mockjet/accounts', { user: '', body: {} })
        .then(({ body }) => body),
    );
    return seen;
  };
  const seeded = async (idSeed: string | undefined, user?: string) => {
    const mock = await startMock({ idSeed });
    const seen = await session(mock, user);
    await mock.close();
    return seen;
  };

  it('are the same on two servers, and so is every byte', async () => {
    const [first, second] = [await seeded('7'), await seeded('7')];
    expect(second).toEqual(first);
    const dates = first.flatMap(({ headers }) => (headers === undefined ? [] : [headers.date]));
    expect(new Set(dates)).toEqual(
      new Set(['Sun, 01 Mar 2026 09:00:00 GMT', 'Mon, 02 Mar 2026 09:00:00 GMT']),
    );
  });

  it.each<[string, string | undefined, string | undefined]>([
    ['another seed', '8', undefined],
    ['no seed', undefined, undefined],
    ['another key', '7', 'other:pair'],
  ])('are others with %s', async (_what, idSeed, user) => {
    expect(await seeded(idSeed, user)).not.toEqual(await seeded('7'));
  });

  it('may be an account’s own', async () => {
    const made = async (idSeed: string) => {
      const mock = await startMock();
      const keys = { apiKey: 'a', secretKey: 'b', idSeed };
      await mock.call('POST', '/_mockjet/accounts', { user: '', body: keys });
      const account = newAccount(mock, 'a:b');
      const list = rows(await account.call('POST', '/v3/REST/contactslist', { Name: 'Readers' }));
      await mock.close();
      return [list[0].ID, list[0].Address];
    };
    expect(await made('7')).toEqual(await made('7'));
    expect(await made('8')).not.toEqual(await made('7'));
  });
});
