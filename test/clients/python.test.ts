import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../support/built.ts';
import { type Mock, startMock } from '../support/mock.ts';

const hasRequests = spawnSync('python3', ['-c', 'import requests']).status === 0;
if (!hasRequests) process.stderr.write('skipped: python3 with requests is not installed\n');

let mock: Mock;
let folder: string;
beforeAll(async () => {
  mock = await startMock();
  folder = await mkdtemp(join(tmpdir(), 'mockjet-python-'));
  const { body } = await mock.call('GET', '/_mockjet/ca.pem', { user: '' });
  await writeFile(join(folder, 'ca.pem'), body);
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

type Way = { way: string; base: (url: string) => string; needs: (url: string) => object };
const ways: Way[] = [
  { way: 'plain HTTP', base: (url) => url, needs: () => ({}) },
  {
    way: 'HTTPS',
    base: (url) => url.replace('http:', 'https:'),
    needs: () => ({ REQUESTS_CA_BUNDLE: join(folder, 'ca.pem') }),
  },
  {
    way: 'CONNECT and TLS',
    base: () => 'https://api.mailjet.com',
    needs: (url) => ({ HTTPS_PROXY: url, REQUESTS_CA_BUNDLE: join(folder, 'ca.pem') }),
  },
  {
    way: 'absolute-form',
    base: () => 'http://api.mailjet.com',
    needs: (url) => ({ HTTP_PROXY: url, http_proxy: url }),
  },
];

const row = (status: number, reason: string, fields: object) => [
  status,
  reason,
  expect.objectContaining({ Count: 1, Data: [expect.objectContaining(fields)] }),
];
const error = (status: number, message: string) => [
  status,
  message,
  { ErrorInfo: '', ErrorMessage: message, StatusCode: status },
];
const imported = row(200, 'OK', { Data: [{ Name: 'name', Value: 'Zoë' }] });

const wanted = {
  create: row(201, 'Created', { Email: 'ann+x@example.com', Name: 'Ann Lee' }),
  'create again': error(
    400,
    'MJ18 A Contact resource with value "ann+x@example.com" for Email already exists.',
  ),
  'find, literal': row(200, 'OK', { Name: 'Ann Lee' }),
  'find, encoded': row(200, 'OK', { Name: 'Ann Lee' }),
  list: [200, 'OK', expect.objectContaining({ Count: 1, Total: 2 })],
  update: row(200, 'OK', { Name: 'Ann Li' }),
  'update without a difference': [304, 'Content not changed', ''],
  subscribe: row(201, 'Created', { Properties: { country: 'NL' } }),
  'bulk job': row(200, 'OK', { Status: 'Completed', Count: 1 }),
  'import job of utf-8': row(200, 'OK', { Status: 'Completed', Count: 2, Errcount: 1 }),
  'imported from utf-8': imported,
  'import job of latin-1': row(200, 'OK', { Status: 'Completed', Count: 2, Errcount: 1 }),
  'imported from latin-1': imported,
  'error file': [200, 'OK', 'email,name,error\nno address,Nobody, ###Invalid email###email\n'],
  'delete by v3': error(401, 'Operation not allowed'),
  'delete by v4': [200, 'OK', ''],
  'find what is gone': error(404, 'Object not found'),
  'wrong keys': [401, 'Unauthorized', ''],
};

describe.skipIf(!hasRequests)('python with requests', () => {
  test.each(ways)('lives its life by $way', async ({ way, base, needs }) => {
    const flow = join(import.meta.dirname, 'python/flow.py');
    const { stdout, stderr } = await run('python3', [flow, base(mock.url)], {
      KEY: way,
      ...needs(mock.url),
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject(wanted);
  });
});
