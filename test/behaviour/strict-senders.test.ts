import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newAccount, rows, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

const lines: { operation?: string; dropped?: string }[] = [];
const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
const stranger = 'stranger@elsewhere.example';

let strict: Mock;
let permissive: Mock;
let account: TestAccount;
beforeAll(async () => {
  strict = await startMock({ senders: 'strict', logger });
  permissive = await startMock();
});
afterAll(async () => {
  await strict.close();
  await permissive.close();
});
beforeEach(async () => {
  lines.length = 0;
  account = newAccount(strict);
  await account.control('POST', '/seed', {
    senders: [
      { email: 'desk@books.example' },
      { email: '*@shop.example' },
      { email: 'new@new.example', status: 'Inactive' },
      { email: 'new@shop.example', status: 'Inactive' },
    ],
  });
});

const sendV31 = (From: string, more: object = {}, call: object = {}) =>
  account.call('POST', '/v3.1/send', {
    ...call,
    ...send(message({ From: { Email: From }, ...more })),
  });
const idsOf = (body: string) =>
  [...body.matchAll(/"MessageID" ?: ?(\d+)/g)].map(([, id = '']) => id);
const newest = async () => (await account.control('GET', '/mails?limit=1')).mails[0];
const codes = (mail: { warnings: { code: string }[] }) => mail.warnings.map(({ code }) => code);

describe('strict senders', () => {
  it.each([
    ['a sender', 'desk@books.example'],
    ['a sender in capitals', 'Desk@Books.example'],
    ['an address of a domain', 'anybody@shop.example'],
    ['an address of a domain that is inactive by itself', 'new@shop.example'],
    ['the owner', 'owner@example.com'],
  ])('%s sends, with AdvanceErrorHandling too', async (_who, from) => {
    for (const call of [{}, { AdvanceErrorHandling: true }]) {
      const answer = await sendV31(from, {}, call);
      const [id = ''] = idsOf(answer.body);
      expect(answer.status).toBe(200);
      expect((await account.call('GET', `/v3/REST/message/${id}`)).status).toBe(200);
      expect(codes(await newest())).toEqual([]);
    }
  });

  it.each([
    ['an unknown address', stranger],
    ['an inactive sender', 'new@new.example'],
    ['a subdomain of a domain', 'ann@a.shop.example'],
    ['another address of the domain of a sender', 'ann@books.example'],
  ])('%s is told of success, and its mail is dropped', async (_who, from) => {
    const answer = await sendV31(from, { CustomID: 'order-7', CustomCampaign: 'spring' });
    expect(answer.status).toBe(200);
    const [entry] = JSON.parse(answer.body).Messages;
    expect([entry.Status, entry.CustomID, entry.To[0].Email]).toEqual([
      'success',
      'order-7',
      'passenger@example.com',
    ]);
    const [id = ''] = idsOf(answer.body);
    expect(BigInt(id)).toBeGreaterThan(2n ** 53n);
    const found = await account.call('GET', `/v3/REST/message/${id}`);
    expect([found.status, found.reason]).toEqual([404, 'Object not found']);
    for (const path of ['message', 'campaign', 'contact/passenger@example.com'])
      expect([path, (await account.call('GET', `/v3/REST/${path}`)).body]).toEqual([
        path,
        expect.stringMatching(/"Count" : 0|Object not found/),
      ]);
  });

  it('inbox, journal and log say why a mail was dropped', async () => {
    const answer = await sendV31(stranger);
    const [id = ''] = idsOf(answer.body);
    const why = `"${stranger}" is no active sender of this account: the mail was dropped, as production does, and answers success. POST sender and its validate make it one.`;
    const mail = (await account.control('GET', `/mails?messageId=${id}`)).mails[0];
    expect(mail.warnings).toEqual([{ code: 'sender-not-validated', message: why }]);
    expect(mail.recipients).toEqual([
      {
        email: 'passenger@example.com',
        kind: 'to',
        messageId: id,
        messageUuid: JSON.parse(answer.body).Messages[0].To[0].MessageUUID,
        status: 'dropped',
        history: [],
      },
    ]);
    const { requests } = await account.control('GET', '/requests');
    expect(requests.map(({ dropped }: { dropped?: string[] }) => dropped)).toEqual([[why]]);
    const line = lines.find(({ operation }) => operation === 'send v3.1');
    expect(line?.dropped).toBe('1, senders not validated');
    expect(JSON.stringify(lines)).not.toContain(stranger);
  });

  it('with AdvanceErrorHandling the call is refused, and the good mails of it are sent', async () => {
    const refused = await sendV31(stranger, {}, { AdvanceErrorHandling: true });
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.body)).toEqual({
      Messages: [
        {
          Status: 'error',
          Errors: [
            {
              ErrorIdentifier: expect.any(String),
              ErrorCode: 'send-0008',
              StatusCode: 403,
              ErrorMessage: `"${stranger}" is not an authorized sender email address for your account.`,
              ErrorRelatedTo: ['From'],
            },
          ],
        },
      ],
    });
    const mixed = await account.call('POST', '/v3.1/send', {
      AdvanceErrorHandling: true,
      ...send(
        message({ From: { Email: stranger } }),
        message({ From: { Email: 'desk@books.example' } }),
      ),
    });
    expect(mixed.status).toBe(400);
    expect((await account.control('GET', '/account')).messages).toBe(1);
  });

  it('IDs go on behind those of a mail that was dropped', async () => {
    const To = [{ Email: 'a@example.com' }, { Email: 'b@example.com' }];
    const [first = '', second = ''] = idsOf((await sendV31(stranger, { To })).body);
    const [third = ''] = idsOf((await sendV31('desk@books.example')).body);
    expect([BigInt(second) - BigInt(first), BigInt(third) - BigInt(second)]).toEqual([1n, 1n]);
  });

  it('Sender must be one too', async () => {
    const Sender = { Email: stranger };
    const answer = await sendV31('desk@books.example', { Sender }, { AdvanceErrorHandling: true });
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('send-0007')]);
    const [id = ''] = idsOf((await sendV31('desk@books.example', { Sender })).body);
    expect((await account.call('GET', `/v3/REST/message/${id}`)).status).toBe(404);
  });

  it('in the sandbox any sender is fine', async () => {
    const answer = await sendV31(stranger, {}, { SandboxMode: true });
    expect([answer.status, idsOf(answer.body)]).toEqual([200, ['0']]);
    const mail = await newest();
    expect([mail.sandbox, codes(mail), mail.recipients[0].status]).toEqual([
      true,
      ['sender-not-validated'],
      '',
    ]);
  });

  it.each([
    ['dropped', stranger, 404],
    ['sent', 'desk@books.example', 200],
  ])('/v3/send goes by the same rule: %s', async (_what, FromEmail, status) => {
    const answer = await account.call('POST', '/v3/send', {
      FromEmail,
      Subject: 'Hello',
      'Text-part': 'Hello',
      Recipients: [{ Email: 'a@example.com' }, { Email: 'b@example.com' }],
    });
    const ids = idsOf(answer.body);
    expect([answer.status, ids.length]).toEqual([200, 2]);
    for (const id of ids)
      expect((await account.call('GET', `/v3/REST/message/${id}`)).status).toBe(status);
  });

  it.each([
    ['desk@books.example', 200, 200],
    [stranger, 403, 404],
  ])(
    'the sender that a template names, %s, goes by the same rule',
    async (SenderEmail, refused, found) => {
      const [{ ID }] = rows(await account.call('POST', '/v3/REST/template', { Name: 'welcome' }));
      await account.call('POST', `/v3/REST/template/${ID}/detailcontent`, {
        'Text-part': 'Welcome',
        Headers: { SenderEmail, Subject: 'Welcome' },
      });
      const Messages = [{ To: [{ Email: 'ann@example.com' }], TemplateID: ID }];
      const checked = await account.call('POST', '/v3.1/send', {
        AdvanceErrorHandling: true,
        Messages,
      });
      expect(checked.status).toBe(refused);
      if (refused === 403) expect(checked.body).toContain(`\\"${stranger}\\" is not an authorized`);
      const [id = ''] = idsOf((await account.call('POST', '/v3.1/send', { Messages })).body);
      expect((await account.call('GET', `/v3/REST/message/${id}`)).status).toBe(found);
    },
  );

  it('a sender sends once it is validated, and no more when it is deleted', async () => {
    const sends = async () => {
      const [id] = idsOf((await sendV31('new@new.example')).body);
      return (await account.call('GET', `/v3/REST/message/${id}`)).status === 200;
    };
    expect(await sends()).toBe(false);
    await account.call('POST', '/v3/REST/sender/new@new.example/validate', {});
    expect(await sends()).toBe(true);
    await account.call('DELETE', '/v3/REST/sender/new@new.example');
    expect(await sends()).toBe(false);
  });

  it('a metasender sends once it is enabled', async () => {
    await account.call('POST', '/v3/REST/metasender', { Email: '*@elsewhere.example' });
    expect((await sendV31(stranger, {}, { AdvanceErrorHandling: true })).status).toBe(403);
    await account.call('PUT', '/v3/REST/metasender/*@elsewhere.example', { IsEnabled: true });
    expect((await sendV31(stranger, {}, { AdvanceErrorHandling: true })).status).toBe(200);
  });
});

describe('permissive senders', () => {
  beforeEach(() => {
    account = newAccount(permissive);
  });

  it('any address sends, and the inbox says what production would do', async () => {
    const answer = await sendV31(stranger, {}, { AdvanceErrorHandling: true });
    expect(answer.status).toBe(200);
    const [row] = rows(await account.call('GET', `/v3/REST/message/${idsOf(answer.body)[0]}`));
    expect(row.Status).toBe('sent');
    const mail = await newest();
    expect(mail.warnings).toEqual([
      {
        code: 'sender-not-validated',
        message: `"${stranger}" is no active sender of this account: production drops the mail, and answers success. POST sender and its validate make it one.`,
      },
    ]);
    const { requests } = await account.control('GET', '/requests');
    expect(requests.at(-1)).not.toHaveProperty('dropped');
  });

  it('a message shows the sender of its address, of its domain, or the default one', async () => {
    await account.control('POST', '/seed', {
      senders: [{ email: 'desk@books.example', isDefault: true }, { email: '*@shop.example' }],
    });
    const senders = new Map(
      rows(await account.call('GET', '/v3/REST/sender')).map(({ ID, Email }) => [ID, Email]),
    );
    const shown = [];
    for (const from of ['owner@example.com', 'ann@shop.example', stranger]) {
      const [id] = idsOf((await sendV31(from)).body);
      const [{ SenderID }] = rows(await account.call('GET', `/v3/REST/message/${id}`));
      shown.push(senders.get(SenderID));
    }
    expect(shown).toEqual(['owner@example.com', '*@shop.example', 'desk@books.example']);
  });
});
