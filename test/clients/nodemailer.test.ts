import { randomBytes } from 'node:crypto';
import nodemailer from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmtpMock, startSmtpMock } from '../support/smtp.ts';

let mock: SmtpMock;
beforeAll(async () => {
  mock = await startSmtpMock();
});
afterAll(() => mock.close());

let made = 0;
const newUser = () => {
  made += 1;
  return { user: `mailer-${made}`, pass: 'secret' };
};

type Way = 'plain' | 'STARTTLS' | 'implicit TLS';
const options = (way: Way) => ({
  host: '127.0.0.1',
  port: way === 'implicit TLS' ? mock.securePort : mock.port,
  secure: way === 'implicit TLS',
  ignoreTLS: way === 'plain',
  requireTLS: way === 'STARTTLS',
  tls: { ca: mock.ca },
});
const mail = {
  from: 'Mailjet Pilot <pilot@example.com>',
  to: 'Ann Lee <ann@example.com>',
  subject: 'Your email flight plan!',
  text: 'May the delivery force be with you!\n',
  html: '<h3>May the delivery force be with you!</h3>',
};
const failure = (sending: Promise<unknown>): Promise<Error & { responseCode?: number }> =>
  sending.then(
    () => new Error('it was taken'),
    (error) => error,
  );

describe.each<Way>(['plain', 'STARTTLS', 'implicit TLS'])('nodemailer by %s', (way) => {
  it.each(['PLAIN', 'LOGIN'])(
    'sends with AUTH %s, and the mail is found by its reply',
    async (authMethod) => {
      const auth = newUser();
      const transport = nodemailer.createTransport({ ...options(way), auth, authMethod });
      const { response, accepted } = await transport.sendMail({
        ...mail,
        cc: ['bob@example.com', 'Carl <carl@example.com>'],
        bcc: 'dora@example.com',
        replyTo: 'desk@example.com',
        headers: { 'X-MJ-CustomID': 'order-7', 'X-Mailjet-Campaign': 'spring', 'X-Shop': 'books' },
      });
      expect(response).toMatch(/^250 OK queued as [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(accepted).toHaveLength(4);
      const [found, ...others] = await mock.mails(`${auth.user}:${auth.pass}`);
      expect(others).toEqual([]);
      expect(found).toMatchObject({
        source: 'smtp',
        requestGuid: response.slice(response.lastIndexOf(' ') + 1),
        from: { email: 'pilot@example.com', name: 'Mailjet Pilot' },
        to: [{ email: 'ann@example.com', name: 'Ann Lee' }],
        cc: [
          { email: 'bob@example.com', name: '' },
          { email: 'carl@example.com', name: 'Carl' },
        ],
        bcc: [{ email: 'dora@example.com', name: '' }],
        replyTo: { email: 'desk@example.com', name: '' },
        subject: mail.subject,
        html: mail.html,
        customId: 'order-7',
        campaign: 'spring',
        headers: [{ name: 'X-Shop', value: 'books' }],
        warnings: [{ code: 'sender-not-validated' }],
      });
      expect(found?.text.trimEnd()).toBe(mail.text.trimEnd());
      transport.close();
    },
  );

  it('hears 535 with a wrong secret', async () => {
    const auth = newUser();
    mock.registry.authenticate(auth.user, auth.pass);
    const transport = nodemailer.createTransport({
      ...options(way),
      auth: { ...auth, pass: 'another' },
    });
    expect(await failure(transport.verify())).toMatchObject({
      responseCode: 535,
      response: '535 5.7.8 Error: authentication failed: authentication failure',
    });
    expect(await mock.mails(`${auth.user}:${auth.pass}`)).toEqual([]);
  });

  it('sends an attachment of 11 MB whole; one of 14 MB gets 552', async () => {
    const auth = newUser();
    const transport = nodemailer.createTransport({ ...options(way), auth });
    const attachment = (size: number) => ({
      ...mail,
      attachments: [{ filename: 'plan.bin', content: randomBytes(size) }],
    });
    await transport.sendMail(attachment(11_000_000));
    expect(await failure(transport.sendMail(attachment(14_000_000)))).toMatchObject({
      responseCode: 552,
      response: '552 5.3.4 Error: message exceeds fixed maximum message size 15728640',
    });
    const found = await mock.mails(`${auth.user}:${auth.pass}`);
    expect(found.map(({ attachments }) => attachments)).toMatchObject([
      [{ filename: 'plan.bin', size: 11_000_000 }],
    ]);
    transport.close();
  }, 60_000);
});

it('nodemailer sends many mails on one connection', async () => {
  const auth = newUser();
  const transport = nodemailer.createTransport({
    ...options('plain'),
    auth,
    pool: true,
    maxConnections: 2,
  });
  const subjects = Array.from({ length: 30 }, (_, number) => `Order ${number}`);
  await Promise.all(subjects.map((subject) => transport.sendMail({ ...mail, subject })));
  const found = await mock.mails(`${auth.user}:${auth.pass}`);
  expect(found.map(({ subject }) => subject).sort()).toEqual(subjects.sort());
  transport.close();
});
