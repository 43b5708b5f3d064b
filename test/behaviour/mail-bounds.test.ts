import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { newAccount, rows, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

const lines: string[] = [];
const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line).msg) });

const user = 'bounded:secret';

async function withMock(
  options: Parameters<typeof startMock>[0],
  work: (account: TestAccount, mock: Mock) => Promise<void>,
): Promise<void> {
  lines.length = 0;
  const mock = await startMock({ logger, ...options });
  try {
    await work(newAccount(mock, user), mock);
  } finally {
    await mock.close();
  }
}

/** Sends mails with the subjects given, a call each; returns the IDs of their messages. */
async function sendEach(account: TestAccount, subjects: string[], more: object = {}) {
  const ids: string[] = [];
  for (const Subject of subjects) {
    const answer = await account.call('POST', '/v3.1/send', send(message({ Subject, ...more })));
    ids.push(...[...answer.body.matchAll(/"MessageID":(\d+)/g)].map(([, id = '']) => id));
  }
  return ids;
}

const subjects = async (account: TestAccount) =>
  (await account.control('GET', '/mails?limit=1000')).mails.map(
    (mail: { subject: string }) => mail.subject,
  );
const kept = async (account: TestAccount) => {
  const { mails, mailBytes, messages, droppedMails, droppedMessages } = await account.control(
    'GET',
    '/account',
  );
  return { mails, mailBytes, messages, droppedMails, droppedMessages };
};
const statusOf = async (account: TestAccount, id: string) =>
  (await account.call('GET', `/v3/REST/message/${id}`)).status;

it('above --mails the oldest contents go, their messages stay, and the log says so once', () =>
  withMock({ mails: 3 }, async (account) => {
    const ids = await sendEach(account, ['a', 'b', 'c']);
    expect(lines).toEqual([]);
    ids.push(...(await sendEach(account, ['d', 'e'])));
    expect(await subjects(account)).toEqual(['e', 'd', 'c']);
    expect(await kept(account)).toMatchObject({ mails: 3, droppedMails: 2, droppedMessages: 0 });
    for (const id of ids) expect(await statusOf(account, id)).toBe(200);
    const [row] = rows(await account.call('GET', `/v3/REST/message/${ids[0]}?ShowSubject=true`));
    expect(row.Subject).toBe('a');
    expect(lines).toEqual([
      'the oldest mails are dropped: --mails and --mails-bytes allow no more',
    ]);
  }));

it('above --mails-bytes the oldest contents go, attachments counted, the newest never', () =>
  withMock({ mailsBytes: 10_000 }, async (account) => {
    const attached = (size: number) => ({
      Attachments: [
        {
          ContentType: 'text/plain',
          Filename: 'a.txt',
          Base64Content: Buffer.alloc(size, 'x').toString('base64'),
        },
      ],
    });
    await sendEach(account, ['a', 'b', 'c'], attached(3000));
    expect(await subjects(account)).toEqual(['c', 'b', 'a']);
    await sendEach(account, ['d'], attached(4000));
    expect(await subjects(account)).toEqual(['d', 'c']);
    await sendEach(account, ['e'], attached(20_000));
    expect(await subjects(account)).toEqual(['e']);
    await sendEach(account, ['f']);
    expect(await subjects(account)).toEqual(['f']);
    const { mailBytes, droppedMails } = await kept(account);
    expect([droppedMails, mailBytes < 1000]).toEqual([5, true]);
  }));

it('above --messages the oldest messages go with their history, and the mail with the last of it', () =>
  withMock({ messages: 3, mails: 2 }, async (account, mock) => {
    const to = (...names: string[]) => ({
      To: names.map((name) => ({ Email: `${name}@example.com` })),
    });
    const first = await sendEach(account, ['a'], to('ann', 'bob'));
    const second = await sendEach(account, ['b'], to('carol', 'dave'));
    const [ann = '', bob = '', carol = ''] = [...first, ...second];
    expect(await statusOf(account, ann)).toBe(404);
    expect(rows(await account.call('GET', `/v3/REST/messagehistory/${ann}`))).toEqual([]);
    expect(await statusOf(account, bob)).toBe(200);
    const { mails } = await account.control('GET', '/mails?subject=a');
    expect(
      mails[0].recipients.map(({ email, status }: Record<string, string>) => [email, status]),
    ).toEqual([
      ['ann@example.com', ''],
      ['bob@example.com', 'sent'],
    ]);
    await sendEach(account, ['c']);
    expect([await statusOf(account, bob), await statusOf(account, carol)]).toEqual([404, 200]);
    expect(await kept(account)).toMatchObject({
      mails: 2,
      messages: 3,
      droppedMails: 1,
      droppedMessages: 2,
    });
    expect(lines).toEqual([
      'the oldest messages are dropped with their history: --messages allows no more',
      'the oldest mails are dropped: --mails and --mails-bytes allow no more',
    ]);
    const { db } = mock.registry.accounts()[0] ?? {};
    expect(db?.prepare('SELECT Subject FROM mail ORDER BY ID').pluck().all()).toEqual(['b', 'c']);
  }));

it('--messages 0 keeps all', () =>
  withMock({ messages: 0 }, async (account) => {
    await sendEach(account, ['a', 'b', 'c']);
    expect(await kept(account)).toMatchObject({ messages: 3, droppedMessages: 0 });
  }));

it('a mail in the sandbox has no message, and goes with its content', () =>
  withMock({ mails: 1 }, async (account, mock) => {
    for (const Subject of ['a', 'b'])
      await account.call('POST', '/v3.1/send', {
        SandboxMode: true,
        Messages: [message({ Subject })],
      });
    expect(await subjects(account)).toEqual(['b']);
    const { db } = mock.registry.accounts()[0] ?? {};
    expect(db?.prepare('SELECT count(*) FROM mail').pluck().get()).toBe(1);
  }));

it('what was dropped leaves its room to what comes: the database does not grow', () =>
  withMock({ mails: 10, messages: 20 }, async (account) => {
    const HTMLPart = 'x'.repeat(4096);
    const many = Array.from({ length: 40 }, (_, n) => `mail ${n}`);
    await sendEach(account, many, { HTMLPart });
    const { bytes } = await account.control('GET', '/account');
    await sendEach(account, [...many, ...many], { HTMLPart });
    const after = await account.control('GET', '/account');
    expect(after.bytes - bytes).toBeLessThan(2 * 4096);
    expect(after).toMatchObject({ mails: 10, messages: 20, droppedMails: 110 });
  }));

it('a larger bound is gone below by a hundredth, so that not each send drops something', () =>
  withMock({ mails: 200, messages: 300 }, async (account) => {
    const To = Array.from({ length: 3 }, (_, n) => ({ Email: `reader${n}@example.com` }));
    for (let calls = 0; calls < 12; calls += 1)
      await account.call(
        'POST',
        '/v3.1/send',
        send(...Array.from({ length: 16 }, () => message({ To }))),
      );
    // 192 mails of 576 messages: 12 calls of 48
    const { messages, droppedMails, ...rest } = await kept(account);
    expect([droppedMails, messages <= 300, messages + rest.droppedMessages]).toEqual([
      0,
      true,
      576,
    ]);
    await sendEach(account, Array<string>(8).fill('a'));
    expect(await kept(account)).toMatchObject({ mails: 200, droppedMails: 0 });
    await sendEach(account, ['b']);
    expect(await kept(account)).toMatchObject({ mails: 198, droppedMails: 3 });
    await sendEach(account, ['c', 'd']);
    expect(await kept(account)).toMatchObject({ mails: 200, droppedMails: 3 });
  }));

it('a restart knows what is kept, and a smaller bound is met in slices that let others have their turn', async () => {
  const data = mkdtempSync(join(tmpdir(), 'mockjet-bounds-'));
  const To = Array.from({ length: 50 }, (_, n) => ({ Email: `reader${n}@example.com` }));
  await withMock({ data }, async (account) => {
    await sendEach(account, Array<string>(50).fill('news'), { To });
    expect(await kept(account)).toMatchObject({ mails: 50, messages: 2500 });
  });
  await withMock({ data, mails: 40, messages: 100 }, async (account) => {
    await sendEach(account, ['a']);
    // three slices: the first in the turn of the call, the others in a turn of their own
    for (let turns = 0; turns < 5; turns += 1) await setImmediate();
    expect(await kept(account)).toMatchObject({
      mails: 40,
      messages: 99,
      droppedMails: 11,
      droppedMessages: 2402,
    });
  });
  rmSync(data, { recursive: true });
});

it('counts go back with a snapshot, and begin anew with a reset', () =>
  withMock({ mails: 2 }, async (account) => {
    await sendEach(account, ['a']);
    const before = await kept(account);
    await account.control('POST', '/snapshots', { name: 'one' });
    await sendEach(account, ['b', 'c', 'd']);
    await account.control('POST', '/snapshots/one/restore');
    expect(await kept(account)).toEqual(before);
    await sendEach(account, ['e', 'f']);
    expect(await subjects(account)).toEqual(['f', 'e']);
    expect(await kept(account)).toMatchObject({ mails: 2, messages: 3, droppedMails: 1 });
    await account.control('POST', '/reset');
    expect(await kept(account)).toEqual({
      mails: 0,
      mailBytes: 0,
      messages: 0,
      droppedMails: 0,
      droppedMessages: 0,
    });
    await sendEach(account, ['g']);
    expect(await subjects(account)).toEqual(['g']);
  }));

it('a call that fails counts nothing', () =>
  withMock({}, async (account) => {
    await account.call('POST', '/v3.1/send', send(message({ Subject: 7 })));
    expect(await kept(account)).toMatchObject({ mails: 0, messages: 0 });
  }));
