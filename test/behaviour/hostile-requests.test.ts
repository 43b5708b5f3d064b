import http from 'node:http';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { anyJson, asJson, expectConsistent, seed, times } from '../support/fuzz.ts';
import { type Mock, startMock } from '../support/mock.ts';

// Whatever is asked: an answer comes, it is whole, nothing fails inside, and the database stays consistent.
let mock: Mock;
const lines: { level: number; msg: string; err?: { message: string } }[] = [];
const logger = pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line)) });
const user = 'fuzz:secret';
beforeAll(async () => {
  mock = await startMock({ logger });
  const { body } = await mock.call('GET', '/v3/REST/contactslist', { user });
  list = JSON.parse(body).Data[0].ID;
});
beforeEach(() => void lines.splice(0));
afterAll(() => mock.close());
let list = 0;

const words = [
  ...['contact', 'contactslist', 'listrecipient', 'contactmetadata', 'contactdata', 'csvimport'],
  ...['batchjob', 'managecontact', 'managemanycontacts', 'managecontactslists', 'importlist'],
  ...['getcontactslists', 'metadata', 'apikey', 'sender', 'CSVData', 'text:plain', 'LAST', 'LIST'],
  ...['static|country', 'owner@example.com', '0', '1', '-1', '9223372036854775808', '1e99', ''],
  ...['clock', 'jobs', 'faults', 'requests', 'snapshots', 'accounts', 'coverage', 'seed', 'pace'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '..',
    '%2e%2e',
    '%00',
    '%',
    '%zz',
    '%C3%28',
    '%F0%9F%98%80',
  ],
  ...["';DROP TABLE contact;--", '"', '\\', '*', '%'].map(encodeURIComponent),
];
const names = [
  ...['Email', 'Name', 'ID', 'ContactID', 'ListID', 'ContactsListID', 'DataID', 'Action', 'Method'],
  ...[
    'Contacts',
    'ContactsLists',
    'Properties',
    'Data',
    'Value',
    'Datatype',
    'NameSpace',
    'Status',
  ],
  ...[
    'ErrTreshold',
    'ImportOptions',
    'IsExcludedFromCampaigns',
    'Limit',
    'Offset',
    'Sort',
    'countOnly',
  ],
  ...[
    'ContactsList',
    'Contact',
    'EmailLike',
    'Filter',
    'Campaign',
    '__proto__',
    'constructor',
    'email',
  ],
  ...[
    'now',
    'advance',
    'frozen',
    'error',
    'delay',
    'times',
    'match',
    'name',
    'apiKey',
    'secretKey',
  ],
];
const values = fc.oneof(
  fc.constantFrom(
    'addforce',
    'addnoforce',
    'remove',
    'unsub',
    'str',
    'int',
    'static',
    'Abort',
    'Upload',
  ),
  fc.constantFrom(
    'owner@example.com',
    'a@example.com',
    'LIST',
    '*',
    'Email DESC',
    'ID; DROP TABLE job',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double(),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.constantFrom(null, true, false, [], {}, 0, '', 1e308),
);
const json = anyJson(values, names, 5);
const body = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.dictionary(fc.constantFrom(...names), json, { maxKeys: 6 }).map(asJson),
  },
  { weight: 2, arbitrary: json.map(asJson) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('[', '{"Email":', '[['.repeat(20_000), '{"a":'.repeat(20_000), ' '),
  },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const request = fc.record({
  method: fc.constantFrom(
    'GET',
    'POST',
    'PUT',
    'DELETE',
    'GET',
    'POST',
    'PATCH',
    'HEAD',
    'OPTIONS',
  ),
  front: fc.constantFrom(
    '/v3/REST/',
    '/v3/REST/',
    '/v3/DATA/',
    '/v4/',
    '/v4/contacts/',
    '/v3.1/',
    '/_mockjet/',
    '/',
  ),
  path: fc.array(fc.constantFrom(...words), { maxLength: 5 }),
  query: fc.array(fc.tuple(fc.constantFrom(...names, ...words), values), { maxLength: 4 }),
  headers: fc.dictionary(
    fc.constantFrom(
      'content-type',
      'accept',
      'x-mockjet-token',
      'content-encoding',
      'range',
      'if-match',
      'x-a',
    ),
    fc.oneof(
      fc.constantFrom(
        'application/json',
        'text/plain',
        'application/x-www-form-urlencoded',
        'gzip',
        '*/*',
      ),
      fc.string({ maxLength: 30 }).map((text) => text.replace(/[^\x20-\x7e]/g, '')),
    ),
    { maxKeys: 3, noNullPrototype: true },
  ),
  body,
});

type Asked = typeof request extends fc.Arbitrary<infer T> ? T : never;

function send({ method, front, path, query, headers, body }: Asked) {
  const placed = (text: string) => text.replaceAll('LIST', String(list));
  const search = query.map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(value))}`);
  const target = placed(
    `${front}${path.join('/')}${search.length === 0 ? '' : `?${search.join('&')}`}`,
  );
  const payload = typeof body === 'string' ? placed(body) : body;
  const length = payload === undefined ? {} : { 'content-length': Buffer.byteLength(payload) };
  return new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
    const { port } = new URL(mock.url);
    const request = http.request(
      { port, method, path: target, auth: user, agent: false, headers: { ...headers, ...length } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            text: Buffer.concat(parts).toString(),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(payload);
  });
}

const wellFormed = (value: unknown) => Buffer.from(String(value), 'utf8').toString('utf8');

// what a test may ask the control API for would be a failure that was asked for: see hostile-control
const isAskedFor = ({ front, path, method }: Asked) =>
  /_mockjet/.test(front) &&
  method !== 'GET' &&
  /faults|pace|clock|jobs|accounts/.test(path[0] ?? '');

it(`answers any request with a whole answer (FUZZ_SEED=${seed})`, {
  timeout: 60_000 * times,
}, async () => {
  await fc.assert(
    fc.asyncProperty(request, async (asked) => {
      fc.pre(!isAskedFor(asked));
      const { status, type, text } = await send(asked);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(text).not.toContain('An Unexpected Error');
      expect(text).not.toContain('Ouch!');
      expect(text).not.toContain('Mockjet failed');
      expect(lines.splice(0)).toEqual([]);
      if (/json/.test(type) && text !== '') JSON.parse(text);
      else if (status >= 400 && text !== '') expect(text).toMatch(/^<html>|^[ -~]+$/);
    }),
    { numRuns: 400 * times, seed },
  );
  expectAccountConsistent();
});

function expectAccountConsistent() {
  const db = mock.registry.find('fuzz')?.db;
  if (db === undefined) throw new Error('the account is gone');
  expectConsistent(db);
}
