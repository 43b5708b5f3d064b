import { describe, expect, it, test } from 'vitest';
import { draftOf, mimeOptions } from '../../test/support/drafts.ts';
import { composeMime } from './compose-mime.ts';
import type { Attachment, Draft } from './draft.ts';

const attachmentOf = (more: Partial<Attachment> = {}): Attachment => ({
  filename: 'plan.pdf',
  contentType: 'application/pdf',
  content: Buffer.from('PDF'),
  contentId: '',
  isInline: false,
  ...more,
});
const composed = async (more: Partial<Draft>, options: object = {}) =>
  (await composeMime(draftOf(more), { ...mimeOptions, ...options })).toString();
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
        `Message-ID: <1a2b3c4d.${mimeOptions.trace.mid.slice(0, 44)}@mailjet.com>`,
        'From: Pilot <pilot@example.com>',
        'To: Ann <ann@example.com>',
        'Date: Thu, 28 May 2026 20:26:40 +0000',
        'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
        'Feedback-Id: 42.123456.654321:MJ',
        'X-CSA-Complaints: csa-complaints@eco.de',
        `X-MJ-Mid: ${mimeOptions.trace.mid}`,
        `X-MJ-SMTPGUID: ${mimeOptions.trace.smtpGuid}`,
        'X-REPORT-ABUSE-TO: Message sent by Mailjet please report to abuse@mailjet.com with a copy of the message',
        'Content-Transfer-Encoding: quoted-printable',
        'MIME-Version: 1.0',
      ]),
    );
  });

  test('says of a campaign that it is one, and has an unsubscribe header on request', async () => {
    const more = { campaignId: 7663542710n, unsubscribe: '<mailto:unsub@example.com>' };
    const head = headOf(
      await composed({ text: 'x' }, { trace: { ...mimeOptions.trace, ...more } }),
    );
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
