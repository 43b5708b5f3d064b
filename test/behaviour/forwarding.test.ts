import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startMockjet } from '../../src/index.ts';
import { newAccount, type TestAccount } from '../support/account.ts';
import { builtMain } from '../support/built.ts';
import { type OtherInbox, startInbox } from '../support/inbox.ts';
import { startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';
import { handIn, signedIn } from '../support/smtp.ts';

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const inbox = async (...given: Parameters<typeof startInbox>): Promise<OtherInbox> => {
  const made = await startInbox(...given);
  opened.push(made);
  return made;
};

/** A mock that forwards, and an account of it whose clock stands still. */
async function forwarding(forward: string, more: Parameters<typeof startMock>[0] = {}) {
  const mock = await startMock({ forward, ...more });
  opened.push(mock);
  const account = newAccount(mock);
  await account.control('POST', '/clock/freeze', { at: '2026-06-01T12:00:00Z' });
  return { mock, account };
}
const post = (account: TestAccount, ...messages: object[]) =>
  account.call('POST', '/v3.1/send', send(...messages));
const mailsOf = async (account: TestAccount) => (await account.control('GET', '/mails')).mails;
/** What is shown of the newest mail's forwarding, once it is so. */
const becomes = (account: TestAccount, wanted: object) =>
  expect
    .poll(async () => (await mailsOf(account))[0]?.forwarded, { timeout: 20_000 })
    .toMatchObject(wanted);

it('passes on what each way of sending has taken, with its envelope', async () => {
  const { next, url } = await inbox();
  const { mock, account } = await forwarding(url);
  await post(
    account,
    message({
      To: [{ Email: 'ann@example.com', Name: 'Ann' }],
      Cc: [{ Email: 'bob@example.com' }],
      Bcc: [{ Email: 'carl@example.com' }],
      HTMLPart: '<b>May the delivery force be with you!</b>',
      Headers: { 'X-Shop': 'books' },
      Attachments: [{ ContentType: 'text/plain', Filename: 'a.txt', Base64Content: 'QUJD' }],
    }),
  );
  const first = await next();
  expect([first.from, first.to]).toEqual([
    'pilot@example.com',
    ['ann@example.com', 'bob@example.com', 'carl@example.com'],
  ]);
  expect(first.mail).toMatchObject({
    from: { address: 'pilot@example.com', name: 'Mailjet Pilot' },
    to: [{ address: 'ann@example.com', name: 'Ann' }],
    cc: [{ address: 'bob@example.com' }],
    subject: 'Your email flight plan!',
    attachments: [{ filename: 'a.txt' }],
  });
  expect(first.mail.bcc).toBeUndefined();
  expect(first.raw.toString()).not.toContain('carl@example.com');
  expect(first.mail.headers.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['x-shop', 'feedback-id', 'x-mj-mid']),
  );
  await becomes(account, { state: 'done', tries: 1, error: '' });

  await account.call('POST', '/v3/send', {
    FromEmail: 'pilot@example.com',
    Recipients: [{ Email: 'dora@example.com' }, { Email: 'emil@example.com' }],
    Subject: 'v3',
    'Text-part': 'Hello',
  });
  const both = [await next(), await next()];
  expect(both.map(({ to }) => to).sort()).toEqual([['dora@example.com'], ['emil@example.com']]);

  const { smtpUrl } = await mock.smtp.listen({ host: '127.0.0.1', smtpPort: 0 });
  const talk = await signedIn(Number(new URL(smtpUrl ?? '').port), account.user);
  await handIn(talk, 'Subject: by SMTP\r\n\r\nHello', ['fred@example.com']);
  talk.socket.destroy();
  const last = await next();
  expect([last.to, last.mail.subject]).toEqual([['fred@example.com'], 'by SMTP']);
});

it('signs in where the target names somebody, and no answer of control tells the password', async () => {
  const { next, port } = await inbox();
  const { mock, account } = await forwarding(`smtp://mail%40er:p%3Ass@127.0.0.1:${port}`);
  await post(account, message());
  expect((await next()).user).toBe('mail@er');
  const config = await mock.call('GET', '/_mockjet/config', { user: '' });
  expect(JSON.parse(config.body).forward).toBe(`smtp://***@127.0.0.1:${port}`);
});

it('passes on no mail of the sandbox, none that is dropped, and says so by null', async () => {
  const { arrived, next, url } = await inbox();
  const { account } = await forwarding(url, { senders: 'strict' });
  await account.call('POST', '/v3.1/send', { ...send(message()), SandboxMode: true });
  await post(account, message());
  expect(
    (await mailsOf(account)).map(({ forwarded }: { forwarded: unknown }) => forwarded),
  ).toEqual([null, null]);
  await post(account, message({ From: { Email: 'owner@example.com' } }));
  expect((await next()).from).toBe('owner@example.com');
  expect(arrived).toEqual([]);
});

it('without a target nothing is passed on', async () => {
  const mock = await startMock();
  opened.push(mock);
  const account = newAccount(mock);
  await post(account, message());
  expect(await mailsOf(account)).toMatchObject([{ forwarded: null }]);
});

it('tries again on the account’s clock while the target is down, and says so in mail and log', async () => {
  const { port, close } = await startInbox();
  await close();
  const lines: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const { account } = await forwarding(`smtp://127.0.0.1:${port}`, { logger });
  expect((await post(account, message())).status).toBe(200);
  await becomes(account, {
    state: 'waiting',
    tries: 1,
    error: expect.stringContaining('ECONNREFUSED'),
  });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: 'delivery failed and is tried again', kind: 'forward', tries: 1 },
  ]);
  await account.control('POST', '/clock/advance', { by: '1s' });
  await becomes(account, { state: 'waiting', tries: 2 });
  const { next } = await inbox(undefined, port);
  await account.control('POST', '/clock/advance', { by: '5s' });
  expect((await next()).mail.subject).toBe('Your email flight plan!');
  await becomes(account, { state: 'done', tries: 3, error: '' });
});

it.each([
  [550, { state: 'failed', tries: 1 }],
  [451, { state: 'waiting', tries: 1 }],
])('a refusal by %s ends as its class says', async (code, wanted) => {
  const { url } = await inbox(() => code);
  const { account } = await forwarding(url);
  await post(account, message());
  await becomes(account, { ...wanted, error: expect.stringContaining('not today') });
});

it('gives up after an hour and a quarter', async () => {
  const { url, refused } = await inbox(() => 451);
  const { account } = await forwarding(url);
  await post(account, message());
  for (const [tries, gap] of [1, 5, 30, 120, 600, 3600].entries()) {
    await becomes(account, { state: 'waiting', tries: tries + 1 });
    await account.control('POST', '/clock/advance', { by: `${gap}s` });
  }
  await becomes(account, { state: 'failed', tries: 7 });
  expect(refused()).toBe(7);
});

it('a mail that is removed from the inbox is passed on no more', async () => {
  const { port, close } = await startInbox();
  await close();
  const { mock, account } = await forwarding(`smtp://127.0.0.1:${port}`);
  await post(account, message(), message());
  await becomes(account, { tries: 1 });
  const rows = () =>
    mock.registry
      .find(account.user.split(':')[0] ?? '')
      ?.sql('SELECT count(*) AS n FROM delivery')
      .get();
  expect(rows()).toEqual({ n: 2n });
  await account.control('DELETE', '/mails');
  expect(rows()).toEqual({ n: 0n });
});

it('close ends at once over a target that says nothing', async () => {
  const silent = createServer();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo; // it listens on TCP
  const reached = once(silent, 'connection');
  const mockjet = await startMockjet({ forward: `smtp://127.0.0.1:${port}` });
  const { url, apiKey, secretKey } = await mockjet.account();
  await fetch(`${url}/v3.1/send`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${apiKey}:${secretKey}`)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(send(message())),
  });
  const [socket] = await reached;
  const ended = once(socket.resume(), 'close');
  await mockjet.close();
  await ended;
  silent.close();
});

it('kill -9 loses none', async () => {
  const data = mkdtempSync(join(tmpdir(), 'mockjet-forwarding-'));
  const main = builtMain();
  const { port, close } = await startInbox();
  await close();
  const serve = async () => {
    const forward = `smtp://127.0.0.1:${port}`;
    const child = spawn(
      process.execPath,
      [main, '--port', '0', '--data', data, '--forward', forward],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH } },
    );
    for await (const line of createInterface({ input: child.stdout })) {
      const { msg, url } = JSON.parse(line) as { msg: string; url: string }; // the ready line
      if (msg === 'ready') return { child: child.on('exit', () => {}), url };
    }
    throw new Error('the server ended before it was ready');
  };
  const first = await serve();
  const authorization = `Basic ${btoa('public:private')}`;
  const answer = await fetch(`${first.url}/v3.1/send`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(send(message({ Subject: 'before the kill' }))),
  });
  expect(answer.status).toBe(200);
  const killed = once(first.child, 'exit');
  first.child.kill('SIGKILL');
  await killed;
  const { next } = await inbox(undefined, port);
  const second = await serve();
  expect((await next()).mail.subject).toBe('before the kill');
  const ended = once(second.child, 'exit');
  second.child.kill('SIGKILL');
  await ended;
  rmSync(data, { recursive: true });
}, 60_000);

const anywhere = '--forward-anywhere';
it.each([
  [['--forward', 'smtp://mailpit:1025']],
  [['--forward', 'smtp://127.0.0.1:1025', '--smtp-port', '2525']],
  [['--forward', 'smtp://192.168.1.7']],
  [['--forward', 'smtps://user:secret@mail.example.com:465', anywhere]],
])('starts with %j', (argv) => {
  expect(readConfig(argv, {}).forward).toBe(argv[1]);
});

it('the environment lets mail go anywhere too', () => {
  const environment = { MOCKJET_FORWARD: 'smtp://example.com', MOCKJET_FORWARD_ANYWHERE: '1' };
  expect(readConfig([], environment)).toMatchObject({ forwardAnywhere: true });
  expect(() => readConfig([], { ...environment, MOCKJET_FORWARD_ANYWHERE: '0' })).toThrow();
});

it.each([
  [['--forward', 'smtp://example.com'], '--forward: example.com may lead to real people'],
  [['--forward', 'smtp://8.8.8.8:25'], 'may lead to real people'],
  [['--forward', 'smtp://134744072'], 'may lead to real people'],
  [
    ['--forward', 'mailpit:1025'],
    '--forward: the value is not an address such as smtp://host:1025',
  ],
  [
    ['--forward', 'http://mailpit'],
    '--forward: the value is not an address such as smtp://host:1025',
  ],
  [
    ['--forward', 'smtp://localhost:1025', '--smtp-port', '1025'],
    'port 1025 of this machine is Mockjet’s own'.replace('’', "'"),
  ],
  [['--forward', 'smtp://127.0.0.1:465', '--smtps-port', '465', anywhere], 'is Mockjet'],
])('refuses to start with %j', (argv, words) => {
  expect(() => readConfig(argv, {})).toThrow(words);
});
