import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { parseJson } from '../../src/lib/json-text.ts';
import type { SmtpPorts } from '../../src/wire/smtp/smtp.ts';
import { type Mock, startMock } from './mock.ts';

/** A mock that takes mail by SMTP too. */
export interface SmtpMock extends Mock {
  port: number;
  securePort: number;
  ca: string;
  /** The mails that an account's inbox has, newest first. */
  mails(user?: string): Promise<InboxMail[]>;
}

/** What these tests look at of a mail. */
interface InboxMail {
  [name: string]: unknown;
  from: { email: string; name: string };
  to: { email: string; name: string }[];
  cc: { email: string; name: string }[];
  bcc: { email: string; name: string }[];
  subject: string;
  text: string;
  html: string;
  requestGuid: string;
  headers: { name: string; value: string }[];
  attachments: { filename: string; size: number }[];
  warnings: { code: string; message: string }[];
}

export async function startSmtpMock(
  options: Parameters<typeof startMock>[0] = {},
): Promise<SmtpMock> {
  const mock = await startMock(options);
  const ports: SmtpPorts = { host: '127.0.0.1', smtpPort: 0, smtpsPort: 0 };
  const { smtpUrl, smtpsUrl } = await mock.smtp.listen(ports);
  return {
    ...mock,
    port: Number(new URL(smtpUrl ?? '').port),
    securePort: Number(new URL(smtpsUrl ?? '').port),
    ca: await mock.identity.caPem(),
    async mails(user = 'public:private') {
      const { body } = await mock.call('GET', '/_mockjet/mails', { user });
      return (parseJson(body) as unknown as { mails: InboxMail[] }).mails;
    },
  };
}

/** A dialogue with an SMTP server, reply by reply. */
export interface Dialogue {
  socket: Socket;
  /** Sends what is given, as it is, and resolves to the next reply: its lines joined by `\n`. */
  say(text: string | Buffer): Promise<string>;
  /** The next reply; '' where the connection has ended. */
  reply(): Promise<string>;
  /** All that still comes until the connection ends. */
  rest(): Promise<string>;
}

/** Connects, and hears the greeting. */
export async function dialogue(port: number, socket: Socket = connect(port, '127.0.0.1')) {
  let heard = '';
  let isOver = false;
  const wake = new Set<() => void>();
  const changed = () => new Promise<void>((resolve) => wake.add(resolve));
  const tell = () => {
    for (const each of wake) each();
    wake.clear();
  };
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('utf8');
    tell();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    isOver = true;
    tell();
  });
  const reply = async (): Promise<string> => {
    for (;;) {
      const [whole] = /^(?:\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(heard) ?? [];
      if (whole !== undefined) {
        heard = heard.slice(whole.length);
        return whole.replaceAll('\r', '').trimEnd();
      }
      if (isOver) return heard;
      await changed();
    }
  };
  const talk: Dialogue = {
    socket,
    reply,
    say(text) {
      socket.write(text);
      return reply();
    },
    async rest() {
      while (!isOver) await changed();
      return heard;
    },
  };
  await once(socket, 'connect');
  const greeting = await reply();
  return { ...talk, greeting };
}

/** Connects, and says who the client is. */
export async function signedIn(port: number, user = 'public:private') {
  const talk = await dialogue(port);
  await talk.say('EHLO app.example\r\n');
  const token = Buffer.from(`\0${user.replace(':', '\0')}`).toString('base64');
  const reply = await talk.say(`AUTH PLAIN ${token}\r\n`);
  if (!reply.startsWith('235')) throw new Error(reply);
  return talk;
}

/** Hands a mail in, its data as they are; resolves to the reply to the last dot. */
export async function handIn(
  talk: Dialogue,
  data: string | Buffer,
  recipients: readonly string[] = ['ann@example.com'],
): Promise<string> {
  await talk.say('MAIL FROM:<pilot@example.com>\r\n');
  for (const recipient of recipients) await talk.say(`RCPT TO:<${recipient}>\r\n`);
  await talk.say('DATA\r\n');
  talk.socket.write(data);
  return talk.say('\r\n.\r\n');
}
