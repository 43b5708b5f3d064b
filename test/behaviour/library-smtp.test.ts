import nodemailer from 'nodemailer';
import { expect, it } from 'vitest';
import { startMockjet } from '../../src/index.ts';
import { dialogue } from '../support/smtp.ts';

const mail = { from: 'shop@example.com', to: 'ann@example.com', subject: 'Welcome', text: 'Hello' };

it('the library takes mail by SMTP where it is told to, by both ports', async () => {
  await using mockjet = await startMockjet({ smtpPort: 0, smtpsPort: 0 });
  expect([mockjet.smtpUrl, mockjet.smtpsUrl]).toEqual([
    expect.stringMatching(/^smtp:\/\/127\.0\.0\.1:\d+$/),
    expect.stringMatching(/^smtps:\/\/127\.0\.0\.1:\d+$/),
  ]);
  const account = await mockjet.account();
  const tls = { ca: await mockjet.caPem() };
  for (const url of [mockjet.smtpUrl, mockjet.smtpsUrl]) {
    const { hostname, port, protocol } = new URL(url ?? '');
    const transport = nodemailer.createTransport({
      ...{ host: hostname, port: Number(port), secure: protocol === 'smtps:', tls },
      auth: { user: account.apiKey, pass: account.secretKey },
    });
    await transport.sendMail(mail);
  }
  const calls = await account.requests.find({ operation: 'smtp' });
  expect(calls.map(({ status }) => status)).toEqual([250, 250]);
});

it('without a port there is none', async () => {
  await using mockjet = await startMockjet();
  expect([mockjet.smtpUrl, mockjet.smtpsUrl]).toEqual([undefined, undefined]);
});

it('only the pair that is configured gets in', async () => {
  const keys = { apiKey: 'the-key', secretKey: 'the-secret' };
  await using mockjet = await startMockjet({ keys, smtpPort: 0 });
  const { port } = new URL(mockjet.smtpUrl ?? '');
  const talk = await dialogue(Number(port));
  await talk.say('EHLO x\r\n');
  const auth = (pair: string) =>
    talk.say(`AUTH PLAIN ${Buffer.from(`\0${pair.replace(':', '\0')}`).toString('base64')}\r\n`);
  expect(await auth('other:secret')).toMatch(/^535 5\.7\.8 /);
  expect(await auth('the-key:secret')).toMatch(/^535 5\.7\.8 /);
  expect(await auth('the-key:the-secret')).toMatch(/^235 2\.7\.0 /);
  talk.socket.destroy();
});

it('a port that is taken stops the start, with the remedy, and leaves nothing behind', async () => {
  await using first = await startMockjet({ smtpPort: 0 });
  const taken = Number(new URL(first.smtpUrl ?? '').port);
  await expect(startMockjet({ smtpPort: taken })).rejects.toThrow(
    'stop what listens there, or choose another port with --smtp-port',
  );
  await expect(startMockjet({ port: first.port, smtpPort: 0 })).rejects.toThrow('with --port');
});
