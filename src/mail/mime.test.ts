import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { seed, times } from '../../test/support/fuzz.ts';
import { composeMime } from './compose-mime.ts';
import { type Attachment, type Draft, emptyDraft } from './draft.ts';
import { safeFileName } from './file-name.ts';
import { readMime } from './read-mime.ts';

const trace = {
  apiKeyId: 123456,
  userId: 654321,
  mid: `AVIAAA${'x'.repeat(70)}`,
  smtpGuid: '81a494b6-69ac-406c-8f70-89691cab6c35',
  prefix: '1a2b3c4d',
};
const at = 1_780_000_000_000;

const draftOf = (more: Partial<Draft> = {}): Draft => ({
  ...emptyDraft('v3.1'),
  from: { email: 'pilot@example.com', name: 'Pilot' },
  to: [{ email: 'ann@example.com', name: 'Ann' }],
  ...more,
});
const attachmentOf = (more: Partial<Attachment> = {}): Attachment => ({
  filename: 'plan.pdf',
  contentType: 'application/pdf',
  content: Buffer.from('PDF'),
  contentId: '',
  isInline: false,
  ...more,
});
const composed = async (more: Partial<Draft>, options: object = {}) =>
  (await composeMime(draftOf(more), { trace, at, boundary: 'b0undary', ...options })).toString();
const headOf = (raw: string) =>
  raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');

describe('the message of a mail', () => {
  test('has the headers that production adds', async () => {
    expect(headOf(await composed({ text: 'Hello' }))).toEqual(
      expect.arrayContaining([
        'Return-Path: <1a2b3c4d@a123456.bnc3.mailjet.com>',
        `Message-ID: <1a2b3c4d.${trace.mid.slice(0, 44)}@mailjet.com>`,
        'From: Pilot <pilot@example.com>',
        'To: Ann <ann@example.com>',
        'Date: Thu, 28 May 2026 20:26:40 +0000',
        'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
        'Feedback-Id: 42.123456.654321:MJ',
        'X-CSA-Complaints: csa-complaints@eco.de',
        `X-MJ-Mid: ${trace.mid}`,
        `X-MJ-SMTPGUID: ${trace.smtpGuid}`,
        'X-REPORT-ABUSE-TO: Message sent by Mailjet please report to abuse@mailjet.com with a copy of the message',
        'Content-Transfer-Encoding: quoted-printable',
        'MIME-Version: 1.0',
      ]),
    );
  });

  test('says of a campaign that it is one, and has an unsubscribe header on request', async () => {
    const more = { campaignId: 7663542710n, unsubscribe: '<mailto:unsub@example.com>' };
    const head = headOf(await composed({ text: 'x' }, { trace: { ...trace, ...more } }));
    expect(head).toEqual(
      expect.arrayContaining([
        'Precedence: bulk',
        'X-CampaignID: 7663542710',
        'List-Unsubscribe: <mailto:unsub@example.com>',
      ]),
    );
  });

  test("has no Bcc, and the sender's own header once, as he spelt it", async () => {
    const raw = await composed({
      text: 'x',
      bcc: [{ email: 'secret@example.com', name: '' }],
      headers: [
        { name: 'X-MY-Header', value: '1' },
        { name: 'list-unsubscribe-post', value: 'own' },
      ],
    });
    expect(raw).not.toContain('secret@example.com');
    expect(headOf(raw).filter((line) => /^x-my-|^list-uns/i.test(line))).toEqual([
      'X-MY-Header: 1',
      'list-unsubscribe-post: own',
    ]);
  });

  test('is the same each time', async () => {
    const more = { text: 'x', html: '<p>x</p>', attachments: [attachmentOf()] };
    expect(await composed(more)).toBe(await composed(more));
  });

  test('shows inline attachments beside the HTML', async () => {
    const logo = attachmentOf({
      contentType: 'image/gif',
      filename: 'logo.gif',
      contentId: 'logo',
      isInline: true,
    });
    const raw = await composed({
      html: '<img src="cid:logo">',
      text: 'x',
      attachments: [logo, attachmentOf()],
    });
    expect(raw.match(/^Content-(?:Type: multipart\/\w+|I[dD]: .*)/gim)).toEqual(
      [
        'Content-Type: multipart/mixed',
        'Content-Type: multipart/alternative',
        'Content-Type: multipart/related',
        'Content-ID: <logo>',
      ].map((line) => expect.stringMatching(new RegExp(`^${line}`, 'i'))),
    );
  });

  const evil = 'x\r\nX-Injected: 1\r\n\r\nbody';
  it.each<[string, Partial<Draft>]>([
    ['a subject', { subject: evil }],
    ['a name', { from: { email: 'a@example.com', name: evil } }],
    ['an address', { to: [{ email: `a@example.com${evil}`, name: '' }] }],
    ['a value of a header', { headers: [{ name: 'X-A', value: evil }] }],
    ['a name of a header', { headers: [{ name: 'X-A: 1\r\nX-Injected', value: '1' }] }],
    ['a file name', { attachments: [attachmentOf({ filename: evil })] }],
    ['a type', { attachments: [attachmentOf({ contentType: `text/plain; a="${evil}"` })] }],
    [
      'a Content-ID',
      { html: 'x', attachments: [attachmentOf({ contentId: evil, isInline: true })] },
    ],
  ])('takes no header out of %s', async (_name, more) => {
    const raw = await composed({ text: 'x', ...more });
    expect(raw).not.toMatch(/^X-Injected/im);
    expect(raw).not.toMatch(/\r\n\r\nbody/);
  });

  it.each(['Content-Type', 'content-transfer-encoding', 'MIME-Version', 'Bcc', 'X A', 'Ünï', ''])(
    'leaves out the header %j',
    async (name) => {
      const raw = await composed({ text: 'x', headers: [{ name, value: 'multipart/evil' }] });
      expect(raw).not.toContain('multipart/evil');
    },
  );

  it.each(['multipart/mixed; boundary=x', 'message/rfc822', 'nonsense', ''])(
    'sends a file of type %j as bytes',
    async (contentType) => {
      const raw = await composed({ text: 'x', attachments: [attachmentOf({ contentType })] });
      expect(raw).toContain('Content-Type: application/octet-stream');
    },
  );
});

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

describe('for any mail', () => {
  const line = fc.string({
    unit: fc.constantFrom(
      'a',
      'Z',
      '0',
      ' ',
      'ü',
      '日',
      '😀',
      '"',
      '<',
      '@',
      ',',
      '=',
      '?',
      '_',
      '\\',
      ';',
      ':',
      '(',
      "'",
    ),
    maxLength: 120,
  });
  const name = line.map((text) => text.replace(/\s+/g, ' ').trim());
  const email = fc.constantFrom(
    'ann@example.com',
    "o'hara+x@example.com",
    'bob.lee@sub.example.org',
  );
  const mailbox = fc.record({ email, name: fc.oneof(fc.constant(''), name) });
  const body = fc.oneof(
    fc.string({
      unit: fc.constantFrom('a', ' ', '\n', 'ü', '=', '.', '-', '<b>', '\t', '--b0undary', 'From '),
      maxLength: 200,
    }),
    fc.constant('a'.repeat(1500)),
  );
  const file = fc.record({
    filename: name.map(safeFileName),
    contentType: fc.constantFrom('application/pdf', 'text/plain', 'text/html', 'image/gif'),
    content: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  });
  const draft = fc.record({
    from: mailbox,
    to: fc.array(mailbox, { minLength: 1, maxLength: 4 }),
    cc: fc.array(mailbox, { maxLength: 2 }),
    replyTo: fc.option(mailbox, { nil: undefined }),
    subject: name,
    text: body,
    html: body,
    headers: fc.array(
      fc.record({
        name: fc.constantFrom('X-A', 'X-LONG-name'),
        value: name.filter((text) => text !== ''),
      }),
      {
        maxLength: 2,
      },
    ),
    attachments: fc
      .tuple(fc.array(file, { maxLength: 2 }), fc.array(file, { maxLength: 2 }))
      .map(([plain, inline]) => [
        ...plain.map((one) => ({ ...one, contentId: '', isInline: false })),
        ...inline.map((one, i) => ({ ...one, contentId: `id-${i}`, isInline: true })),
      ]),
  });

  test.each([
    ['text', 'one\n'],
    ['html', '<p>one\n'],
    ['text', 'one\n\n'],
    ['html', '<p>one'],
  ])('its only part, %s, keeps its last line ends: %j', async (part, content) => {
    const sent = draftOf({ text: '', html: '', [part]: content });
    const read = await readMime(await composeMime(sent, { trace, at, boundary: 'b0undary' }));
    expect(read).toMatchObject({ text: '', html: '', [part]: content });
  });

  test('what a parser reads from the message is what was sent', async () => {
    await fc.assert(
      fc.asyncProperty(draft, async (given) => {
        // without HTML nothing can be beside it
        const sent = draftOf({ ...given, html: `<p>${given.html}` });
        const read = await readMime(await composeMime(sent, { trace, at, boundary: 'b0undary' }));
        const added = new Set(['X-A', 'X-LONG-name']);
        const byName = (a: Attachment, b: Attachment) => a.contentId.localeCompare(b.contentId);
        expect({
          ...read,
          headers: read.headers.filter((header) => added.has(header.name)),
          attachments: read.attachments.toSorted(byName),
        }).toEqual({
          ...sent,
          source: 'smtp',
          headers: sent.headers,
          attachments: sent.attachments.toSorted(byName),
        });
      }),
      { seed, numRuns: 150 * times },
    );
  });

  test('bytes of any form are read or refused', async () => {
    const pieces = [
      'From: ',
      'Content-Type: ',
      'multipart/mixed; boundary=b',
      '\r\n',
      '\n',
      '--b',
      '--',
      '\0',
      '=?utf-8?B?',
      '?=',
      'a@b.c',
      '\xff',
      ' ',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(...pieces), maxLength: 50 }),
        async (text) => {
          const read = await readMime(Buffer.from(text, 'latin1')).catch((error: unknown) => error);
          if (!(read instanceof Error)) expect(read).toHaveProperty('text');
        },
      ),
      { seed, numRuns: 500 * times },
    );
  });
});
