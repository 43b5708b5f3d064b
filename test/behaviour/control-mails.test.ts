import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Mock, startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

let mock: Mock;
beforeEach(async () => {
  mock = await startMock();
  await mock.call('POST', '/v3.1/send', {
    body: send(
      message({ To: [{ Email: 'ann@example.com', Name: 'Ann' }], CustomID: 'order-7' }),
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
])('mails with %j are %j, newest first', async (query, expected) => {
  expect((await find(query)).map(({ to }) => to[0]?.email)).toEqual(expected);
});

it('a mail is found by the ID of its message', async () => {
  const [sent] = await find('subject=welcome');
  expect(sent).toMatchObject({
    subject: 'Welcome',
    to: [{ email: 'bob@example.org', name: '' }],
  });
  expect(await find(`messageId=${sent?.recipients[0]?.messageId}`)).toEqual([sent]);
  const alone = await mock.call('GET', `/_mockjet/mails/${sent?.id}`);
  expect(JSON.parse(alone.body)).toEqual(sent);
});

it.each(['0', '99', 'x', '99999999999999999999'])('there is no mail %s', async (id) => {
  expect((await mock.call('GET', `/_mockjet/mails/${id}`)).status).toBe(404);
});

it('a condition that does not exist is named', async () => {
  const { status, body } = await mock.call('GET', '/_mockjet/mails?too=ann');
  expect([status, body]).toEqual([400, expect.stringContaining('too')]);
});
