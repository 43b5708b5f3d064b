import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newAccount, rows, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

let mock: Mock;
let account: TestAccount;
beforeAll(async () => {
  mock = await startMock({ pace: 'instant' });
});
afterAll(() => mock.close());
beforeEach(() => {
  account = newAccount(mock);
});

const get = async (path: string) => rows(await account.call('GET', `/v3/REST/${path}`));
/** Sends a mail; its ID in the inbox, and those of its messages. */
async function sendMail(more: object = {}) {
  const { body } = await account.call('POST', '/v3.1/send', send(message(more)));
  const messages = [...body.matchAll(/"MessageID":(\d+)/g)].map(([, id]) => id ?? '');
  const { mails } = await account.control('GET', '/mails');
  return { id: mails[0].id as string, messages };
}
const make = (id: string, event: object) => account.control('POST', `/mails/${id}/events`, event);
const historyOf = async (id = '') =>
  (await get(`messagehistory/${id}`)).map(({ EventType }) => EventType);
const statusOf = async (id = '') => (await get(`message/${id}`))[0].Status;

describe('an event that is made', () => {
  it.each<[event: object, status: string, history: string[], state?: number, isPermanent?: true]>([
    [{ event: 'open' }, 'opened', ['sent', 'opened']],
    [{ event: 'click', url: 'https://shop.example/1' }, 'clicked', ['sent', 'clicked']],
    [{ event: 'bounce' }, 'hardbounced', ['sent', 'bounced'], 1, true],
    [{ event: 'bounce', hard: false }, 'softbounced', ['sent', 'bounced'], 3],
    [{ event: 'bounce', reason: 'Invalid Domain' }, 'hardbounced', ['sent', 'bounced'], 4, true],
    [{ event: 'bounce', reason: 'quota exceeded' }, 'softbounced', ['sent', 'bounced'], 3],
    [{ event: 'bounce', reason: 'greylisted' }, 'deferred', ['sent'], 13],
    [{ event: 'blocked' }, 'blocked', ['sent', 'blocked'], 14],
    [{ event: 'blocked', reason: 'duplicate in campaign' }, 'blocked', ['sent', 'blocked'], 15],
    [{ event: 'spam' }, 'spam', ['sent', 'spam']],
    [{ event: 'unsub' }, 'unsub', ['sent', 'unsub']],
    [{ event: 'open', count: 3 }, 'opened', ['sent', 'opened', 'opened', 'opened']],
  ])('%j changes message and history', async (event, status, history, state, isPermanent) => {
    const { id, messages } = await sendMail();
    const { events } = await make(id, event);
    expect(events.at(-1)).toMatchObject({ messageId: messages[0], status });
    const [row] = await get(`message/${messages[0]}`);
    expect([row.Status, row.StateID, row.StatePermanent]).toEqual([
      status,
      state,
      isPermanent ?? false,
    ]);
    expect(await historyOf(messages[0])).toEqual(history);
  });

  it('is one of each recipient, or of the one that is named', async () => {
    const To = [{ Email: 'ann@example.com' }, { Email: 'bob@example.com' }];
    const { id, messages } = await sendMail({ To });
    expect((await make(id, { event: 'open' })).events.length).toBe(2);
    const { events } = await make(id, { event: 'click', email: 'Bob@example.com' });
    expect(events).toMatchObject([{ email: 'bob@example.com', status: 'clicked' }]);
    expect([await statusOf(messages[0]), await statusOf(messages[1])]).toEqual([
      'opened',
      'clicked',
    ]);
  });

  it('may come out of order, and leaves the message at the highest that it came to', async () => {
    const { id, messages } = await sendMail();
    await make(id, { event: 'click' });
    await make(id, { event: 'open', at: '2020-01-01T00:00:00Z' });
    await make(id, { event: 'sent' });
    expect(await statusOf(messages[0])).toBe('clicked');
    expect(await historyOf(messages[0])).toEqual(['opened', 'sent', 'clicked', 'sent']);
  });

  it('takes the place of what a queued message would come to', async () => {
    await account.control('PUT', '/jobs/pace', { pace: 'held' });
    const { id, messages } = await sendMail();
    await make(id, { event: 'blocked' });
    await account.control('PUT', '/jobs/pace', { pace: 'instant' });
    await account.control('POST', '/clock/advance', { by: '1h' });
    expect(await historyOf(messages[0])).toEqual(['blocked']);
  });

  it('sends a queued message before it is opened', async () => {
    await account.control('PUT', '/jobs/pace', { pace: 'held' });
    const { id, messages } = await sendMail();
    await make(id, { event: 'open' });
    expect(await historyOf(messages[0])).toEqual(['sent', 'opened']);
  });
});

describe('a contact', () => {
  const contact = async () => (await get('contact/passenger@example.com'))[0];

  it('has complained', async () => {
    await make((await sendMail()).id, { event: 'spam' });
    expect((await contact()).IsSpamComplaining).toBe(true);
  });

  it('has unsubscribed, from the list that is named too', async () => {
    const [{ ID }] = await get('contactslist?Limit=1');
    await account.call('POST', `/v3/REST/contactslist/${ID}/managecontact`, {
      Email: 'passenger@example.com',
      Action: 'addforce',
    });
    const { id } = await sendMail();
    await make(id, { event: 'unsub', list: ID });
    const [member] = await get(
      `listrecipient?ContactsList=${ID}&ContactEmail=passenger@example.com`,
    );
    expect(member.IsUnsubscribed).toBe(true);
    expect((await contact()).UnsubscribedAt).not.toBe('');
  });

  it('to whom a mail bounced for good gets no more, but what a test has chosen', async () => {
    await make((await sendMail()).id, { event: 'bounce', hard: false });
    expect(await statusOf((await sendMail()).messages[0])).toBe('sent');
    await make((await sendMail()).id, { event: 'bounce', hard: true });
    const [next] = (await sendMail()).messages;
    const [row] = await get(`message/${next}`);
    expect([row.Status, row.StateID]).toEqual(['blocked', 14]);
    await account.control('POST', '/outcomes', { outcome: 'sent' });
    expect(await statusOf((await sendMail()).messages[0])).toBe('sent');
    const other = await sendMail({ To: [{ Email: 'ann@example.com' }] });
    expect(await statusOf(other.messages[0])).toBe('sent');
  });
});

it.each<[event: object, status: number, words: string]>([
  [{}, 400, 'event'],
  [{ event: 'opened' }, 400, 'event'],
  [{ event: 'open', url: 'https://shop.example/' }, 400, 'give ip, geo, agent'],
  [{ event: 'bounce', reason: 'no idea' }, 400, 'user unknown'],
  [{ event: 'open', count: 1000 }, 400, 'count'],
  [{ event: 'open', email: 'ann@example.com' }, 404, 'passenger@example.com alone'],
])('%j is refused', async (event, status, words) => {
  const { id } = await sendMail();
  const answer = await account.try('POST', `/mails/${id}/events`, { body: event });
  expect([answer.status, answer.body]).toEqual([status, expect.stringContaining(words)]);
});

it('a mail that went nowhere has no events', async () => {
  await account.call('POST', '/v3.1/send', { ...send(message()), SandboxMode: true });
  const { mails } = await account.control('GET', '/mails');
  const answer = await account.try('POST', `/mails/${mails[0].id}/events`, {
    body: { event: 'open' },
  });
  expect([answer.status, answer.body]).toEqual([409, expect.stringContaining('went nowhere')]);
});
