import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

let mock: Mock;
beforeEach(async () => {
  mock = await startMock();
  await mock.call('POST', '/v3.1/send', {
    body: send(
      message({
        To: [{ Email: 'ann@example.com', Name: 'Ann' }],
        CustomID: 'order-7',
        CustomCampaign: 'Orders',
        Headers: { 'X-Shop': 'Bookshop Dublin' },
      }),
      message({
        To: [{ Email: 'bob@example.org' }],
        Subject: 'Welcome',
        TextPart: 'Your code is 482913. Or follow https://shop.example/confirm?t=1',
      }),
    ),
  });
});
afterEach(() => mock.close());

interface Mail {
  id: string;
  subject: string;
  to: { email: string; name: string }[];
  recipients: { messageId: string; status: string }[];
}
const control = (method: string, path: string, body?: object) =>
  newAccount(mock, 'public:private').control(method, path, body);
const find = async (query: string): Promise<Mail[]> =>
  JSON.parse((await mock.call('GET', `/_mockjet/mails?${query}`)).body).mails;

it.each([
  ['', ['bob@example.org', 'ann@example.com']],
  ['limit=1', ['bob@example.org']],
  ['to=ANN@example.com', ['ann@example.com']],
  ['to=*@example.*', ['bob@example.org', 'ann@example.com']],
  ['to=example', []],
  ['from=pilot@*&subject=WELCOME', ['bob@example.org']],
  ['subject=WELCOME&customId=order-7', []],
  ['text=delivery%20force', ['ann@example.com']],
  ['customId=order-7', ['ann@example.com']],
  ['customId=order', []],
  ['status=blocked', []],
  ['status=Sent', ['bob@example.org', 'ann@example.com']],
  ['campaign=Orders', ['ann@example.com']],
  ['header.x-shop=DUBLIN', ['ann@example.com']],
  ['header.X-Shop=Cork', []],
  ['templateId=7', []],
  ['messageId=x&messageUuid=', []],
  ['after=0', ['bob@example.org', 'ann@example.com']],
  ['after=9223372036854775807', []],
  ['after=2020-01-01', ['bob@example.org', 'ann@example.com']],
  ['after=8000-01-01T00:00:00Z', []],
])('mails with %j are %j, newest first', async (query, expected) => {
  expect((await find(query)).map(({ to }) => to[0]?.email)).toEqual(expected);
});

it('a mail is found by what the answer to its call says, and by what came before it', async () => {
  const answer = await mock.call('POST', '/v3.1/send', {
    body: send(message({ To: [{ Email: 'cat@example.com' }, { Email: 'dan@example.com' }] })),
  });
  const [{ To }] = JSON.parse(answer.body).Messages;
  const [sent] = await find('to=cat@example.com');
  for (const query of [
    `requestGuid=${answer.headers['x-mj-request-guid']}`,
    `messageId=${/"MessageID":(\d+)/.exec(answer.body)?.[1]}`,
    `messageUuid=${To[1].MessageUUID}`,
    `after=${Number(sent?.id) - 1}`,
  ])
    expect(await find(query), query).toEqual([sent]);
  expect(await find(`after=${sent?.id}`)).toEqual([]);
  const alone = await mock.call('GET', `/_mockjet/mails/${sent?.id}`);
  expect(JSON.parse(alone.body)).toEqual(sent);
});

it('mails behind a time of the account’s clock', async () => {
  await control('POST', '/clock/freeze', { at: '2040-03-01T09:00:00.250Z' });
  await mock.call('POST', '/v3.1/send', { body: send(message({ CustomID: 'late' })) });
  expect(await find('after=2040-03-01T09:00:00.249Z')).toMatchObject([{ customId: 'late' }]);
  expect(await find('after=2040-03-01T09:00:00.250Z')).toEqual([]);
});

it('all that fit are counted, and those that the bounds took', async () => {
  const own = await startMock({ mails: 2 });
  await own.call('POST', '/v3.1/send', {
    body: send(...['Ann', 'Bob', 'Cat'].map((name) => message({ Subject: `To ${name}` }))),
  });
  const { body } = await own.call('GET', '/_mockjet/mails?subject=to&limit=1');
  expect(JSON.parse(body)).toMatchObject({ mails: [{ subject: 'To Cat' }], total: 2, dropped: 1 });
  await own.close();
});

it.each(['0', '99', 'x', '99999999999999999999'])('there is no mail %s', async (id) => {
  expect((await mock.call('GET', `/_mockjet/mails/${id}`)).status).toBe(404);
});

it.each([
  ['too=ann', 'there is no too; there are to, from, subject'],
  ['too=ann&form=bob', 'there is no too and no form; there are'],
  ['headers=x', 'there is no headers=; there are'],
  ['header.=x', 'headers.0.name: '],
  ['header.A=1&header.A=2', 'headers.0.value: '],
  [Array.from({ length: 11 }, (_, n) => `header.X-${n}=a`).join('&'), 'at most 10 headers'],
  ['to=ann&to=bob', 'to: '],
  [`subject=${'x'.repeat(301)}`, 'subject: '],
  ['after=yesterday', 'give the id of a mail, or a time such as 2026-03-01T09:00:00Z'],
  ['limit=0', 'limit: '],
  ['limit=1001', 'limit: '],
  ['count=0', 'count: '],
  ['wait=soon', 'wait: give a duration such as 90s'],
  ['wait=-1', 'wait: give a duration that is not negative'],
])('%s is refused in words', async (query, words) => {
  const { status, body } = await mock.call('GET', `/_mockjet/mails?${query}`);
  expect([status, JSON.parse(body).error]).toEqual([400, expect.stringContaining(words)]);
});

describe('a wait', () => {
  const wait = (query: string) => mock.call('GET', `/_mockjet/mails?${query}`);
  const order = (name: string, more: object = {}) =>
    mock.call('POST', '/v3.1/send', {
      body: send(message({ To: [{ Email: `${name}@example.com` }], ...more })),
    });

  it('is over at once when they are there', async () => {
    const { body } = await wait('to=*&count=2&wait=0');
    expect(JSON.parse(body)).toMatchObject({ total: 2, mails: [{}, {}] });
  });

  it.each(['timed', 'instant', 'polled', 'held'])('ends with the mail, pace %s', async (pace) => {
    await control('PUT', '/jobs/pace', { pace });
    const waiting = wait('to=cat@example.com&subject=shoes&count=2&wait=1m');
    await order('cat', { Subject: 'Your shoes' });
    await order('cat', { Subject: 'Your hat' });
    await order('ann', { Subject: 'Your shoes' });
    await order('cat', { Subject: 'More shoes' });
    const { status, body } = await waiting;
    expect([status, JSON.parse(body).total]).toEqual([200, 2]);
  });

  it('ends with the status that is waited for', async () => {
    await control('PUT', '/jobs/pace', { pace: 'timed', stateMs: 1000 });
    await control('POST', '/clock/freeze');
    await order('cat');
    const waiting = wait('to=cat@example.com&status=sent&wait=1m');
    expect(await find('to=cat@example.com')).toMatchObject([
      { recipients: [{ status: 'queued' }] },
    ]);
    await control('POST', '/clock/advance', { by: '2s' });
    expect(JSON.parse((await waiting).body)).toMatchObject({
      mails: [{ recipients: [{ status: 'sent' }] }],
    });
  });

  it('that is over tells what came near, and which condition failed', async () => {
    const { status, body } = await wait('to=*@example.com&subject=welcome&text=code&wait=0');
    expect(status).toBe(408);
    expect(JSON.parse(body).error).toBe(
      'Waited for 1 mail with subject "welcome", to "*@example.com", text "code", and there were 0. The nearest others: ' +
        'mail 2 ("Welcome" to bob@example.org): to is "bob@example.org"; ' +
        'mail 1 ("Your email flight plan!" to ann@example.com): subject is "Your email flight plan!", ' +
        'text is "May the delivery force be with you!" and ""',
    );
  });

  it('for more mails than there are tells how many there are', async () => {
    const { body } = await wait('customId=order-7&header.X-Shop=book&count=2&wait=0');
    expect(JSON.parse(body).error).toBe(
      'Waited for 2 mails with customId "order-7", header.X-Shop "book", and there was 1. The nearest others: ' +
        'mail 2 ("Welcome" to bob@example.org): customId is "", header.X-Shop is not there',
    );
    const none = await mock.call('GET', '/_mockjet/mails?wait=0', { user: 'other:secret' });
    expect(JSON.parse(none.body).error).toBe(
      'Waited for 1 mail with no condition, and there were 0. There was no mail at all',
    );
  });

  it('on keys that nobody has used yet sees what is sent with them', async () => {
    const user = 'new-one:secret';
    const waiting = mock.call('GET', '/_mockjet/mails?to=cat@*&wait=1m', { user });
    await mock.call('POST', '/v3.1/send', {
      user,
      body: send(message({ To: [{ Email: 'cat@example.com' }] })),
    });
    expect(JSON.parse((await waiting).body).total).toBe(1);
  });

  it('ends when its account is made new', async () => {
    const [account] = mock.registry.accounts();
    if (account === undefined) throw new Error('there is no account');
    const { mailWaits } = mock.steering.control(account);
    const { wait: waitForMails } = mailWaits;
    const entered = new Promise<void>((resolve) => {
      mailWaits.wait = (...given) => {
        resolve();
        return waitForMails(...given);
      };
    });
    const waiting = wait('to=cat@example.com&wait=1m');
    await entered;
    await control('POST', '/reset');
    expect((await waiting).status).toBe(408);
  });
});

describe('mails are removed', () => {
  it.each([
    ['?to=ann@*', 1, ['bob@example.org']],
    ['?to=ann@*&subject=welcome', 0, ['bob@example.org', 'ann@example.com']],
    ['', 2, []],
  ])('with %j', async (query, deleted, left) => {
    const { body } = await mock.call('DELETE', `/_mockjet/mails${query}`);
    expect(JSON.parse(body)).toEqual({ deleted });
    expect((await find('')).map(({ to }) => to[0]?.email)).toEqual(left);
  });

  it('their messages stay', async () => {
    const list = () => mock.call('GET', '/v3/REST/message?ShowContactAlt=true');
    const { body } = await list();
    await mock.call('DELETE', '/_mockjet/mails');
    expect((await list()).body).toBe(body);
    expect(await control('GET', '/account')).toMatchObject({
      mails: 0,
      mailBytes: 0,
      messages: 2,
      droppedMails: 0,
    });
  });

  it('what is no condition is refused', async () => {
    const { status } = await mock.call('DELETE', '/_mockjet/mails?wait=1s');
    expect(status).toBe(400);
    expect(await find('')).toHaveLength(2);
  });
});
