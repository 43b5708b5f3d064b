import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftOf, messageOf } from '../../test/support/drafts.ts';
import { seed, times } from '../../test/support/fuzz.ts';
import type { Attachment } from './draft.ts';
import { safeFileName } from './file-name.ts';
import { readMime } from './read-mime.ts';

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
    const read = await readMime(await messageOf(sent));
    expect(read).toMatchObject({ text: '', html: '', [part]: content });
  });

  test('what a parser reads from the message is what was sent', async () => {
    await fc.assert(
      fc.asyncProperty(draft, async (given) => {
        // without HTML nothing can be beside it
        const sent = draftOf({ ...given, html: `<p>${given.html}` });
        const read = await readMime(await messageOf(sent));
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
