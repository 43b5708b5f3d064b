import { describe, expect, it } from 'vitest';
import { type MockjetAccount, type SeedDocument, startMockjet } from '../../src/index.ts';
import { mailjet } from '../support/mailjet.ts';

const welcome = {
  from: { email: 'shop@example.com', name: 'Shop' },
  to: 'ann@example.com',
  cc: ['bob@example.com', { email: 'cat@example.com', name: 'Cat' }],
  replyTo: 'desk@example.com',
  subject: 'Welcome',
  text: 'Your code is 482913.',
  html: '<a href="https://shop.example/confirm">Confirm</a>',
  customId: 'welcome-1',
  campaign: 'Welcome',
  headers: { 'X-Shop': 'Dublin' },
  at: '2026-02-28T12:00:00Z',
};
const from = 'shop@example.com';

describe('mails of a seed', () => {
  it('are in the inbox as if they had been sent at their time', async () => {
    await using mockjet = await startMockjet({ pace: 'held' });
    const account = await mockjet.account();
    await account.clock.freeze('2026-03-01T09:00:00Z');
    expect(await account.seed({ mails: [welcome] })).toMatchObject({ mails: 1 });
    const [mail] = await account.mails.find();
    const history = [{ type: 'sent', at: '2026-02-28T12:00:00.000Z', state: '', url: '' }];
    expect(mail).toMatchObject({
      at: '2026-02-28T12:00:00.000Z',
      from: { email: 'shop@example.com', name: 'Shop' },
      to: [{ email: 'ann@example.com', name: '' }],
      cc: [
        { email: 'bob@example.com', name: '' },
        { email: 'cat@example.com', name: 'Cat' },
      ],
      replyTo: { email: 'desk@example.com', name: '' },
      headers: [{ name: 'X-Shop', value: 'Dublin' }],
      codes: ['482913'],
      recipients: [
        { status: 'sent', history },
        { status: 'sent', history },
        { status: 'sent', history },
      ],
    });
    expect(mail?.link('confirm')).toBe('https://shop.example/confirm');
    const messages = await mailjet(account, 'GET', 'REST/message?CustomID=welcome-1');
    expect(messages).toHaveLength(3);
    expect(messages[0]).toMatchObject({ ArrivedAt: '2026-02-28T12:00:00Z', Status: 'sent' });
    expect(await mailjet(account, 'GET', 'REST/contact/ann@example.com')).toMatchObject([
      { DeliveredCount: 1 },
    ]);
    expect(await mailjet(account, 'GET', 'REST/campaign?Period=Year')).toMatchObject([
      { CustomValue: 'Welcome' },
    ]);
    expect(await account.requests.find({ method: 'POST' })).toEqual([]);
  });

  const statuses = async ({ mails }: MockjetAccount) =>
    (await mails.find()).map(({ recipients }) => recipients[0]?.status);
  const deferred: SeedDocument = {
    outcomes: [
      {
        to: 'late@example.com',
        outcome: 'deferred',
        later: [{ status: 'sent', after: '1h' }],
      },
    ],
    mails: [
      { from, to: 'late@example.com' },
      { from, to: 'open@mockjet.test' },
      { from, to: 'hardbounce@mockjet.test' },
    ],
  };

  it.each<[string, { seed?: SeedDocument }, SeedDocument | undefined]>([
    ['of the server', { seed: deferred }, undefined],
    ['of an account', {}, deferred],
  ])(
    '%s come to what address and rules say, and what is due later comes later',
    async (_what, server, seed) => {
      await using mockjet = await startMockjet(server);
      const account = await mockjet.account(seed === undefined ? {} : { seed });
      expect(await statuses(account)).toEqual(['hardbounced', 'opened', 'deferred']);
      await account.clock.freeze();
      await account.clock.advance('2h');
      await account.mails.wait({ to: 'late@example.com', status: 'sent', within: '1m' });
    },
  );

  it('go with a reset when they were added, and come back when they belong to the start', async () => {
    await using mockjet = await startMockjet({
      seed: { mails: [{ from, to: 'ann@example.com' }] },
    });
    const account = await mockjet.account({ seed: { mails: [{ from, to: 'bob@example.com' }] } });
    const ids = async () => (await account.mails.find()).map(({ to }) => to[0]?.email);
    expect(await ids()).toEqual(['bob@example.com', 'ann@example.com']);
    await account.reset();
    expect(await ids()).toEqual(['ann@example.com']);
  });

  it.each<[object, string]>([
    [{ from }, 'mails.0: name at least one recipient'],
    [{ to: 'ann@example.com' }, 'mails.0.from'],
    [{ from, to: 'nobody' }, 'mails.0.to'],
    [{ from, to: Array.from({ length: 51 }, (_, n) => `ann${n}@example.com`) }, 'at most 50'],
    [{ from, to: 'ann@example.com', at: 'yesterday' }, 'mails.0.at'],
    [{ from, to: 'ann@example.com', sender: 'x' }, 'sender'],
  ])('%j is refused', async (mail, words) => {
    await using mockjet = await startMockjet();
    const seed = { mails: [mail] } as SeedDocument; // it is none
    await expect(mockjet.defaultAccount.seed(seed)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(words),
    });
    expect(await mockjet.defaultAccount.mails.find()).toEqual([]);
  });

  it('are refused when there are too many recipients', async () => {
    await using mockjet = await startMockjet();
    const to = Array.from({ length: 50 }, (_, n) => `ann${n}@example.com`);
    const mails = Array.from({ length: 41 }, () => ({ from, to }));
    await expect(mockjet.defaultAccount.seed({ mails })).rejects.toThrow(
      '2050 recipients of mails, of at most 2000',
    );
  });
});
