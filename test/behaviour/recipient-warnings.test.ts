import { afterAll, beforeAll, expect, it } from 'vitest';
import { newAccount, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

let mock: Mock;
let account: TestAccount;
beforeAll(async () => {
  mock = await startMock();
  account = newAccount(mock);
  await account.control('POST', '/seed', {
    senders: [{ email: 'pilot@example.com' }],
    contacts: [
      { email: 'ann@example.com', isExcludedFromCampaigns: true },
      { email: 'bob@example.com' },
      ...Array.from({ length: 12 }, (_, n) => ({
        email: `away${n}@example.com`,
        isExcludedFromCampaigns: true,
      })),
    ],
  });
  await account.call(
    'POST',
    '/v3.1/send',
    send(message({ To: [{ Email: 'unsub@mockjet.test' }] })),
  );
});
afterAll(() => mock.close());

it.each<[who: string[], warnings: string[]]>([
  [['bob@example.com'], []],
  [['new@example.com'], []],
  [['ann@example.com'], ['recipient-excluded ann@example.com']],
  [['ANN@example.com'], ['recipient-excluded ann@example.com']],
  [['unsub@mockjet.test'], ['recipient-unsubscribed unsub@mockjet.test']],
  [
    ['unsub@mockjet.test', 'bob@example.com', 'new2@example.com', 'ann@example.com'],
    ['recipient-unsubscribed unsub@mockjet.test', 'recipient-excluded ann@example.com'],
  ],
])('a mail to %j has the warnings %j, and is sent', async (who, expected) => {
  const To = who.map((Email) => ({ Email }));
  const answer = await account.call('POST', '/v3.1/send', send(message({ To })));
  expect(answer.status).toBe(200);
  const [mail] = (await account.control('GET', '/mails?limit=1')).mails;
  expect(
    mail.warnings.map(
      ({ code, message }: Record<string, string>) =>
        `${code} ${/"(.*?)"/.exec(message ?? '')?.[1]}`,
    ),
  ).toEqual(expected);
  expect(mail.recipients.map(({ status }: { status: string }) => status)).not.toContain('blocked');
});

it('many of them are not all named', async () => {
  const To = Array.from({ length: 12 }, (_, n) => ({ Email: `away${n}@example.com` }));
  await account.call('POST', '/v3.1/send', send(message({ To })));
  const [mail] = (await account.control('GET', '/mails?limit=1')).mails;
  expect(mail.warnings).toHaveLength(10);
});

it('a mail in the sandbox asks nobody', async () => {
  await account.call('POST', '/v3.1/send', {
    SandboxMode: true,
    ...send(message({ To: [{ Email: 'ann@example.com' }] })),
  });
  const [mail] = (await account.control('GET', '/mails?limit=1')).mails;
  expect(mail.warnings).toEqual([]);
});
