import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Mockjet, type MockjetAccount, startMockjet } from '../../src/index.ts';
import { mailjet } from '../support/mailjet.ts';

let mockjet: Mockjet;
let account: MockjetAccount;
beforeAll(async () => {
  mockjet = await startMockjet();
});
afterAll(() => mockjet.close());
beforeEach(async () => {
  account = await mockjet.account();
});

const send = (to: string) =>
  mailjet(account, 'POST', 'send', {
    FromEmail: 'pilot@example.com',
    Subject: 'Your email flight plan!',
    'Text-part': 'Hi',
    Recipients: [{ Email: to }],
  });

describe('webhooks of an account', () => {
  it('are received in the process of the test, and waited for', async () => {
    const told: string[] = [];
    await using receiver = await account.webhooks.receive(({ event }) => told.push(event));
    await send('hardbounce@mockjet.test');
    await send('open@mockjet.test');
    const bounces = await account.webhooks.wait({ event: 'bounce' });
    expect(bounces).toMatchObject([{ email: 'hardbounce@mockjet.test', hard_bounce: true }]);
    expect((await account.webhooks.wait({ count: 3 })).map(({ event }) => event)).toEqual([
      'bounce',
      'sent',
      'open',
    ]);
    expect(told).toEqual(['bounce', 'sent', 'open']);
    expect(receiver.events.map(({ event }) => event)).toEqual(told);
  });

  it('are tried again when the handler throws', async () => {
    await account.clock.freeze();
    let isBroken = true;
    await using receiver = await account.webhooks.receive(
      () => {
        if (isBroken) throw new Error('out of ink');
      },
      { events: ['blocked'] },
    );
    await account.jobs.pace('instant');
    await send('blocked@mockjet.test');
    await account.clock.advance(0);
    expect(await account.webhooks.deliveries()).toMatchObject([
      { url: receiver.url, tries: 1, answer: 'It answered 500: out of ink' },
    ]);
    isBroken = false;
    await account.clock.advance('30s');
    expect(await account.webhooks.deliveries({ state: 'done' })).toMatchObject([{ tries: 2 }]);
  });

  it('fail, are flushed, posted again and forgotten', async () => {
    await using receiver = await account.webhooks.receive(undefined, { events: ['sent'] });
    await account.jobs.pace('instant');
    await account.webhooks.failNext();
    await send('ann@example.com');
    await account.clock.advance(0);
    expect(receiver.events.length).toBe(0);
    expect(await account.webhooks.flush()).toEqual({ done: 1, waiting: 0, failed: 0 });
    const [delivery] = await account.webhooks.deliveries();
    await account.webhooks.replay(delivery?.id ?? '');
    await account.webhooks.wait({ count: 2 });
    expect(receiver.events.map(({ event }) => event)).toEqual(['sent', 'sent']);
    expect(await account.webhooks.clear()).toBe(2);
  });

  it('that do not come are told with what became of the posts', async () => {
    await expect(account.webhooks.wait({ event: 'spam', within: 0 })).rejects.toThrow(
      'Waited for 1 events "spam", and 0 were taken. 0 posts were taken, 0 wait, 0 have failed; has eventcallbackurl a URL for it?',
    );
  });
});
