import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mockjet, type MockjetAccount, startMockjet } from '../../src/index.ts';
import { mockjet } from '../support/command.ts';
import { message } from '../support/sending.ts';

let server: Mockjet;
beforeAll(async () => {
  server = await startMockjet({ pace: 'instant' });
});
afterAll(() => server.close());

const as = ({ apiKey, secretKey, url }: MockjetAccount, ...argv: string[]) =>
  mockjet([...argv, '--url', url, '--user', `${apiKey}:${secretKey}`]);

/** An account that has sent a mail to Ann and one to Bob, at a time of its own. */
async function account(...more: object[]) {
  const made = await server.account();
  await made.clock.freeze('2026-03-01T09:00:00Z');
  const answer = await fetch(`${made.url}/v3.1/send`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${made.apiKey}:${made.secretKey}`)}` },
    body: JSON.stringify({
      Messages: [
        message({ To: [{ Email: 'ann@example.com', Name: 'Ann' }], CustomID: 'one' }),
        message({
          To: [{ Email: 'bob@example.com' }],
          Headers: { 'X-Shop': 'Dublin: south' },
          Subject: 'Welcome\u001b[2J',
          TextPart: '',
          HTMLPart: '<a href="https://shop.example/confirm">Your code is 482913</a>',
        }),
        ...more,
      ],
    }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return made;
}

const ann = `1\t2026-03-01T09:00:00.000Z\tpilot@example.com\tann@example.com\tYour email flight plan!\n`;
const bob = `2\t2026-03-01T09:00:00.000Z\tpilot@example.com\tbob@example.com\tWelcome [2J\n`;

describe('mockjet mails', () => {
  it.each([
    [[], bob + ann],
    [['--limit', '1'], bob],
    [['--to', 'ANN@*', '--custom-id', 'one'], ann],
    [['--header', 'x-shop: dublin: S'], bob],
    [['--after', '1', '--wait', '1m'], bob],
    [['--to', '*', '--wait', '0s', '--count', '2'], bob + ann],
    [['--status', 'blocked'], 'There are no mails\n'],
  ])('%j', async (argv, expected) => {
    expect(await as(await account(), 'mails', ...argv)).toEqual({
      code: 0,
      stdout: expected,
      stderr: '',
    });
  });

  it('waits, and says what came near when it was in vain', async () => {
    const own = await account();
    const late = as(own, 'mails', '--to', 'cat@example.com', '--wait', '0s');
    expect(await late).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('to is "bob@example.com"'),
    });
  });

  it('gives JSON', async () => {
    const { stdout } = await as(await account(), 'mails', '--to', 'ann@*', '--json');
    const { mails } = JSON.parse(stdout);
    expect(mails).toMatchObject([{ customId: 'one', recipients: [{ status: 'sent' }] }]);
    expect(Object.keys(mails[0])).not.toContain('link');
  });

  it.each([
    [['--too', 'x'], 'unknown option --too; did you mean --to?'],
    [['--wait', 'soon'], '"soon" is not a time'],
    [['--limit', 'x'], '--limit is a number from 1'],
    [['--count', '0'], '--count is a number from 1'],
    [['--header', 'X-Shop'], 'give --header as "X-Name: text"'],
    [['more'], 'does not know what to do with more'],
  ])('%j is a wrong use', async (argv, words) => {
    const { code, stderr } = await as(server.defaultAccount, 'mails', ...argv);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});

describe('mockjet mail', () => {
  it('shows what there is to know of a mail', async () => {
    const own = await account();
    expect((await as(own, 'mail', '1')).stdout).toMatch(
      /^From: Mailjet Pilot <pilot@example.com>\nTo: Ann <ann@example.com>\nSubject: Your email flight plan!\nAt: 2026-03-01T09:00:00.000Z\nCustomID: one\nStatus: ann@example.com sent\n(Warning: .*\n)*\nMay the delivery force be with you!\n$/,
    );
    const { stdout } = await as(own, 'mail', '2');
    expect(stdout).toContain('Code: 482913\nLink: https://shop.example/confirm\n');
    expect(stdout).toContain('It has HTML alone: mockjet mail 2 --html');
    expect(stdout).not.toContain('\u001b');
  });

  it('gives one part as it was sent', async () => {
    const own = await account();
    const html = '<a href="https://shop.example/confirm">Your code is 482913</a>';
    expect(await as(own, 'mail', '2', '--html')).toEqual({ code: 0, stdout: html, stderr: '' });
    expect((await as(own, 'mail', '1', '--text')).stdout).toBe(
      'May the delivery force be with you!',
    );
    expect((await as(own, 'mail', '1', '--raw')).stdout).toMatch(/^Return-Path: .*\r$/m);
    expect(JSON.parse((await as(own, 'mail', '1', '--json')).stdout)).toMatchObject({ id: '1' });
  });

  it.each([
    [['1', '--html'], 1, 'The mail 1 has no html'],
    [['9'], 1, 'There is no mail 9'],
    [[], 2, 'give ID'],
    [['1', '--html', '--raw'], 2, 'give one of --html, --text, --raw and --json'],
    [['1', '--text', '--json'], 2, 'give one of'],
  ])('%j fails', async (argv, code, words) => {
    expect(await as(await account(), 'mail', ...argv)).toEqual({
      code,
      stdout: '',
      stderr: expect.stringContaining(words),
    });
  });
});
