import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seed, times } from '../support/fuzz.ts';
import { dialogue, handIn, type SmtpMock, signedIn, startSmtpMock } from '../support/smtp.ts';

let mock: SmtpMock;
beforeAll(async () => {
  mock = await startSmtpMock();
});
afterAll(() => mock.close());

const word = fc.constantFrom(
  ...[
    'EHLO x',
    'HELO x',
    'ehlo',
    'AUTH PLAIN',
    'AUTH LOGIN',
    'AUTH PLAIN AGZ1enoAc2VjcmV0',
    'AUTH',
  ],
  ...['MAIL FROM:<a@example.com>', 'MAIL FROM:<>', 'MAIL FROM:a SIZE=9', 'MAIL', 'DATA', 'RSET'],
  ...['RCPT TO:<ann@example.com>', 'RCPT TO:<"a b"@example.com>', 'RCPT TO:<@a,@b:c@d>', 'RCPT'],
  ...['NOOP', 'VRFY ann', 'HELP', 'BDAT 5 LAST', 'STARTTLS x', 'XCLIENT NAME=a', '*', '=', ''],
  ...['.', '..', 'Subject: x', 'X-MJ-Vars: {"a":', 'Content-Type: multipart/mixed; boundary=b'],
  ...['--b', '--b--', 'To: ', 'AGZ1enoAc2VjcmV0', 'constructor', '__proto__', 'toString'],
);
const junk = fc.oneof(
  { weight: 8, arbitrary: word },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text) => text.repeat(200)) },
);
const lineEnd = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r', '\n.\n', '\r\n.\r\n', '\0', '');
const script = fc.array(
  fc.tuple(junk, lineEnd).map((parts) => parts.join('')),
  { maxLength: 40 },
);

it('any sequence of lines ends with replies of SMTP, and the next client is served', async () => {
  await fc.assert(
    fc.asyncProperty(script, fc.boolean(), async (lines, isKnown) => {
      const talk = await (isKnown ? signedIn(mock.port, 'fuzz:secret') : dialogue(mock.port));
      for (const line of lines) talk.socket.write(line);
      // whatever state that left it in, this ends it
      talk.socket.end('\r\n.\r\n\r\nRSET\r\nQUIT\r\n');
      const replies = (await talk.rest()).split('\r\n');
      expect(replies.pop()).toBe('');
      for (const reply of replies) expect(reply).toMatch(/^[2-5]\d\d[ -][^\0\r\n]*$/);
      expect(replies.filter((reply) => /internal|undefined|TypeError/.test(reply))).toEqual([]);
    }),
    { seed, numRuns: 60 * times },
  );
  const talk = await signedIn(mock.port, 'fuzz:secret');
  expect(await handIn(talk, 'Subject: x\r\n\r\nx')).toMatch(/^250 OK queued as /);
  talk.socket.destroy();
}, 120_000);

it('any message is one mail or an error, whatever it holds', async () => {
  const talk = await signedIn(mock.port, 'bytes:secret');
  const name = fc.constantFrom(
    ...['From', 'To', 'Cc', 'Subject', 'Content-Type', 'Content-Transfer-Encoding', 'X-MJ-Vars'],
    ...['X-Mailjet-Campaign', 'X-MJ-CustomID', 'X-MJ-EventPayload', 'X-Odd', '__proto__'],
  );
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'base64',
      'multipart/mixed; boundary=b',
      'text/html; charset=utf-7',
      '{"a":null}',
    ),
    fc.constantFrom('=?utf-8?b?AA==?=', '=?x?q?=0D=0ABcc:_a?=', '<a@b>, <', '"', '(((('),
  );
  const header = fc
    .tuple(name, value)
    .map(([key, text]) => `${key}: ${text.replace(/[\r\n]/g, ' ')}`);
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('--b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n', '=3D=', 'AAA=AAA'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(header, { maxLength: 8 }), body, async (headers, text) => {
      // as bytes, with the dots that SMTP wants
      const data = `${headers.join('\r\n')}\r\n\r\n${text}`.replace(/^\./gm, '..');
      const before = (await mock.mails('bytes:secret')).length;
      const reply = await handIn(talk, Buffer.from(data, 'utf8'));
      expect(reply).toMatch(/^(250 OK queued as |554 5\.6\.0 )/);
      const mails = await mock.mails('bytes:secret');
      expect(mails).toHaveLength(Math.min(100, before + Number(reply.startsWith('250'))));
      expect(await talk.say('NOOP\r\n')).toBe('250 2.0.0 OK');
    }),
    { seed, numRuns: 60 * times },
  );
  talk.socket.destroy();
}, 120_000);
