import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mockjet, type MockjetAccount, startMockjet } from '../../src/index.ts';
import { mailjet } from '../support/mailjet.ts';
import { message } from '../support/sending.ts';

let mockjet: Mockjet;
beforeAll(async () => {
  mockjet = await startMockjet({ pace: 'instant' });
});
afterAll(() => mockjet.close());

/** Sends mails as an application does. */
async function send(
  { apiKey, secretKey, url }: MockjetAccount,
  ...messages: object[]
): Promise<string> {
  const answer = await fetch(`${url}/v3.1/send`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${apiKey}:${secretKey}`)}` },
    body: JSON.stringify({ Messages: messages.map((more) => message(more)) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}
const to = (...emails: string[]) => ({ To: emails.map((Email) => ({ Email })) });

describe('mails', () => {
  it('are waited for, one by one or many', async () => {
    const account = await mockjet.account();
    const one = account.mails.wait({ to: 'ann@example.com', subject: 'WELCOME', within: '1m' });
    const many = account.mails.wait({ to: '*@example.com', count: 2, within: 60_000 });
    await send(account, { ...to('bob@example.com'), Subject: 'Welcome, Bob' });
    await send(account, { ...to('ann@example.com'), Subject: 'Welcome, Ann' });
    expect((await one).subject).toBe('Welcome, Ann');
    expect((await many).map(({ subject }) => subject)).toEqual(['Welcome, Ann', 'Welcome, Bob']);
  });

  it('that do not come are told of', async () => {
    const account = await mockjet.account();
    await send(account, to('bob@example.com'));
    await expect(account.mails.wait({ to: 'ann@example.com', within: 0 })).rejects.toMatchObject({
      name: 'MockjetError',
      status: 408,
      message: expect.stringContaining('to is "bob@example.com"'),
    });
  });

  it('are found, read again and removed', async () => {
    const account = await mockjet.account();
    const answer = await send(
      account,
      { ...to('ann@example.com'), Headers: { 'X-Shop': 'Dublin' }, CustomID: 'one' },
      { ...to('bob@example.com'), CustomID: 'two' },
      { ...to('cat@example.com'), CustomID: 'three' },
    );
    const { mails } = account;
    const ids = async (query?: Parameters<typeof mails.find>[0]) =>
      (await mails.find(query)).map(({ customId }) => customId);
    expect(await ids()).toEqual(['three', 'two', 'one']);
    expect(await ids({ limit: 1 })).toEqual(['three']);
    expect(await ids({ headers: { 'x-shop': 'dublin' } })).toEqual(['one']);
    const [first] = await mails.find({ customId: 'one' });
    expect(await ids({ after: first?.id ?? '' })).toEqual(['three', 'two']);
    expect(await ids({ after: new Date('2020-01-01') })).toHaveLength(3);
    // Mailjet's ID is a number above 2^53, ours its digits
    const messageId = /"MessageID":(\d{17,})/.exec(answer)?.[1];
    expect(first?.recipients).toMatchObject([{ messageId, status: 'sent' }]);
    expect((await mails.get(first?.id ?? '')).subject).toBe(first?.subject);
    expect(await mails.clear({ to: 'bob@*' })).toBe(1);
    expect(await ids()).toEqual(['three', 'one']);
    expect(await mails.clear()).toBe(2);
    await expect(mails.get(first?.id ?? '')).rejects.toMatchObject({ status: 404 });
    await expect(mails.get('../accounts')).rejects.toMatchObject({ status: 404 });
  });

  it('of two accounts are apart', async () => {
    const [one, other] = await Promise.all([mockjet.account(), mockjet.account()]);
    await send(one, to('ann@example.com'));
    expect(await other.mails.find()).toEqual([]);
  });
});

describe('a mail', () => {
  const html = `<a href="https://shop.example/">Shop</a> <a href="https://shop.example/confirm?t=1">Yes, it’s me</a>`;
  const received = async (more: object) => {
    const account = await mockjet.account();
    await send(account, more);
    return account.mails.wait();
  };

  it.each([
    [undefined, 'https://shop.example/'],
    [/confirm/, 'https://shop.example/confirm?t=1'],
    [/CONFIRM/gi, 'https://shop.example/confirm?t=1'],
    [/^Yes/, 'https://shop.example/confirm?t=1'],
    ['CONFIRM?', 'https://shop.example/confirm?t=1'],
    ['yes, it', 'https://shop.example/confirm?t=1'],
    [/shop/, 'https://shop.example/'],
  ])('has a link with %s', async (which, href) => {
    const mail = await received({ HTMLPart: html, TextPart: '' });
    expect(mail.link(which)).toBe(href);
    expect(mail.link(which)).toBe(href);
  });

  it('without the link or code that is wanted says what it has', async () => {
    const mail = await received({ HTMLPart: html, Subject: 'Hi' });
    expect(() => mail.link(/reset/)).toThrow(
      `The mail ${mail.id} "Hi" has no link with /reset/; its links: https://shop.example/, https://shop.example/confirm?t=1`,
    );
    const plain = await received({ TextPart: 'Hello', Subject: 'Hi' });
    expect(() => plain.link()).toThrow('has no link');
    expect(() => plain.code()).toThrow(`The mail ${plain.id} "Hi" has no code in it`);
  });

  it('has a code, attachments and its raw message', async () => {
    const mail = await received({
      TextPart: 'Your code is 482 913.',
      Attachments: [
        {
          Filename: 'a.bin',
          ContentType: 'application/octet-stream',
          Base64Content: Buffer.from([0, 255, 10]).toString('base64'),
        },
      ],
    });
    expect(mail.code()).toBe('482913');
    expect(mail.attachments).toMatchObject([{ filename: 'a.bin', size: 3 }]);
    expect([...((await mail.attachments[0]?.content()) ?? [])]).toEqual([0, 255, 10]);
    expect(new TextDecoder().decode(await mail.raw())).toContain('filename=a.bin');
  });

  it('that is held is released', async () => {
    const account = await mockjet.account();
    await account.jobs.pace('held');
    await send(account, to('ann@example.com'));
    const mail = await account.mails.wait({ status: 'queued' });
    expect((await mail.release()).recipients).toMatchObject([{ status: 'sent' }]);
    expect((await account.mails.get(mail.id)).recipients[0]?.status).toBe('sent');
  });
});

describe('outcomes', () => {
  const statuses = async (account: MockjetAccount) =>
    (await mailjet<{ Status: string }>(account, 'GET', 'REST/message?Sort=ID')).map(
      ({ Status }) => Status,
    );

  it('are added, counted and removed', async () => {
    const account = await mockjet.account();
    const { outcomes } = account;
    const rule = await outcomes.add({
      to: '*@example.com',
      outcome: 'sent',
      later: [{ status: 'opened' }],
      count: 1,
    });
    expect(rule).toMatchObject({ seen: 0, hits: 0, isActive: true });
    await send(account, to('ann@example.com', 'bob@example.com'));
    expect(await statuses(account)).toEqual(['opened', 'sent']);
    expect(await outcomes.list()).toMatchObject([{ id: rule.id, hits: 1, isActive: false }]);
    await outcomes.remove(rule.id);
    await expect(outcomes.remove(rule.id)).rejects.toMatchObject({ status: 404 });
    await outcomes.add({ outcome: 'blocked', ttl: '1d' });
    await outcomes.clear();
    expect(await outcomes.list()).toEqual([]);
    await expect(outcomes.add({ outcome: 'spam', reason: 'bad luck' })).rejects.toThrow(
      'user unknown',
    );
  });

  it('come with a seed, to every fresh account', async () => {
    const seed = {
      outcomes: [{ to: 'ann@*', outcome: 'hardbounced' as const, reason: 'invalid domain' }],
    };
    await using server = await startMockjet({ pace: 'instant', seed });
    const account = await server.account();
    for (const round of ['new', 'reset']) {
      await send(account, to('ann@example.com', 'bob@example.com'));
      expect(await statuses(account), round).toEqual(['hardbounced', 'sent']);
      await account.reset();
    }
    await expect(
      account.seed({ outcomes: Array.from({ length: 1000 }, () => ({ outcome: 'sent' })) }),
    ).rejects.toMatchObject({ status: 409 });
    expect(await account.outcomes.list()).toHaveLength(1);
  });
});
