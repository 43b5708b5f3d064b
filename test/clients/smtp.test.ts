import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../support/built.ts';
import { type SmtpMock, startSmtpMock } from '../support/smtp.ts';

const hasPython = spawnSync('python3', ['-c', 'import smtplib']).status === 0;
const hasCurl = / smtps /.test(spawnSync('curl', ['--version']).stdout?.toString() ?? '');
if (!hasPython) process.stderr.write('skipped: python3 is not installed\n');
if (!hasCurl) process.stderr.write('skipped: curl without SMTP\n');

let mock: SmtpMock;
let folder: string;
beforeAll(async () => {
  mock = await startSmtpMock();
  folder = await mkdtemp(join(tmpdir(), 'mockjet-smtp-'));
  await writeFile(join(folder, 'ca.pem'), mock.ca);
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

const ways = ['plain', 'STARTTLS', 'implicit TLS'];
const portOf = (way: string) => `${way === 'implicit TLS' ? mock.securePort : mock.port}`;

test.skipIf(!hasPython).each(ways)('smtplib of Python sends by %s', async (way) => {
  const user = `python-${way.replace(' ', '-')}`;
  const script = join(import.meta.dirname, 'python/smtp.py');
  const ended = await run('python3', [script, way, portOf(way), join(folder, 'ca.pem'), user]);
  // smtplib names whom the server refused
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout).toMatch(/^\{\}\n/);
  expect(await mock.mails(`${user}:secret`)).toMatchObject([
    {
      subject: `Zoë’s order by ${way}`,
      from: { email: 'shop@example.com', name: 'Shop' },
      to: [
        { email: 'ann@example.com', name: 'Ann Lee' },
        { email: 'bob@example.com', name: '' },
      ],
      cc: [{ email: 'carl@example.com' }],
      bcc: [{ email: 'dora@example.com' }],
      text: 'Grüße\n.\n..\n. leading dots\n',
      html: '<p>Grüße &amp; more</p>\n',
      customId: way,
      variables: { day: 'Monday' },
      attachments: [{ filename: 'Zoë.pdf', contentType: 'application/pdf', size: 7 }],
      headers: [],
    },
  ]);
});

test.skipIf(!hasCurl).each(ways)('curl sends by %s', async (way) => {
  const user = `curl-${way.replace(' ', '-')}:secret`;
  const file = join(folder, 'mail.eml');
  await writeFile(file, 'Subject: by curl\r\nTo: ann@example.com\r\n\r\n.dot\r\nHello\r\n');
  const { code, stderr } = await run('curl', [
    ...['-sS', '--user', user, '--cacert', join(folder, 'ca.pem')],
    ...(way === 'STARTTLS' ? ['--ssl-reqd'] : []),
    ...['--mail-from', 'shop@example.com', '--mail-rcpt', 'ann@example.com', '-T', file],
    `${way === 'implicit TLS' ? 'smtps' : 'smtp'}://localhost:${portOf(way)}`,
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(await mock.mails(user)).toMatchObject([
    { subject: 'by curl', to: [{ email: 'ann@example.com' }], text: '.dot\nHello' },
  ]);
});
