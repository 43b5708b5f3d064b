import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../support/built.ts';
import { type Mock, startMock } from '../support/mock.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) process.stderr.write('skipped: curl is not installed\n');

let mock: Mock;
let folder: string;
beforeAll(async () => {
  mock = await startMock();
  folder = await mkdtemp(join(tmpdir(), 'mockjet-curl-'));
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

// -q: no .curlrc
const curl = (args: string) => run('curl', ['-q', '-sS', '--max-time', '10', ...args.split(' ')]);

const ways = [
  ['plain HTTP', 'URL'],
  ['HTTPS', '--cacert CA HTTPS'],
  ['absolute-form', '-x URL http://api.mailjet.com'],
  ['CONNECT and TLS', '--cacert CA -x URL https://api.mailjet.com'],
  [
    'api.mailjet.com:443 led here',
    '--cacert CA --connect-to api.mailjet.com:443:127.0.0.1:PORT https://api.mailjet.com',
  ],
  ['HTTP/1.0', '-0 URL'],
];

describe.skipIf(!hasCurl)('curl, with the CA it has downloaded', () => {
  test.each(ways)('makes and finds a contact by %s', async (way, args) => {
    const ca = join(folder, 'ca.pem');
    await curl(`-o ${ca} ${mock.url}/_mockjet/ca.pem`);
    const filled = args
      .replace('CA ', `${ca} `)
      .replace('HTTPS', mock.url.replace('http:', 'https:'))
      .replace('URL', mock.url)
      .replace('PORT', new URL(mock.url).port);
    const user = way.replaceAll(/\W/g, '-');
    const type = '-H Content-Type:application/json';
    const made = await curl(
      `-u ${user}:secret ${type} -d {"Email":"ann+x@example.com","Name":"Ann"} ${filled}/v3/REST/contact`,
    );
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(made.stdout)).toMatchObject({ Count: 1, Data: [{ Name: 'Ann' }] });
    const found = await curl(
      `-u ${user}:secret -w %{http_code} ${filled}/v3/REST/contact/ann+x@example.com`,
    );
    expect(found.stdout).toBe(`${made.stdout}200`);
  });
});
