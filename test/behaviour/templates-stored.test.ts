import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Request } from 'node-mailjet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshAccount, freshAccount, rowOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { send } from '../support/sending.ts';
import { handIn, type SmtpMock, signedIn, startSmtpMock } from '../support/smtp.ts';

let mock: SmtpMock;
beforeAll(async () => {
  mock = await startSmtpMock();
});
afterAll(() => mock.close());

/** A mail as the inbox shows it, as far as templates go. */
interface Shown {
  from: { email: string; name: string };
  replyTo: { email: string } | null;
  subject: string;
  text: string;
  html: string;
  templateId: string;
  recipients: { status: string; history: { state: string }[] }[];
  templateErrors: { part: string; message: string }[];
  warnings: { code: string }[];
}

async function newest(account: FreshAccount): Promise<Shown> {
  const { body } = await account.call('GET', '/_mockjet/mails');
  const [mail] = (JSON.parse(body) as { mails: Shown[] }).mails; // the answer's schema is checked
  return mail ?? expect.fail('no mail');
}
const codes = ({ warnings }: Shown) =>
  warnings.map(({ code }) => code).filter((code) => code.startsWith('template'));

const content = {
  Headers: {
    Subject: 'Welcome, {{var:name}}',
    From: 'Shop <shop@example.com>',
    'Reply-to': 'help@example.com',
  },
  'Html-part': '<p>Hello {{var:name}}</p>',
  'Text-part': 'Hello {{var:name}}',
};
const becomes = {
  from: { email: 'shop@example.com', name: 'Shop' },
  replyTo: { email: 'help@example.com' },
  subject: 'Welcome, Ida',
  html: '<p>Hello Ida</p>',
  text: 'Hello Ida',
};

/** An account with a template of this content. */
async function withTemplate(what: object | null = content) {
  const account = freshAccount(mock);
  const id = Number(rowOf(await account.post('template', { Name: 'Welcome' })).ID);
  if (what !== null) await account.post(`template/${id}/detailcontent`, what);
  return { account, id };
}

/** Sends by /v3.1/send with the template and nothing else. */
async function sendWith(account: FreshAccount, TemplateID: number, more: object = {}) {
  const To = [{ Email: 'ida@example.com' }];
  const body = send({
    To,
    TemplateID,
    TemplateLanguage: true,
    Variables: { name: 'Ida' },
    ...more,
  });
  const answer = await account.call('POST', '/v3.1/send', { body });
  expect(answer.status).toBe(200);
  return newest(account);
}

describe('a mail with TemplateID', () => {
  it('has parts, subject, sender and Reply-To of its template', async () => {
    const { account, id } = await withTemplate();
    const mail = await sendWith(account, id);
    expect(mail).toMatchObject({ ...becomes, templateId: `${id}` });
    expect(mail.recipients[0]?.status).toBe('sent');
    expect(codes(mail)).toEqual([]);
  });

  it('keeps what the message says itself', async () => {
    const { account, id } = await withTemplate();
    const own = {
      From: { Email: 'me@example.com', Name: 'Me' },
      Subject: 'Mine',
      TextPart: 'My own',
    };
    const mail = await sendWith(account, id, { ...own, HTMLPart: '<b>{{var:name}}</b>' });
    expect(mail).toMatchObject({
      from: { email: 'me@example.com', name: 'Me' },
      subject: 'Mine',
      text: 'My own',
      html: '<b>Ida</b>',
    });
    expect(codes(mail)).toEqual(['template-html-twice']);
  });

  it('is sent as it is written without TemplateLanguage, which is told', async () => {
    const { account, id } = await withTemplate();
    const mail = await sendWith(account, id, { TemplateLanguage: false });
    expect(mail.text).toBe('Hello {{var:name}}');
    expect(codes(mail)).toEqual(['template-language-forgotten']);
  });

  it('is blocked where the template fails, and the error names the part of the template', async () => {
    const { account, id } = await withTemplate();
    const mail = await sendWith(account, id, { Variables: {} });
    expect(mail.recipients).toMatchObject([
      { status: 'blocked', history: [{ state: 'error in template language' }] },
    ]);
    expect(mail.templateErrors.map(({ part }) => part)).toEqual(['subject', 'text', 'html']);
  });

  it.each([
    ['an address', { From: 'shop@example.com' }, { email: 'shop@example.com', name: '' }],
    [
      'an address and its name',
      { From: '"The Shop" <shop@example.com>' },
      { email: 'shop@example.com', name: 'The Shop' },
    ],
    [
      'a name beside SenderEmail',
      { From: 'The Shop', SenderEmail: 'shop@example.com' },
      { email: 'shop@example.com', name: 'The Shop' },
    ],
    [
      'SenderEmail and SenderName',
      { SenderEmail: 'shop@example.com', SenderName: 'Shop' },
      { email: 'shop@example.com', name: 'Shop' },
    ],
  ])('takes its sender from %s', async (_what, Headers, from) => {
    const { account, id } = await withTemplate({ 'Text-part': 'x', Headers });
    expect((await sendWith(account, id, { Variables: {} })).from).toEqual(from);
  });

  it.each([
    ['is not there', null, true],
    ['was never filled', null, false],
    ['was filled with nothing', { Headers: {} }, false],
  ])('is answered with success and blocked where the template %s', async (_what, what, isOther) => {
    const { account, id } = await withTemplate(what);
    const mail = await sendWith(account, isOther ? id + 1 : id, { Subject: 'x' });
    expect(mail.recipients).toMatchObject([
      { status: 'blocked', history: [{ state: 'bad or empty template' }] },
    ]);
    expect(codes(mail)).toContain('template-bad-or-empty');
  });

  it('has no HTML of a template with MJMLContent alone, which is told', async () => {
    const { account, id } = await withTemplate({ MJMLContent: '<mjml></mjml>' });
    const mail = await sendWith(account, id, { Subject: 'x', Variables: {} });
    expect([mail.html, mail.recipients[0]?.status]).toEqual(['', 'sent']);
    expect(codes(mail)).toContain('template-mjml-only');
  });

  it.each([
    ['send-0010', 1, {}],
    ['send-0004', undefined, { HTMLPart: '<p>' }],
    ['send-0019', undefined, {}],
    ['mj-0003', undefined, {}],
  ])('with AdvanceErrorHandling meets %s', async (code, given, more) => {
    const wrong = code === 'send-0019' ? { sender: { name: 'x' } } : {};
    const from = code === 'mj-0003' ? {} : content.Headers;
    const { account, id } = await withTemplate({ ...content, Headers: { ...from, ...wrong } });
    const body = {
      AdvanceErrorHandling: true,
      ...send({ To: [{ Email: 'ida@example.com' }], TemplateID: given ?? id, ...more }),
    };
    const answer = await account.call('POST', '/v3.1/send', { body });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(`"ErrorCode":"${code}"`);
  });

  it('by /v3/send is found by its ID and by its name', async () => {
    const { account, id } = await withTemplate();
    for (const template of [id, `${id}`, 'Welcome']) {
      const body = {
        FromEmail: 'me@example.com',
        Recipients: [{ Email: 'ida@example.com', Vars: { name: 'Ida' } }],
        'Mj-TemplateID': template,
        'Mj-TemplateLanguage': 'True',
      };
      expect((await account.call('POST', '/v3/send', { body })).status).toBe(200);
      const { subject, html } = await newest(account);
      expect({ subject, html }).toEqual({ subject: becomes.subject, html: becomes.html });
    }
  });

  it('by SMTP has the parts of its template', async () => {
    const { account, id } = await withTemplate();
    const talk = await signedIn(mock.port, account.user);
    const headers = `X-MJ-TemplateID: ${id}\r\nX-MJ-TemplateLanguage: 1\r\nX-MJ-Vars: {"name":"Ida"}`;
    expect(await handIn(talk, `${headers}\r\n\r\nof no use`)).toMatch(/^250 /);
    talk.socket.destroy();
    const { subject, text, html } = await newest(account);
    expect({ subject, text, html }).toEqual({
      subject: becomes.subject,
      text: becomes.text,
      html: becomes.html,
    });
  });

  it('knows its template by mj:template', async () => {
    const { account, id } = await withTemplate({
      'Text-part': '{{mj:template.name}} {{mj:template.ID}}',
    });
    expect((await sendWith(account, id, { Variables: {} })).text).toBe(`Welcome ${id}`);
  });
});

it('a template that is changed is another one in the next mail', async () => {
  const { account, id } = await withTemplate();
  await sendWith(account, id);
  await account.put(`template/${id}/detailcontent`, { 'Text-part': 'Bye {{var:name}}' });
  expect((await sendWith(account, id)).text).toBe('Bye Ida');
});

it('node-mailjet makes a template, fills it and sends with it, before and after a restart', async () => {
  const data = mkdtempSync(join(tmpdir(), 'mockjet-templates-'));
  // the client knows its protocol by this static member alone
  (Request as unknown as { protocol: string }).protocol = 'http://';
  let running: Mock = await startMock({ data });
  const client = () =>
    new Client({
      apiKey: 'public',
      apiSecret: 'private',
      config: { host: new URL(running.url).host },
    });
  const sendAndRead = async (TemplateID: number) => {
    const To = [{ Email: 'ida@example.com' }];
    const body = send({ To, TemplateID, TemplateLanguage: true, Variables: { name: 'Ida' } });
    await client().post('send', { version: 'v3.1' }).request(body);
    const inbox = await running.call('GET', '/_mockjet/mails');
    return (JSON.parse(inbox.body) as { mails: Shown[] }).mails[0]?.html; // as above
  };
  const made = await client().post('template').request({ Name: 'Welcome' });
  const [{ ID }] = (made.body as { Data: [{ ID: number }] }).Data; // one was made
  await client().post('template').id(ID).action('detailcontent').request(content);
  expect(await sendAndRead(ID)).toBe('<p>Hello Ida</p>');
  await running.close();
  running = await startMock({ data });
  expect(await sendAndRead(ID)).toBe('<p>Hello Ida</p>');
  await running.close();
  rmSync(data, { recursive: true });
});
