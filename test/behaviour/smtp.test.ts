import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInFlight } from '../../src/wire/in-flight.ts';
import { smtpLimits } from '../../src/wire/smtp/limits.ts';
import { createSmtp } from '../../src/wire/smtp/smtp.ts';
import { dialogue, handIn, type SmtpMock, signedIn, startSmtpMock } from '../support/smtp.ts';

let mock: SmtpMock;
beforeAll(async () => {
  mock = await startSmtpMock();
});
afterAll(() => mock.close());

let made = 0;
/** The credentials of an account that no other test uses. */
const newUser = () => {
  made += 1;
  return `smtp-${made}:secret`;
};
const base64 = (text: string) => Buffer.from(text).toString('base64');
const queued = /^250 OK queued as [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// recorded, but for the words of single replies: those are the library's
const announced = [
  '250-smtpintls.mailjet.com',
  '250-PIPELINING',
  '250-8BITMIME',
  '250-SMTPUTF8',
  '250-ENHANCEDSTATUSCODES',
  '250-AUTH PLAIN LOGIN',
];

describe('a session', () => {
  it('greets and announces as production does, and only what works', async () => {
    const talk = await dialogue(mock.port);
    expect(talk.greeting).toBe('220 in.mailjet.com ESMTP Mailjet');
    expect((await talk.say('EHLO x\r\n')).split('\n')).toEqual([
      ...announced,
      '250-STARTTLS',
      '250 SIZE 15728640',
    ]);
    expect(await talk.say('QUIT\r\n')).toBe('221 2.0.0 Bye');
    expect(await talk.rest()).toBe('');
  });

  it('takes commands that were sent before its greeting', async () => {
    const socket = connect(mock.port, '127.0.0.1');
    socket.write('EHLO x\r\nQUIT\r\n');
    const talk = await dialogue(mock.port, socket);
    expect(talk.greeting).toBe('220 in.mailjet.com ESMTP Mailjet');
    expect(await talk.rest()).toMatch(/^250-smtpintls[\s\S]*\n221 2\.0\.0 Bye\r\n$/);
  });

  it.each([
    ['0.0.0.0', 'smtp://127.0.0.1:'],
    ['localhost', 'smtp://localhost:'],
  ])('listens on %s, and says how to reach it', async (host, expected) => {
    const other = await startSmtpMock();
    const { smtpUrl } = await other.smtp.listen({ host, smtpPort: 0 });
    expect(smtpUrl?.slice(0, expected.length)).toBe(expected);
    await other.close();
  });

  it('goes on under TLS, where STARTTLS is not announced again', async () => {
    const talk = await dialogue(mock.port);
    await talk.say('EHLO x\r\n');
    expect(await talk.say('STARTTLS\r\n')).toBe('220 2.0.0 Ready to start TLS');
    talk.socket.removeAllListeners('data');
    const secure = connectTls({ socket: talk.socket, ca: mock.ca, servername: 'localhost' });
    const inside = new Promise<string>((resolve) =>
      secure.once('data', (data) => resolve(`${data}`)),
    );
    secure.write('EHLO x\r\n');
    expect((await inside).trimEnd().split('\r\n')).toEqual([...announced, '250 SIZE 15728640']);
    secure.destroy();
  });

  it.each([
    ['AUTH PLAIN with the first line', [`AUTH PLAIN ${base64('\0key\0secret')}`], '235 2.7.0'],
    ['AUTH PLAIN when asked', ['AUTH PLAIN', base64('\0key\0secret')], '235 2.7.0'],
    ['AUTH LOGIN', ['AUTH LOGIN', base64('key'), base64('secret')], '235 2.7.0'],
    ['AUTH LOGIN with the name', [`AUTH LOGIN ${base64('key')}`, base64('secret')], '235 2.7.0'],
    ['another secret', [`AUTH PLAIN ${base64('\0key\0wrong')}`], '535 5.7.8'],
    ['no secret', [`AUTH PLAIN ${base64('\0key\0')}`], '535 5.7.8'],
    ['no key', [`AUTH PLAIN ${base64('\0\0secret')}`], '535 5.7.8'],
    ['a key that HTTP cannot carry', [`AUTH PLAIN ${base64('\0a:b\0secret')}`], '535 5.7.8'],
    ['what is no base64', ['AUTH PLAIN ###'], '501 5.5.4'],
    ['given up', ['AUTH LOGIN', '*'], '501 5.5.4'],
    ['CRAM-MD5', ['AUTH CRAM-MD5'], '504 5.5.4'],
    ['no way at all', ['AUTH'], '504 5.5.4'],
  ])('%s', async (_name, lines, expected) => {
    mock.registry.authenticate('key', 'secret');
    const talk = await dialogue(mock.port);
    await talk.say('EHLO x\r\n');
    let reply = '';
    for (const line of lines) reply = await talk.say(`${line}\r\n`);
    expect(reply.slice(0, expected.length)).toBe(expected);
    talk.socket.destroy();
  });

  it.each([
    ['MAIL FROM:<a@example.com>', '503 5.5.1', 'before EHLO'],
    ['EHLO x', '250-smtpintls', ''],
    ['RCPT TO:<ann@example.com>', '503 5.5.1', 'before MAIL'],
    ['MAIL FROM:<a@example.com>', '250 2.1.0', ''],
    ['RCPT TO:<ann@example.com>', '554 5.7.1 <ann@example.com>: Relay access denied', 'of nobody'],
    ['DATA', '503 5.5.1', 'without a recipient'],
    ['HELLO', '500 5.5.2', ''],
    ['XCLIENT ADDR=1.2.3.4', '500 5.5.2', ''],
    ['ETRN x', '500 5.5.2', ''],
    ['RSET', '250 2.0.0', ''],
    ['MAIL FROM:a', '501 5.1.7', ''],
    ['MAIL FROM:<> SIZE=15728641', '552 5.3.4', 'an announced size'],
    ['MAIL FROM:<> SIZE=15728640', '250 2.1.0', ''],
    ['NOOP', '250 2.0.0', ''],
  ])('is answered: %s, %s %s', async (command, expected) => {
    // one dialogue for all rows: each stands on those before
    shared ??= await dialogue(mock.port);
    const reply = await shared.say(`${command}\r\n`);
    expect(reply.slice(0, expected.length)).toBe(expected);
  });
  let shared: Awaited<ReturnType<typeof dialogue>> | undefined;
  afterAll(() => shared?.socket.destroy());

  it('is refused a recipient that is no address, and the 1001st', async () => {
    const talk = await signedIn(mock.port, newUser());
    await talk.say('MAIL FROM:<pilot@example.com>\r\n');
    expect(await talk.say('RCPT TO:<ann>\r\n')).toMatch(/^501 5\.1\.3 /);
    expect(await talk.say(`RCPT TO:<${'a'.repeat(300)}@example.com>\r\n`)).toMatch(/^501 5\.1\.3 /);
    talk.socket.write(
      Array.from({ length: 1000 }, (_, n) => `RCPT TO:<to${n}@example.com>\r\n`).join(''),
    );
    for (let n = 0; n < 1000; n += 1) expect(await talk.reply()).toMatch(/^250 2\.1\.5 /);
    expect(await talk.say('RCPT TO:<last@example.com>\r\n')).toMatch(/^452 4\.5\.3 /);
    talk.socket.destroy();
  });

  it('asks who it is for each mail, as HTTP does', async () => {
    const user = newUser();
    const talk = await signedIn(mock.port, user);
    expect(await handIn(talk, 'Subject: one\r\n\r\n1')).toMatch(queued);
    const account = mock.registry.authenticate(...(user.split(':') as [string, string])); // two parts
    if (account === undefined) throw new Error('it was let in');
    account.secretKey = 'changed';
    expect(await handIn(talk, 'Subject: two\r\n\r\n2')).toMatch(/^535 5\.7\.8 /);
    expect(
      (await mock.mails(user.replace('secret', 'changed'))).map(({ subject }) => subject),
    ).toEqual(['one']);
    talk.socket.destroy();
  });
});

describe('the data of a mail', () => {
  it.each([
    [
      'a dot that was doubled',
      '..first\r\nsecond\r\n..\r\n..third',
      ['.first', 'second', '.', '.third'],
    ],
    ['a line with a dot at its end', 'one.\r\ntwo', ['one.', 'two']],
    ['\\n.\\n', 'one\n.\nMAIL FROM:<evil@example.com>\nrest', undefined],
    ['\\r.\\r', 'one\r.\rMAIL FROM:<evil@example.com>\rrest', undefined],
    ['\\n.\\r\\n', 'one\n.\r\nMAIL FROM:<evil@example.com>\r\nrest', undefined],
    ['\\r\\n.\\n', 'one\r\n.\nMAIL FROM:<evil@example.com>\r\nrest', undefined],
    ['\\r\\n.\\r', 'one\r\n.\rMAIL FROM:<evil@example.com>\r\nrest', undefined],
    ['\\0', 'one\r\n\0.\0\r\nMAIL FROM:<evil@example.com>\r\nrest', undefined],
  ])('%s is one mail', async (_name, body, lines) => {
    const user = newUser();
    const talk = await signedIn(mock.port, user);
    expect(await handIn(talk, `Subject: one\r\n\r\n${body}`)).toMatch(queued);
    // nothing of the data was taken as a command: the next reply is the one to this
    expect(await talk.say('NOOP\r\n')).toBe('250 2.0.0 OK');
    const mails = await mock.mails(user);
    expect(mails.map(({ subject }) => subject)).toEqual(['one']);
    if (lines === undefined) expect(mails[0]?.text).toContain('evil@example.com');
    else expect(mails[0]?.text.split('\n')).toEqual(lines);
    talk.socket.destroy();
  });

  it('is the same however its bytes come in', async () => {
    const user = newUser();
    const talk = await signedIn(mock.port, user);
    await talk.say('MAIL FROM:<pilot@example.com>\r\n');
    await talk.say('RCPT TO:<ann@example.com>\r\n');
    await talk.say('DATA\r\n');
    talk.socket.setNoDelay(true);
    for (const byte of 'Subject: slow\r\n\r\n..\r\none\r\n.\r\n') {
      await new Promise((resolve) => talk.socket.write(byte, resolve));
    }
    expect(await talk.reply()).toMatch(queued);
    expect((await mock.mails(user))[0]?.text.split('\n')).toEqual(['.', 'one']);
    talk.socket.destroy();
  });

  it('may come with all its commands at once, and with the next mail behind', async () => {
    const user = newUser();
    const talk = await signedIn(mock.port, user);
    const mail = (subject: string) =>
      `MAIL FROM:<pilot@example.com>\r\nRCPT TO:<ann@example.com>\r\nDATA\r\nSubject: ${subject}\r\n\r\nx\r\n.\r\n`;
    talk.socket.write(`${mail('one')}${mail('two')}QUIT\r\n`);
    const replies = [];
    for (let n = 0; n < 9; n += 1) replies.push((await talk.reply()).slice(0, 3));
    expect(replies).toEqual(['250', '250', '354', '250', '250', '250', '354', '250', '221']);
    expect((await mock.mails(user)).map(({ subject }) => subject)).toEqual(['two', 'one']);
  });

  it('is refused above 15 MiB, though no size was announced, and the session goes on', async () => {
    const user = newUser();
    const talk = await signedIn(mock.port, user);
    const line = `${'x'.repeat(998)}\r\n`;
    const large = `Subject: large\r\n\r\n${line.repeat(15_729)}`;
    expect(await handIn(talk, large)).toBe(
      '552 5.3.4 Error: message exceeds fixed maximum message size 15728640',
    );
    expect(await handIn(talk, 'Subject: small\r\n\r\nx')).toMatch(queued);
    expect((await mock.mails(user)).map(({ subject }) => subject)).toEqual(['small']);
    talk.socket.destroy();
  }, 30_000);

  it('may be empty, and without any header', async () => {
    const user = newUser();
    const talk = await signedIn(mock.port, user);
    expect(await handIn(talk, '')).toMatch(queued);
    expect((await mock.mails(user))[0]).toMatchObject({
      from: { email: 'pilot@example.com', name: '' },
      bcc: [{ email: 'ann@example.com', name: '' }],
      subject: '',
    });
    talk.socket.destroy();
  });

  it('that no parser can read is refused', async () => {
    const talk = await signedIn(mock.port, newUser());
    const nested = Array.from(
      { length: 60 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    ).join('');
    expect(await handIn(talk, nested)).toMatch(/^554 5\.6\.0 The message cannot be read: /);
    talk.socket.destroy();
  });
});

describe('limits', () => {
  /** SMTP of the same mock, with other limits. */
  const limited = async (limits: Partial<typeof smtpLimits>) => {
    const { registry, steering, identity } = mock;
    const smtp = createSmtp(
      {
        ...{ registry, steering, identity, log: mock.server.log, inFlight: createInFlight() },
        room: { enter: () => true, leave: () => {} },
      },
      { ...smtpLimits, ...limits },
    );
    const { smtpUrl = '', smtpsUrl = '' } = await smtp.listen({
      ...{ host: '127.0.0.1', smtpPort: 0, smtpsPort: 0 },
    });
    return {
      smtp,
      port: Number(new URL(smtpUrl).port),
      securePort: Number(new URL(smtpsUrl).port),
    };
  };

  it('one connection too many is told so', async () => {
    const { smtp, port } = await limited({ connections: 2 });
    const talks = [await dialogue(port), await dialogue(port)];
    expect((await dialogue(port)).greeting).toMatch(/^421 /);
    talks[0]?.socket.destroy();
    for (const talk of talks) expect(talk.greeting).toMatch(/^220 /);
    await smtp.close();
  });

  it('a silent client is sent away', async () => {
    const { smtp, port } = await limited({ silence: 100 });
    const talk = await dialogue(port);
    // a slow machine greets no sooner than that
    expect(talk.greeting + (await talk.rest())).toContain('421 4.4.2 Timeout - closing connection');
    await smtp.close();
  });

  it('a mail that never ends is cut off', async () => {
    const { smtp, port } = await limited({ mail: 100 });
    const user = newUser();
    const talk = await signedIn(port, user);
    await talk.say('MAIL FROM:<pilot@example.com>\r\nRCPT TO:<ann@example.com>\r\nDATA\r\n');
    talk.socket.write('Subject: endless\r\n\r\n');
    expect(await talk.rest()).toContain('421 4.4.2 Error: timeout exceeded');
    expect(await mock.mails(user)).toEqual([]);
    await smtp.close();
  });

  it('a line that is too long ends the session', async () => {
    const talk = await dialogue(mock.port);
    talk.socket.write('EHLO '.padEnd(20_000, 'x'));
    expect(await talk.rest()).toMatch(/^421 .*Command line too long/);
  });

  it('closing ends idle, half-open and unfinished connections within its bound', async () => {
    const { smtp, port, securePort } = await limited({ closing: 200 });
    const idle = await dialogue(port);
    const upgrading = await dialogue(port);
    await upgrading.say('EHLO x\r\n');
    await upgrading.say('STARTTLS\r\n');
    const halfway = connectTls({ port: securePort, host: '127.0.0.1', ca: mock.ca });
    halfway.on('error', () => {});
    const busy = await signedIn(port, newUser());
    await busy.say('MAIL FROM:<pilot@example.com>\r\n');
    await busy.say('RCPT TO:<ann@example.com>\r\n');
    await busy.say('DATA\r\n');
    busy.socket.write('Subject: half');
    await smtp.close();
    expect(await idle.rest()).toMatch(/^421 .*Server shutting down/);
    await Promise.all([upgrading.rest(), busy.rest()]);
    halfway.destroy();
  });

  it('closing lets a mail that is coming in end', async () => {
    const { smtp, port } = await limited({ closing: 3_600_000 });
    const user = newUser();
    const talk = await signedIn(port, user);
    await talk.say('MAIL FROM:<pilot@example.com>\r\n');
    await talk.say('RCPT TO:<ann@example.com>\r\n');
    await talk.say('DATA\r\n');
    const closed = smtp.close();
    expect(await talk.say('Subject: last\r\n\r\nx\r\n.\r\n')).toMatch(queued);
    await closed;
    expect(await mock.mails(user)).toHaveLength(1);
  });
});
