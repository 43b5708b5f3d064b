import { describe, expect, test } from 'vitest';
import { readMime } from './read-mime.ts';

describe('a message that is read', () => {
  const read = (...lines: string[]) => readMime(Buffer.from(lines.join('\r\n'), 'latin1'));

  test('holds addresses, groups among them', async () => {
    const draft = await read(
      'From: =?utf-8?Q?J=C3=BCrgen?= <j@example.com>',
      'To: "Lee, Ann" <ann@example.com>, crew: bob@example.com, eve@example.com;',
      'Reply-To: desk@example.com',
      'Bcc: dan@example.com',
      '',
      'Hello',
    );
    expect(draft).toMatchObject({
      source: 'smtp',
      from: { email: 'j@example.com', name: 'Jürgen' },
      replyTo: { email: 'desk@example.com', name: '' },
      to: [
        { email: 'ann@example.com', name: 'Lee, Ann' },
        { email: 'bob@example.com', name: '' },
        { email: 'eve@example.com', name: '' },
      ],
      bcc: [{ email: 'dan@example.com', name: '' }],
      text: 'Hello',
    });
  });

  test('has its charset and its line ends read', async () => {
    const draft = await read(
      'Content-Type: text/plain; charset=iso-8859-1',
      '',
      'Gr\xfc\xdfe',
      'Ann',
      '',
    );
    expect(draft.text).toBe('Grüße\nAnn');
  });

  test('keeps the headers of the sender, X-MJ ones among them, and none of the message itself', async () => {
    const head = [
      'X-MJ-CustomID: 12',
      'Date: x',
      'Message-ID: <a@b>',
      'Received: x',
      'X-A: =?utf-8?Q?=C3=BC?=',
    ];
    const { headers } = await read(
      ...head,
      'MIME-Version: 1.0',
      'Content-Type: text/plain',
      '',
      'x',
    );
    expect(headers).toEqual([
      { name: 'X-MJ-CustomID', value: '12' },
      { name: 'X-A', value: 'ü' },
    ]);
  });

  test('nested beyond all use is refused', async () => {
    const deep = Array.from({ length: 60 }, (_, i) => [
      `Content-Type: multipart/mixed; boundary=b${i}`,
      '',
      `--b${i}`,
    ]);
    await expect(read(...deep.flat(), '', 'x')).rejects.toThrow();
  });

  const many = (count: number, line: string) => Array.from({ length: count }, () => line);

  test.each([
    [
      'parts',
      ['Content-Type: multipart/mixed; boundary=b', '', ...many(5_001, '--b\r\n\r\nx')],
      /lines begin with --/,
    ],
    ['header lines', [...many(30_000, 'X-Lot: of them'), '', 'x'], /header size/],
  ])('%s without number are refused', async (_what, lines, reason) => {
    await expect(read(...lines)).rejects.toThrow(reason);
  });

  test('lines of a text that begin as boundaries do are text', async () => {
    const lines = many(4_900, '-- a comment of SQL');
    const { text } = await read('Content-Type: text/plain', '', ...lines);
    expect(text).toBe(lines.join('\n'));
  });
});
