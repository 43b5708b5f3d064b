import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseJson } from '../../src/lib/json-text.ts';
import { controlGuide, curlOf } from '../../src/wire/control/guide.ts';
import { controlRoutes } from '../../src/wire/control/routes.ts';
import { newAccount, rows, startImport } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

const file = join(import.meta.dirname, '../../docs/control.md');
let mock: Mock;
const Attachments = [{ Filename: 'ticket.txt', ContentType: 'text/plain', Base64Content: 'QTI=' }];
const folder = mkdtempSync(join(tmpdir(), 'mockjet-guide-'));
beforeAll(async () => {
  mock = await startMock({ pace: 'held' });
});
afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true });
});

it('docs/control.md says what the routes say of themselves', async () => {
  await expect(controlGuide()).toMatchFileSnapshot(file);
});

it('docs/control.md and GET /_mockjet name the same routes', async () => {
  const { routes } = JSON.parse((await mock.call('GET', '/_mockjet', { user: '' })).body);
  const listed = routes.map(({ method, path }: Record<string, string>) => `${method} ${path}`);
  const described = [...readFileSync(file, 'utf8').matchAll(/^### `(.*)`$/gm)].map(
    ([, name]) => name,
  );
  expect(listed).toEqual(described);
  expect(listed.length).toBeGreaterThan(35);
});

describe('the curl of', () => {
  it.each(controlRoutes.map((route) => [`${route.method} /_mockjet${route.path}`, route] as const))(
    '%s works as it stands',
    async (_name, route) => {
      const account = newAccount(mock);
      const job = await startImport(account, mock, 'email\nann@example.com\n');
      const segment = { Name: 'Grown-ups', Expression: 'age>17' };
      const [filter] = rows(await account.call('POST', '/v3/REST/contactfilter', segment));
      const outcome = await account.control('POST', '/outcomes', { outcome: 'sent' });
      await account.call(
        'POST',
        '/v3.1/send',
        send(message({ HTMLPart: '<p>Hi</p>', Attachments })),
      );
      const hook = { EventType: 'sent', Url: 'http://127.0.0.1:1/' };
      const [{ ID: hookId }] = rows(await account.call('POST', '/v3/REST/eventcallbackurl', hook));
      await account.call('POST', `/v3/REST/eventcallbackurl/${hookId}/test`);
      const { deliveries } = await account.control('GET', '/deliveries');
      const { mails } = await account.control('GET', '/mails');
      const fault = await account.control('POST', '/faults', { status: 500, count: 1 });
      await account.control('POST', '/snapshots', { name: 'before' });
      const bytes = await mock.steering.snapshots.read(account.user.split(':')[0] ?? '', 'before');
      writeFileSync(join(folder, 'account.sqlite'), bytes ?? '');
      if (route.path === '/requests') {
        await account.control('DELETE', '/faults');
        await account.call('POST', '/v3/REST/contact', { Email: 'ann@example.com' });
      }
      const command = curlOf(route);
      expect(readFileSync(file, 'utf8')).toContain(`\n${command}\n`);
      const { status, body } = await run(
        command.replace('curl ', "curl -sS -w '\\n%{http_code}' "),
        {
          MOCKJET: mock.url,
          KEYS: account.user,
          ID: String(
            idFor(route.path, {
              faults: fault.id,
              outcomes: outcome.id,
              mails: mails[0].id,
              deliveries: deliveries[0].id,
              segments: filter.ID,
              jobs: job,
            }),
          ),
        },
      );
      expect(status).toMatch(route.status === 201 ? /^201$/ : /^20[04]$/);
      // without a schema there is no JSON: a 204, or a file that curl writes
      if (route.answer === undefined) expect(body).toBe('');
      else expect(route.answer.safeParse(parseJson(body)).error).toBeUndefined();
      const sends = /(^| )(-d|--data-\w+) /.test(route.example);
      expect(route.query !== undefined || route.body !== undefined).toBe(sends);
    },
  );
});

/** What `$ID` is in the path of a route. */
function idFor(path: string, ids: Record<string, number>): number {
  return ids[path.split('/')[1] ?? ''] ?? ids.jobs ?? 0;
}

/** Runs a line in a shell; the last line that it wrote is the status. */
async function run(command: string, environment: Record<string, string>) {
  const { stdout } = await promisify(execFile)('sh', ['-c', command], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
  });
  const [status = '', ...body] = stdout.trim().split('\n').reverse();
  return { status, body: body.reverse().join('\n') };
}
