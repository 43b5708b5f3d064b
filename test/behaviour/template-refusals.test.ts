import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshAccount, rowOf } from '../support/fresh-account.ts';
import { message, send } from '../support/sending.ts';
import { handIn, type SmtpMock, signedIn, startSmtpMock } from '../support/smtp.ts';

let mock: SmtpMock;
beforeAll(async () => {
  mock = await startSmtpMock({ templateErrors: 'fail' });
});
afterAll(() => mock.close());

const words = 'Mockjet refuses what production would block (--template-errors fail): ';
const wrong = { TemplateLanguage: true, TextPart: 'Hi\n{{var:nme}}', Variables: { name: 'Ida' } };
const reason =
  'text, line 2, column 1: expression parsing error ## Unknown identifier: var:nme ## near ## {{var:nme ##: ';

describe('--template-errors fail', () => {
  it('refuses the message of /v3.1/send, in words that are no production’s, and sends the others', async () => {
    const account = freshAccount(mock);
    const body = send(message(wrong), message({ Subject: 'Good' }));
    const answer = await account.call('POST', '/v3.1/send', { body });
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([
      400,
      {
        Messages: [
          {
            Status: 'error',
            Errors: [
              {
                ErrorCode: 'mockjet-template',
                StatusCode: 400,
                ErrorMessage: expect.stringContaining(`${words}${reason}`),
              },
            ],
          },
          { Status: 'success' },
        ],
      },
    ]);
    const subjects = (await mock.mails(account.user)).map(({ subject }) => subject);
    expect(subjects).toEqual(['Good']);
  });

  it('refuses a call of /v3/send', async () => {
    const account = freshAccount(mock);
    const body = {
      FromEmail: 'pilot@example.com',
      Recipients: [{ Email: 'ida@example.com' }],
      'Text-part': wrong.TextPart,
      'Mj-TemplateLanguage': true,
    };
    const answer = await account.call('POST', '/v3/send', { body });
    expect([answer.status, JSON.parse(answer.body).ErrorMessage]).toEqual([
      400,
      expect.stringContaining(`${words}${reason}`),
    ]);
    expect(await mock.mails(account.user)).toEqual([]);
  });

  it('refuses a mail by SMTP', async () => {
    const account = freshAccount(mock);
    const talk = await signedIn(mock.port, account.user);
    const reply = await handIn(talk, 'X-MJ-TemplateLanguage: 1\r\n\r\nHi\r\n{{var:nme}}');
    talk.socket.destroy();
    expect(reply.startsWith(`554 5.6.0 ${words}${reason}`)).toBe(true);
  });

  it.each([['a template that is not there', { TemplateID: 1 }, 'There is no template 1']])(
    'refuses %s',
    async (_what, more, what) => {
      const answer = await freshAccount(mock).call('POST', '/v3.1/send', {
        body: send(message(more)),
      });
      expect([answer.status, answer.body]).toEqual([
        400,
        expect.stringContaining(`${words}${what}`),
      ]);
    },
  );

  it.each([
    ['a template that is right', { TextPart: 'Hi {{var:name}}' }],
    ['one that is to be delivered with its errors', { TemplateErrorDeliver: true }],
    ['one that asks for the ID of a contact who is none yet', { TextPart: '{{mj:contact.ID}}' }],
  ])('takes %s', async (_what, more) => {
    const body = send(message({ ...wrong, ...more }));
    expect((await freshAccount(mock).call('POST', '/v3.1/send', { body })).status).toBe(200);
  });

  it('takes a stored template that is right', async () => {
    const account = freshAccount(mock);
    const { ID } = rowOf(await account.post('template', { Name: 'Welcome' }));
    await account.post(`template/${ID}/detailcontent`, { 'Text-part': '{{var:name}}' });
    const body = send(
      message({ TemplateID: ID, TemplateLanguage: true, Variables: { name: 'Ida' } }),
    );
    expect((await account.call('POST', '/v3.1/send', { body })).status).toBe(200);
  });
});
