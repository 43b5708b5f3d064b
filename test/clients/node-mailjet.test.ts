import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mock, startMock } from '../support/mock.ts';

type Seen = Record<string, { status?: number; body?: unknown; failed?: number; message?: string }>;

const folderOfFlow = join(import.meta.dirname, 'node-mailjet');
let mock: Mock;
let folder: string;
beforeAll(async () => {
  mock = await startMock();
  folder = await mkdtemp(join(tmpdir(), 'mockjet-node-'));
  const { body } = await mock.call('GET', '/_mockjet/ca.pem', { user: '' });
  await writeFile(join(folder, 'ca.pem'), body);
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

/** What a way in needs in the client's process, beside what the flow says in its code. */
const ways: Record<string, (port: string) => Record<string, string>> = {
  'plain HTTP': () => ({}),
  HTTPS: () => ({ NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') }),
  HTTPS_PROXY: (port) => ({ HTTPS_PROXY: `http://127.0.0.1:${port}` }),
  proxyUrl: () => ({ NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') }),
  'api.mailjet.com:443': () => ({
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    NODE_OPTIONS: `--require ${join(folderOfFlow, 'map-host.cjs')}`,
  }),
};

async function walk(name: string, way: string): Promise<Seen> {
  const port = new URL(mock.url).port;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(folderOfFlow, 'flow.mjs'), name, way],
    {
      env: {
        PATH: process.env.PATH,
        ...ways[way]?.(port),
        MOCK_PORT: port,
        KEY: `${name} ${way}`.replaceAll(':', ' '),
        SECRET: 'secret',
      },
    },
  );
  return JSON.parse(stdout);
}

const clients = [
  { name: 'node-mailjet-3', by: ['api.mailjet.com:443', 'proxyUrl'] },
  { name: 'node-mailjet-4', by: ['api.mailjet.com:443', 'proxyUrl'] },
  { name: 'node-mailjet-5', by: ['plain HTTP', 'HTTPS', 'HTTPS_PROXY', 'api.mailjet.com:443'] },
  { name: 'node-mailjet', by: ['plain HTTP', 'HTTPS', 'HTTPS_PROXY', 'api.mailjet.com:443'] },
];

const row = (status: number, fields: object) => ({ status, body: { Count: 1, Data: [fields] } });
const failed = (code: number, text: string, statusText?: string) => ({
  failed: code,
  message: `Unsuccessful: Status Code: "${code}" Message: "${text}"`,
  ...(statusText === undefined ? {} : { statusText }),
});
const taken = 'MJ18 A Contact resource with value "ann+x@example.com" for Email already exists.';
const gone = 'The resource with the specified ID you are trying to reach does not exist.';

/** What every version must have seen, whatever its way in. */
const wanted = {
  create: row(201, { Email: 'ann+x@example.com', Name: 'Ann Lee', LastUpdateAt: '' }),
  'find by address': row(200, { Email: 'ann+x@example.com', Name: 'Ann Lee' }),
  'find by ID': row(200, { Email: 'ann+x@example.com', Name: 'Ann Lee' }),
  list: { status: 200, body: { Count: 1, Data: [{ Email: 'owner@example.com' }], Total: 2 } },
  update: row(200, { Email: 'ann+x@example.com', Name: 'Ann Li' }),
  properties: row(200, { Data: [{ Name: 'country', Value: 'NL' }] }),
  'list of its own': row(201, { Name: 'Readers', SubscriberCount: 0 }),
  subscribe: row(201, {
    Action: 'addnoforce',
    Name: 'Ann Li',
    Properties: { firstname: 'Ann', country: 'NL' },
  }),
  unsubscribe: row(201, { ContactsLists: [{ Action: 'unsub' }] }),
  lists: row(200, { IsActive: true, IsUnsub: true }),
  'bulk job': row(200, { Count: 2, Error: '', Status: 'Completed' }),
  'bulk job of a list': row(200, { Count: 1, ErrorFile: '', Status: 'Completed' }),
  upload: { status: 200 },
  import: row(201, { Status: 'Upload', Method: 'addnoforce' }),
  'import job': row(200, { Status: 'Completed', Count: 2, Errcount: 1 }),
  imported: row(200, { Data: [{ Name: 'country', Value: 'DE' }] }),
  'delete the list': { status: 204 },
};

// 3 and 4 know no status text, and no version reads CSV by itself.
const wantedOf: Record<string, object> = {
  old: {
    'create again': failed(400, taken),
    'update without a difference': failed(304, 'Not Modified'),
    'error file': { status: 200, body: {} },
    'delete by v3': failed(401, 'Operation not allowed'),
    'delete by v4': failed(404, gone),
    'wrong keys': failed(401, 'Unauthorized'),
  },
  new: {
    'create again': failed(400, taken, taken),
    'update without a difference': failed(
      304,
      'Request failed with status code 304',
      'Content not changed',
    ),
    'error file': { status: 200, body: {} },
    'delete by v3': failed(401, 'Operation not allowed', 'Operation not allowed'),
    'delete by v4': failed(404, gone, 'Not Found'),
    'wrong keys': failed(401, 'Request failed with status code 401', 'Unauthorized'),
  },
};

describe.each(clients)('$name', ({ name, by }) => {
  test.each(by)('lives its life by %s', async (way) => {
    const seen = await walk(name, way);
    expect(seen).toMatchObject({ ...wanted, ...wantedOf[/[34]$/.test(name) ? 'old' : 'new'] });
    expect(Object.keys(seen)).toHaveLength(25);
  });
});
