import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMime } from '../../src/mail/read-mime.ts';
import { newAccount, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const pixel = Buffer.from([0x47, 0x49, 0x46, 0, 0xff, 0xfe, 0x0d, 0x0a]);
const file = (Filename: string, ContentType = 'image/gif') => ({
  Filename,
  ContentType,
  Base64Content: pixel.toString('base64'),
});
/** Sends a mail and gives it as control shows it. */
async function sent(account: TestAccount, more: object = {}) {
  const answer = await account.call('POST', '/v3.1/send', send(message(more)));
  if (answer.status !== 200) throw new Error(answer.body);
  return (await account.control('GET', '/mails?limit=1')).mails[0];
}
/** The header lines of a message, each in one line. */
const headOf = (raw: string) =>
  (raw.split('\r\n\r\n', 1)[0] ?? '').replace(/\r\n[ \t]+/g, ' ').replaceAll('\r', '');
/** The bytes of an answer, which texts would change. */
async function bytes(account: TestAccount, path: string) {
  const chunks: Buffer[] = [];
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.get(`${mock.url}${path}`, { auth: account.user }, resolve).on('error', reject);
  });
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const csp = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

describe('the parts of a mail', () => {
  it.each([
    ['html', 'text/html; charset=utf-8', '<script>alert("é 😀")</script>\r\n<b>{{x}}</b>'],
    ['text', 'text/plain; charset=utf-8', '<b>Grüße</b>\n.\n'],
  ])('%s is what was sent, and harmless', async (name, type, content) => {
    const account = newAccount(mock);
    const { id } = await sent(account, { TextPart: content, HTMLPart: content });
    const answer = await account.try('GET', `/mails/${id}/${name}`);
    expect(answer.body).toBe(content);
    expect(answer.headers).toMatchObject({
      'content-type': type,
      'content-security-policy': csp,
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    ['html', 'The mail 1 has no HTML'],
    ['text', undefined],
    ['attachments/0', 'The mail 1 has no attachment 0'],
    ['attachments/00', 'The mail 1 has no attachment 00'],
    ['attachments/x', 'The mail 1 has no attachment x'],
  ])('%s of a mail with text alone: %s', async (path, error) => {
    const account = newAccount(mock);
    await sent(account);
    const { status, body } = await account.try('GET', `/mails/1/${path}`);
    expect(status).toBe(error === undefined ? 200 : 404);
    if (error !== undefined) expect(JSON.parse(body)).toEqual({ error });
  });

  it.each(['html', 'text', 'raw', 'attachments/0', 'release'])(
    '%s of a mail that is not there is 404',
    async (path) => {
      const account = newAccount(mock);
      const method = path === 'release' ? 'POST' : 'GET';
      expect((await account.try(method, `/mails/7/${path}`)).status).toBe(404);
    },
  );
});

describe('an attachment', () => {
  it('comes as its bytes', async () => {
    const account = newAccount(mock);
    const mail = await sent(account, {
      Attachments: [file('a.gif')],
      InlinedAttachments: [{ ...file('b.gif'), ContentID: 'b' }],
    });
    const urls = mail.attachments.map(({ url }: { url: string }) => url);
    expect(urls).toHaveLength(2);
    for (const url of urls) expect(await bytes(account, url)).toEqual(pixel);
  });

  it.each([
    ['plan.pdf', 'application/pdf', `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`],
    ['page.html', 'text/html', `attachment; filename="page.html"; filename*=UTF-8''page.html`],
    [
      'Grüße (1)\'s "x".txt',
      'TEXT/Plain; charset=latin1',
      `attachment; filename="Gr__e (1)'s _x_.txt"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%281%29%27s%20%22x%22.txt`,
    ],
    ['../../etc/passwd', 'text/plain', `attachment; filename="passwd"; filename*=UTF-8''passwd`],
    [
      'a\r\nSet-Cookie: x.txt',
      'text/plain',
      `attachment; filename="aSet-Cookie: x.txt"; filename*=UTF-8''aSet-Cookie%3A%20x.txt`,
    ],
    ['😀\\', 'text/plain', `attachment; filename="attachment"; filename*=UTF-8''attachment`],
  ])('%j is saved, not shown', async (name, type, disposition) => {
    const account = newAccount(mock);
    const { id } = await sent(account, { Attachments: [file(name, type)] });
    const { headers } = await account.try('GET', `/mails/${id}/attachments/0`);
    expect(headers).toMatchObject({
      'content-type': type.toLowerCase().split(';')[0],
      'content-disposition': disposition,
      'content-security-policy': csp,
      'x-content-type-options': 'nosniff',
    });
  });

  it.each(['no type', 'text/html\r\nX-Injected: 1', ''])('of type %j is bytes', async (type) => {
    const account = newAccount(mock);
    await sent(account, { Attachments: [file('a.bin', 'text/plain')] });
    const [own] = mock.registry
      .accounts()
      .filter(({ apiKey }) => account.user.startsWith(`${apiKey}:`));
    own?.write(() => own.sql('UPDATE attachment SET contentType = ?').run(type));
    const { headers } = await account.try('GET', '/mails/1/attachments/0');
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['x-injected']).toBeUndefined();
  });
});

describe('the raw message', () => {
  it('is read by a MIME parser as what was sent, with the headers that Mailjet adds', async () => {
    const account = newAccount(mock);
    const mail = await sent(account, {
      From: { Email: 'pilot@example.com', Name: 'Pilöt' },
      ReplyTo: { Email: 'desk@example.com', Name: 'Desk' },
      Cc: [{ Email: 'cat@example.com', Name: 'Cat' }],
      Bcc: [{ Email: 'secret@example.com' }],
      Subject: 'Grüße 😀',
      TextPart: 'Text\n.\nend',
      HTMLPart: '<p>Hi <img src="cid:b"></p>',
      Headers: { 'X-Shop': 'Dublin' },
      Attachments: [file('a.gif')],
      InlinedAttachments: [{ ...file('b.gif'), ContentID: 'b' }],
    });
    const raw = await bytes(account, `/_mockjet/mails/${mail.id}/raw`);
    const read = await readMime(raw);
    expect(read).toMatchObject({
      from: mail.from,
      replyTo: mail.replyTo,
      to: mail.to,
      cc: mail.cc,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
    });
    expect(read.attachments.map(({ filename, content }) => [filename, content]).sort()).toEqual([
      ['a.gif', pixel],
      ['b.gif', pixel],
    ]);
    const head = headOf(raw.toString('latin1'));
    const uuid = mail.recipients[0].messageUuid;
    for (const line of [
      /^X-Shop: Dublin$/m,
      /^Feedback-Id: 42\.\d+\.\d+:MJ$/m,
      /^X-CSA-Complaints: csa-complaints@eco\.de$/m,
      /^X-MJ-Mid: [\w-]{76}$/m,
      new RegExp(`^X-MJ-SMTPGUID: ${uuid}$`, 'm'),
      /^Return-Path: <[0-9a-f]{8}@a\d+\.bnc3\.mailjet\.com>$/m,
    ])
      expect(head).toMatch(line);
    expect(raw.includes('secret@example.com')).toBe(false);
    expect(await bytes(account, `/_mockjet/mails/${mail.id}/raw`)).toEqual(raw);
    const { headers } = await account.try('GET', `/mails/${mail.id}/raw`);
    expect(headers['content-type']).toBe('message/rfc822');
  });

  it('of two mails has two identities, of a mail in the sandbox one too', async () => {
    const account = newAccount(mock);
    const first = await sent(account);
    const second = await sent(account);
    await account.call('POST', '/v3.1/send', { ...send(message()), SandboxMode: true });
    const ids = await Promise.all(
      [first.id, second.id, '3'].map(async (id) => {
        const { body } = await account.try('GET', `/mails/${id}/raw`);
        expect(headOf(body)).toMatch(/^X-MJ-SMTPGUID: [0-9a-f-]{36}$/m);
        return /^Message-ID: (.*)$/m.exec(headOf(body))?.[1];
      }),
    );
    expect(new Set(ids).size).toBe(3);
  });
});

describe('a release', () => {
  const statusOf = async (account: TestAccount) =>
    (await account.control('GET', '/mails/1')).recipients.map(
      ({ status }: { status: string }) => status,
    );

  it.each(['held', 'polled'])('lets a mail go under the pace %s', async (pace) => {
    const account = newAccount(mock);
    await account.control('PUT', '/jobs/pace', { pace });
    await sent(account, {
      To: [{ Email: 'ann@example.com' }, { Email: 'hardbounce@mockjet.test' }],
    });
    await sent(account);
    expect(await statusOf(account)).toEqual(['queued', 'queued']);
    const released = await account.control('POST', '/mails/1/release');
    expect(released.recipients.map(({ status }: { status: string }) => status)).toEqual([
      'sent',
      'hardbounced',
    ]);
    expect(await account.control('GET', '/mails/1')).toEqual(released);
    expect((await account.control('GET', '/mails/2')).recipients[0].status).toBe('queued');
    expect(await account.control('POST', '/mails/1/release')).toEqual(released);
  });
});
