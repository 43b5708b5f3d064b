import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newAccount, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { message, send } from '../support/sending.ts';

let mock: Mock;
let receiver: Receiver;
let account: TestAccount;
beforeAll(async () => {
  mock = await startMock({ pace: 'instant' });
});
afterAll(() => mock.close());
beforeEach(async () => {
  receiver = await startReceiver();
  account = newAccount(mock);
  return () => receiver.close();
});

const seed = (webhook: object = {}) =>
  account.control('POST', '/seed', { webhooks: [{ url: receiver.url, ...webhook }] });
const flush = () => account.control('POST', '/deliveries/flush');
const recipients = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ Email: `reader${n}@example.com` }));
/** Sends a mail; what the inbox has of it. */
async function sendMail(more: object = {}) {
  await account.call('POST', '/v3.1/send', send(message(more)));
  const { mails } = await account.control('GET', '/mails?limit=1');
  return mails[0];
}
const make = (id: string, event: object) =>
  account.try('POST', `/mails/${id}/events`, { body: event });

describe('what an event carries', () => {
  it.each([
    ['CustomID', 'CustomID', 'customId'],
    ['EventPayload', 'Payload', 'eventPayload'],
    ['CustomCampaign', 'customcampaign', 'campaign'],
  ])(
    '%s has 65,535 bytes; what is longer is null there, and whole in the inbox',
    async (name, key, ours) => {
      await seed();
      const [longest, longer] = [`${'é'.repeat(32_767)}x`, 'é'.repeat(32_768)];
      expect((await sendMail({ [name]: longest }))[ours]).toBe(longest);
      expect((await sendMail({ [name]: longer }))[ours]).toBe(longer);
      await flush();
      expect(receiver.events().map((event) => event[key])).toEqual([longest, null]);
    },
  );

  it('of a group is not much more than half a megabyte', async () => {
    await seed({ version: 2 });
    await sendMail({ To: recipients(20), EventPayload: 'p'.repeat(60_000) });
    await flush();
    expect(receiver.posts.map(({ body }) => JSON.parse(body).length)).toEqual([9, 9, 2]);
    expect(receiver.events().map(({ email }) => email)).toEqual(
      recipients(20).map(({ Email }) => Email),
    );
  });
});

describe('a click that names no link', () => {
  const link = (name: string) => ({ HTMLPart: `<a href="https://shop.example/${name}">Look</a>` });
  const clicks = async () => {
    await flush();
    return receiver.events().flatMap(({ event, url }) => (event === 'click' ? [url] : []));
  };

  it('is one on the first of its own mail, whichever was clicked before', async () => {
    await seed();
    const [one, two] = [await sendMail(link('1')), await sendMail(link('2'))];
    for (const { id } of [one, two, one]) await make(id, { event: 'click' });
    const paths = ['1', '2', '1'].map((name) => `https://shop.example/${name}`);
    expect(await clicks()).toEqual(paths);
  });

  it('is one on the link of the mail that has its ID after a reset', async () => {
    await make((await sendMail(link('before'))).id, { event: 'click' });
    await account.control('POST', '/reset');
    await seed();
    await make((await sendMail(link('after'))).id, { event: 'click' });
    expect(await clicks()).toEqual(['https://shop.example/after']);
  });

  it('is looked for in the first 250,000 characters of a part', async () => {
    await seed();
    const far = { HTMLPart: `${'x'.repeat(250_000)}<a href="https://shop.example/far">Look</a>` };
    await make((await sendMail(far)).id, { event: 'click' });
    expect(await clicks()).toEqual(['']);
  });
});

it.each([
  [{ event: 'open', count: 21 }, 400],
  [{ event: 'open', count: 20 }, 201],
  [{ event: 'open', count: 100, email: 'reader1@example.com' }, 201],
])('%j of a mail to fifty: %i', async (event, status) => {
  const { id } = await sendMail({ To: recipients(50) });
  const answer = await make(id, event);
  expect(answer.status).toBe(status);
  if (status === 400)
    expect(JSON.parse(answer.body).error).toBe(
      'count: 21 at each of 50 recipients are more than 1000 events: give email, or a smaller count',
    );
});

it('posts that were to fail do not, once the account is new', async () => {
  await account.control('POST', '/deliveries/fail', { count: 5 });
  await account.control('POST', '/reset');
  await seed();
  await sendMail();
  expect(await flush()).toMatchObject({ done: 1, waiting: 0 });
});

describe('a wait for events', () => {
  const wait = (count: number) =>
    account.try('GET', `/deliveries?event=sent&count=${count}&wait=60s`);

  it('counts those of before, and anew once the list was cleared', async () => {
    await seed();
    await sendMail({ To: recipients(3) });
    await flush();
    expect((await wait(3)).status).toBe(200);
    const waiting = wait(4);
    await sendMail();
    expect((await waiting).status).toBe(200);
    await account.control('DELETE', '/deliveries');
    const { status } = await account.try('GET', '/deliveries?event=sent&wait=1ms');
    expect(status).toBe(408);
  });

  it('is refused beside two hundred others, which end with the account', async () => {
    const waits = Array.from({ length: 200 }, () => wait(1));
    const { status, body } = await wait(1);
    expect([status, JSON.parse(body).error]).toEqual([
      409,
      'There are 200 waits for events already',
    ]);
    await account.control('DELETE', '/account');
    const ended = await Promise.all(waits);
    expect(new Set(ended.map((answer) => answer.status))).toEqual(new Set([408]));
  });
});
