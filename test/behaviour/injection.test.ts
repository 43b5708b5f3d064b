import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newAccount } from '../support/account.ts';
import { type Bulk, bulk } from '../support/bulk.ts';
import { type FreshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { type Answer, type Mock, startMock } from '../support/mock.ts';

// What a text means to SQL, to JavaScript, to HTTP or to a file system must not matter: it comes back as it went in,
// or is refused with a sentence.
let mock: Mock;
let folder: string;
const failures: string[] = [];
const logger = pino({ level: 'warn' }, { write: (line) => failures.push(line) });
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mockjet-injection-'));
  mock = await startMock({ data: join(folder, 'deep/er/data'), logger });
});
afterEach(() => expect(failures.splice(0)).toEqual([]));
afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true });
});

// no folder that a broken server would write to may be left from another run
const outside = join(tmpdir(), `outside-${process.pid}`);
const texts: [string, string][] = [
  ['SQL behind a double quote', '"; DROP TABLE contact; --'],
  ['SQL behind a quote', "' OR 1=1 --"],
  ['a pattern', '%_*?'],
  ['the prototype', '__proto__'],
  ['a constructor', 'constructor'],
  ['a method of every object', 'hasOwnProperty'],
  ['a header', 'a\r\nX-Evil: 1\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'],
  ['NUL', 'a\0b'],
  ['a folder above', '../../x'],
  ['many folders above', `${'../'.repeat(12)}${outside.slice(1)}`],
  ['folders above with backslashes', '..\\..\\x'],
  ['an absolute path', outside],
  ['a device of Windows', 'con'],
  ['an escaped slash', '..%2f..%2fx'],
  ['300 bytes', 'é'.repeat(150)],
];
const encode = encodeURIComponent;
const schemaOf = (here: Bulk) =>
  here.account.db.prepare('SELECT type, name FROM sqlite_schema').all();
const errorOf = ({ body }: Answer) => JSON.parse(body).ErrorMessage ?? JSON.parse(body).error;

/** True when it was taken; else it was refused, by a client's error with a sentence. */
function isTaken(answer: Answer): boolean {
  if (answer.status < 300) return true;
  expect([answer.status, answer.body]).toEqual([expect.toBeOneOf([400, 401, 404]), answer.body]);
  expect(errorOf(answer)).toMatch(/\w+ \w+/);
  return false;
}

describe.each(texts)('%s', (name, text) => {
  let here: Omit<FreshAccount, 'user'>;
  let bulky: Bulk;
  let before: unknown[];
  beforeAll(async () => {
    bulky = bulk(mock, `injection ${name}`);
    const call: FreshAccount['call'] = (method, path, request) =>
      bulky.call(method, path.startsWith('/') ? path : `/v3/REST/${path}`, request);
    here = {
      call,
      get: (path) => call('GET', path),
      post: (path, body) => call('POST', path, { body }),
      put: (path, body) => call('PUT', path, { body }),
      remove: (path) => call('DELETE', path),
    };
    await here.post('contact', { Email: 'ann@example.com', Name: 'Ann' });
    before = schemaOf(bulky);
  });
  afterEach(async () => {
    expect(schemaOf(bulky)).toEqual(before);
    expect(rowOf(await here.get('contact/ann@example.com')).Name).toBe('Ann');
  });

  it('as an address and a name of a contact', async () => {
    const answer = await here.post('contact', { Email: `"${text}"@example.com`, Name: text });
    if (isTaken(answer)) {
      const { ID } = rowOf(answer);
      expect(rowOf(await here.get(`contact/${ID}`))).toMatchObject({
        Email: `"${text}"@example.com`,
        Name: text,
      });
    }
    const named = await here.post('contact', { Email: 'named@example.com', Name: text });
    if (isTaken(named)) expect(rowOf(await here.get('contact/named@example.com')).Name).toBe(text);
  });

  it('as a name of a list', async () => {
    const answer = await here.post('contactslist', { Name: text });
    if (!isTaken(answer)) return;
    const { ID } = rowOf(answer);
    expect(rowOf(await here.get(`contactslist/${ID}`)).Name).toBe(text);
    const found = rowsOf(await here.get(`contactslist?Name=${encode(text)}`));
    expect(found.map((row) => row.ID)).toEqual([ID]);
    // what is one name to SQLite must be one name to us
    expect((await here.post('contactslist', { Name: `${text}!` })).status).toBe(201);
  });

  it('as a name and a value of a property', async () => {
    const answer = await here.post('contactmetadata', { Name: text });
    if (!isTaken(answer)) return;
    const stored = text.toLowerCase();
    expect(rowOf(answer).Name).toBe(stored);
    const other = await here.post('contactmetadata', { Name: `${text}!` });
    expect(isTaken(other)).toBe(true);
    const Data = [
      { Name: text, Value: text },
      { Name: `${text}!`, Value: 'other' },
    ];
    expect((await here.put('contactdata/ann@example.com', { Data })).status).toBe(200);
    expect(rowOf(await here.get('contactdata/ann@example.com')).Data).toEqual(
      Data.map(({ Name, Value }) => ({ Name: Name.toLowerCase(), Value })),
    );
    const [list] = rowsOf(await here.get('contactslist'));
    const Properties = JSON.parse(`{${JSON.stringify(text)}:"again"}`);
    const managed = await here.post(`contactslist/${list?.ID}/managecontact`, {
      Email: 'managed@example.com',
      Action: 'addforce',
      Properties,
    });
    expect(managed.status).toBe(201);
    expect(await bulky.values('managed@example.com')).toEqual(
      JSON.parse(`{${JSON.stringify(stored)}:"again"}`),
    );
  });

  it('as a filter of every resource', async () => {
    const { Data } = JSON.parse((await here.get('metadata')).body) as {
      Data: { Name: string; Filters: { Name: string }[] | null }[];
    };
    let asked = 0;
    for (const { Name, Filters } of Data)
      for (const filter of Filters ?? []) {
        const answer = await here.get(`${Name}?${filter.Name}=${encode(text)}`);
        if (answer.status === 501) continue;
        asked += 1;
        // a filter that holds for nobody but its own value
        if (isTaken(answer))
          expect([Name, filter.Name, rowsOf(answer)]).toEqual([
            Name,
            filter.Name,
            expect.toSatisfy(
              (rows: unknown[]) =>
                rows.length === 0 ||
                JSON.stringify(rows).includes(JSON.stringify(text).slice(1, -1)) ||
                /Like/i.test(filter.Name),
            ),
          ]);
      }
    expect(asked).toBeGreaterThan(10);
  });

  it('as a sort, a limit and a name of a filter', async () => {
    for (const query of [`Sort=${encode(text)}`, `Sort=ID%20${encode(text)}`])
      for (const resource of ['contact', 'contactslist', 'listrecipient', 'contactmetadata'])
        expect([query, isTaken(await here.get(`${resource}?${query}`))]).toEqual([query, false]);
    for (const query of [`${encode(text)}=1`, `Limit=${encode(text)}`, `Offset=${encode(text)}`])
      isTaken(await here.get(`contact?${query}`));
  });

  it('as a header and a value of a CSV file', async () => {
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    const list = await bulky.list(`CSV ${name}`);
    const csv = `email,${quoted(`csv ${text}`)}\nbob@example.com,${quoted(text)}\n${quoted(text)},x\n`;
    const job = await bulky.import(csv, { list });
    expect(await bulky.ended(`csvimport/${job}`)).toMatchObject({
      Status: 'Completed',
      Count: 2,
      Errcount: 1,
    });
    expect(await bulky.values('bob@example.com')).toEqual({
      [`csv ${text.trim()}`.trim().toLowerCase()]: text,
    });
    expect(await bulky.errorFile(job)).toBe(
      `email,csv ${text},error\n${quoted(text)},x, ###Invalid email###email\n`,
    );
  });

  it('as the keys of an account, made on the fly or by name', async () => {
    const user = `${text}:${text}`;
    const isHeader = text.includes(':');
    const made = await mock.call('POST', '/_mockjet/accounts', {
      user: '',
      body: { apiKey: `made ${text}`, secretKey: text, name: text },
    });
    if (isTaken(made)) {
      const own = `made ${text}:${text}`;
      expect((await mock.call('GET', '/v3/REST/contact', { user: own })).status).toBe(200);
      const wrong = { user: `made ${text}:${text}!` };
      expect((await mock.call('GET', '/v3/REST/contact', wrong)).status).toBe(401);
    }
    const fly = await mock.call('GET', '/v3/REST/apikey', { user });
    if (fly.status === 200) {
      const [key, ...secret] = user.split(':');
      expect(rowOf(fly)).toMatchObject({ APIKey: key, SecretKey: secret.join(':') });
    } else expect([isHeader, fly.status]).toEqual([isHeader, 401]);
  });

  it('as a name of a snapshot', async () => {
    const account = newAccount(mock, `snapshots of ${name}:secret`);
    const answer = await account.try('POST', '/snapshots', { body: { name: text } });
    if (!isTaken(answer)) return;
    const path = `/snapshots/${encode(text)}`;
    const names = (await account.control('GET', '/snapshots')).snapshots;
    expect(names).toMatchObject([{ name: text }]);
    expect((await account.try('POST', `${path}/restore`)).status).toBe(204);
    expect((await account.try('GET', path)).body.slice(0, 13)).toBe('SQLite format');
    expect((await account.try('DELETE', path)).status).toBe(204);
    expect(await account.control('GET', '/snapshots')).toEqual({ snapshots: [] });
  });

  it('as a seed', async () => {
    const account = newAccount(mock, `seed of ${name}:secret`);
    const properties = JSON.parse(`{${JSON.stringify(text)}:${JSON.stringify(text)}}`);
    const document = {
      properties: [{ name: text }],
      lists: [{ name: text }],
      contacts: [{ email: 'ann@example.com', name: text, properties, lists: [text] }],
    };
    const answer = await account.try('POST', '/seed', { body: document });
    if (!isTaken(answer)) return;
    const [data] = rowsOf(await account.call('GET', '/v3/REST/contactdata/ann@example.com'));
    expect(data?.Data).toEqual([{ Name: text.toLowerCase(), Value: text }]);
    const [list] = rowsOf(await account.call('GET', `/v3/REST/contactslist?Name=${encode(text)}`));
    expect(list).toMatchObject({ Name: text, SubscriberCount: 1 });
  });

  it('as a fault, a plan for a job and a question for calls', async () => {
    const account = newAccount(mock, `faults of ${name}:secret`);
    for (const body of [
      { status: 500, headers: { 'X-Said': text } },
      { status: 500, headers: JSON.parse(`{${JSON.stringify(text)}:"1"}`) },
      { status: 500, body: text, path: `/v3/REST/${text}` },
      { error: text },
      { operation: text, status: 500 },
    ])
      isTaken(await account.try('POST', '/faults', { body }));
    await account.control('DELETE', '/faults');
    await account.control('POST', '/faults', { status: 503, body: text });
    expect(await account.call('GET', '/v3/REST/contact')).toMatchObject({
      status: 503,
      body: text,
    });
    await account.control('DELETE', '/faults');
    for (const question of ['operation', 'path']) {
      const found = await account.try('GET', `/requests?${question}=${encode(text)}`);
      if (isTaken(found)) expect(JSON.parse(found.body).requests).toEqual([]);
    }
  });
});

/** Every byte that comes back for one request. */
async function bytesFor(method: string, path: string, body = '', type = 'application/json') {
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
  await once(socket, 'connect');
  const authorization = Buffer.from('raw:secret').toString('base64');
  socket.end(
    `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Basic ${authorization}\r\n` +
      `Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  let bytes = '';
  for await (const part of socket.setEncoding('latin1')) bytes += part;
  return bytes;
}

const hostile = texts.map(([, text]) => text);
const rest = '/v3/REST';
const said: [string, (text: string) => [string, string, string?]][] = [
  ['an address', (t) => ['POST', `${rest}/contact`, JSON.stringify({ Email: t })]],
  ['a key of a body', (t) => ['POST', `${rest}/contact`, `{${JSON.stringify(t)}:1}`]],
  ['no JSON', (t) => ['POST', `${rest}/contact`, t]],
  ['a key', (t) => ['GET', `${rest}/contact/${encode(t)}`]],
  ['a key that ends like an address', (t) => ['GET', `${rest}/contact/${encode(`${t}@`)}`]],
  ['a resource', (t) => ['GET', `${rest}/${encode(t)}`]],
  ['an action', (t) => ['POST', `${rest}/contact/1/${encode(t)}`, '{}']],
  ['a module', (t) => ['GET', `/v3/${encode(t)}`]],
  ['a filter', (t) => ['GET', `${rest}/contact?ContactsList=${encode(t)}`]],
  ['a sort', (t) => ['GET', `${rest}/contact?Sort=${encode(t)}`]],
  [
    'a datatype',
    (t) => ['POST', `${rest}/contactmetadata`, JSON.stringify({ Name: 'x', Datatype: t })],
  ],
  ['a status', (t) => ['POST', `${rest}/csvimport`, JSON.stringify({ DataID: 1, Status: t })]],
  ['the type of a download', (t) => ['GET', `/v3/DATA/contactslist/999/CSVData/${encode(t)}`]],
  [
    'a subtype of a download',
    (t) => ['GET', `/v3/DATA/contactslist/999/CSVData/text:${encode(t)}`],
  ],
  [
    'the type of an upload',
    (t) => ['POST', `/v3/DATA/contactslist/1/CSVData/${encode(t)}`, 'email\n'],
  ],
  ['a kind of data', (t) => ['GET', `/v3/DATA/contactslist/1/${encode(t)}/text:plain`]],
  ['an ID of the new back end', (t) => ['DELETE', `/v4/contacts/${encode(t)}`]],
  ['a path of control', (t) => ['GET', `/_mockjet/${encode(t)}`]],
  ['a snapshot', (t) => ['GET', `/_mockjet/snapshots/${encode(t)}`]],
];
it.each(said)('%s puts nothing into the head of an answer', async (_what, ask) => {
  for (const text of [...hostile, '\r\n\r\n', '\n', '\r', 'ÿ\u0100山😀', '\x7f\x1b[31m']) {
    const bytes = await bytesFor(...ask(text));
    const [head = ''] = bytes.split('\r\n\r\n', 1);
    const [status = '', ...headers] = head.split('\r\n');
    expect([text, status]).toEqual([
      text,
      expect.stringMatching(/^HTTP\/1\.1 \d{3} [^\x00-\x1f\x7f]{1,512}$/),
    ]);
    for (const header of headers) expect(header).toMatch(/^[A-Za-z-]+: ?[\x20-\x7e\x80-\xff]*$/);
    expect(head.toLowerCase()).not.toContain('\nx-evil');
    expect(head).not.toMatch(/[\r\n]HTTP\/1\.1/);
    expect(bytes).not.toMatch(/An Unexpected Error|Ouch!|Mockjet failed/);
  }
});

it('a status line is in UTF-8, and only once', async () => {
  const bytes = await bytesFor('GET', `${rest}/contact/${encode('é山')}`);
  expect(Buffer.from(bytes, 'latin1').toString('utf8').split('\r\n', 1)).toEqual([
    'HTTP/1.1 400 Unexpected error during GET: Invalid email address "é山", reason: "No @ character in mail"',
  ]);
});

it.each(['Trailer', 'content-length', 'Transfer-Encoding'])(
  'a fault may not set %s, which would end the process or its answer',
  async (header) => {
    const account = newAccount(mock);
    const body = { status: 500, body: '{}', delay: 1, headers: { [header]: '9' } };
    const answer = await account.try('POST', '/faults', { body });
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('cannot be set')]);
    expect((await account.call('GET', '/v3/REST/contact')).status).toBe(200);
  },
);

it('nothing is written outside the places of accounts and snapshots', () => {
  const tree = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const file =
    /^deep\/er\/data\/(accounts|snapshots\/[a-z0-9~_-]+)\/[a-z0-9%A-F~_-]+\.sqlite(-wal|-shm)?$/;
  const frame =
    /^deep(\/er(\/data(\/(lock\.sqlite.*|accounts|snapshots(\/[a-z0-9~_-]+)?|[a-z-]+\.(pem|key)))?)?)?$/;
  expect(tree.filter((path) => !file.test(path) && !frame.test(path))).toEqual([]);
  expect(tree.length).toBeGreaterThan(texts.length * 5);
  const strays = readdirSync(tmpdir()).filter((name) => name.startsWith(basename(outside)));
  expect(strays).toEqual([]);
});
