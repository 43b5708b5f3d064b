import { expect, it } from 'vitest';
import { newAccount } from '../support/account.ts';
import { startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

const Messages = [
  message({ To: [{ Email: 'ann@example.com' }], Cc: [{ Email: 'bob@example.com' }] }),
  message(),
];

interface Sent {
  id: string;
  uuid: string;
  href: string;
}
const sentOf = (body: string): Sent[] =>
  [...body.matchAll(/"MessageUUID":"([^"]*)","MessageID":(\d+),"MessageHref":"([^"]*)"/g)].map(
    ([, uuid = '', id = '', href = '']) => ({ id, uuid, href }),
  );

it('mails in the sandbox have no IDs, as documented', async () => {
  const mock = await startMock();
  const account = newAccount(mock);
  const { status, body } = await account.call('POST', '/v3.1/send', {
    SandboxMode: true,
    Messages,
  });
  const none = { id: '0', uuid: '', href: 'https://api.mailjet.com/v3/message/0' };
  expect([status, sentOf(body)]).toEqual([200, [none, none, none]]);
  await mock.close();
});

it('with --sandbox-ids unique each recipient has his own, and no message has them', async () => {
  const mock = await startMock({ sandboxIds: 'unique' });
  const account = newAccount(mock);
  const { body } = await account.call('POST', '/v3.1/send', { SandboxMode: true, Messages });
  const sent = sentOf(body);
  expect(new Set(sent.map(({ id }) => id)).size).toBe(3);
  expect(new Set(sent.map(({ uuid }) => uuid)).size).toBe(3);
  for (const { id, uuid, href } of sent) {
    expect(BigInt(id)).toBeGreaterThan(2n ** 53n);
    expect(uuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(href).toBe(`https://api.mailjet.com/v3/REST/message/${id}`);
    expect((await account.call('GET', `/v3/REST/message/${id}`)).status).toBe(404);
    const { mails } = await account.control('GET', `/mails?messageId=${id}`);
    expect(mails).toHaveLength(1);
    expect([mails[0].sandbox, mails[0].recipients[0].status]).toEqual([true, '']);
  }
  const real = sentOf((await account.call('POST', '/v3.1/send', send(message()))).body);
  expect(BigInt(real[0]?.id ?? 0)).toBe(BigInt(sent[2]?.id ?? 0) + 1n);
  expect((await account.control('GET', '/account')).messages).toBe(1);
  await mock.close();
});
