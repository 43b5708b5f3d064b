import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEcho } from '../support/transport-server.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) process.stderr.write('skipped: curl is not installed\n');

let echo: Awaited<ReturnType<typeof startEcho>>;
let folder: string;
beforeAll(async () => {
  echo = await startEcho();
  folder = await mkdtemp(join(tmpdir(), 'mockjet-curl-'));
  await writeFile(join(folder, 'ca.pem'), echo.door.ca);
});
afterAll(async () => {
  await echo.app.close();
  await rm(folder, { recursive: true });
});

// -q: no .curlrc; an empty environment: no proxy and no CA of this machine.
function curl(args: string): Promise<{ code: number; stdout: string }> {
  const own = args.replaceAll('PORT', String(echo.door.port)).split(' ');
  return new Promise((resolve) => {
    const child = execFile(
      'curl',
      ['-q', '-sS', '--max-time', '10', ...own],
      { env: { PATH: process.env.PATH } },
      (_error, stdout) => resolve({ code: child.exitCode ?? 1, stdout }),
    );
  });
}

describe.skipIf(!hasCurl)('curl', () => {
  test.each([
    ['plain HTTP', 'http://127.0.0.1:PORT/v3/REST/contact'],
    ['HTTPS by IP', '--cacert CA https://127.0.0.1:PORT/v3/REST/contact'],
    ['HTTPS by name', '--cacert CA https://localhost:PORT/v3/REST/contact'],
    [
      'HTTPS as api.mailjet.com',
      '--cacert CA --connect-to api.mailjet.com:443:127.0.0.1:PORT https://api.mailjet.com/v3/REST/contact',
    ],
    ['absolute-form', '-x http://127.0.0.1:PORT http://api.mailjet.com/v3/REST/contact'],
    ['CONNECT', '--cacert CA -x http://127.0.0.1:PORT https://api.mailjet.com/v3/REST/contact'],
    ['CONNECT, plain', '-p -x http://127.0.0.1:PORT http://api.mailjet.com/v3/REST/contact'],
    [
      'an HTTPS proxy',
      '--cacert CA --proxy-cacert CA -x https://127.0.0.1:PORT https://api.mailjet.com/v3/REST/contact',
    ],
    ['an upgrade to HTTP/2 it need not get', '--http2 http://127.0.0.1:PORT/v3/REST/contact'],
  ])('gets through by %s', async (_way, args) => {
    const { code, stdout } = await curl(args.replaceAll('CA ', `${join(folder, 'ca.pem')} `));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ method: 'GET', url: '/v3/REST/contact' });
  });

  test('is told about NO_PROXY when it wants elsewhere', async () => {
    const { stdout } = await curl('-x http://127.0.0.1:PORT http://example.com/');
    expect(stdout).toContain('add example.com to NO_PROXY');
  });

  test('without the CA does not trust us, and one log line says why', async () => {
    echo.lines.splice(0);
    const { code } = await curl('https://127.0.0.1:PORT/');
    expect(code).toBe(60);
    await expect.poll(() => echo.lines).toEqual([expect.stringContaining('does not trust')]);
  });
});
