import { describe, expect, it } from 'vitest';
import { composeMime } from '../../mail/compose-mime.ts';
import type { Draft } from '../../mail/draft.ts';
import { smtpHeaders } from './headers.ts';
import { readSubmission } from './read-submission.ts';

const envelope = { from: 'pilot@example.com', to: ['ann@example.com'] };

/** The draft of a mail with these header lines. */
async function draftOf(lines: readonly string[], to: readonly string[] = envelope.to) {
  const reading = await readSubmission(Buffer.from(`${lines.join('\r\n')}\r\n\r\nHello`), {
    ...envelope,
    to,
  });
  if (!('draft' in reading)) throw new Error(JSON.stringify(reading));
  return reading.draft;
}

describe('a header', () => {
  const said: [string, Partial<Draft>][] = [
    ['X-Mailjet-Campaign: spring', { campaign: 'spring' }],
    [`X-Mailjet-Campaign: ${'x'.repeat(255)}`, { campaign: 'x'.repeat(255) }],
    ['X-Mailjet-DeduplicateCampaign: true', { deduplicateCampaign: true }],
    ['X-Mailjet-DeduplicateCampaign: Yes', { deduplicateCampaign: true }],
    ['X-Mailjet-DeduplicateCampaign: y', { deduplicateCampaign: true }],
    ['X-Mailjet-DeduplicateCampaign: 1', { deduplicateCampaign: true }],
    ['X-Mailjet-DeduplicateCampaign: 0', { deduplicateCampaign: false }],
    ['X-Mailjet-Prio: 3', { priority: 3 }],
    ['X-Mailjet-TrackOpen: 0', { trackOpens: 'disabled' }],
    ['X-Mailjet-TrackOpen: 1', { trackOpens: 'enabled' }],
    ['X-Mailjet-TrackClick: 0', { trackClicks: 'disabled' }],
    ['X-Mailjet-TrackClick: 1', { trackClicks: 'enabled' }],
    ['X-MJ-CustomID: order-7', { customId: 'order-7' }],
    ['x-mj-customid:   order-7  ', { customId: 'order-7' }],
    ['X-MJ-CustomID: =?utf-8?q?f=C3=BCr_Ann?=', { customId: 'für Ann' }],
    ['X-MJ-EventPayload: {"order":\r\n 7}', { eventPayload: '{"order": 7}' }],
    ['X-MJ-MonitoringCategory: orders', { monitoringCategory: 'orders' }],
    ['X-MJ-TemplateID: 42', { template: 42n }],
    ['X-MJ-TemplateLanguage: 0', { templateLanguage: false }],
    ['X-MJ-TemplateLanguage: 1', { templateLanguage: true }],
    [
      'X-MJ-TemplateErrorReporting: Ops <ops@example.com>',
      { templateErrorReporting: { email: 'ops@example.com', name: 'Ops' } },
    ],
    ['X-MJ-TemplateErrorDeliver: deliver', { templateErrorDeliver: true }],
    ['X-MJ-TemplateErrorDeliver: 0', { templateErrorDeliver: false }],
    [
      'X-MJ-Vars: {"day":"Monday","id":9007199254740993}',
      { variables: { day: 'Monday', id: 9007199254740993n } },
    ],
  ];

  it.each(said)('%s is read and taken out', async (line, expected) => {
    const draft = await draftOf([line]);
    expect(draft).toMatchObject(expected);
    expect([draft.headers, draft.warnings]).toEqual([[], []]);
  });

  it('of each name stands in that table', () => {
    const read = new Set(said.map(([line]) => line.slice(0, line.indexOf(':')).toLowerCase()));
    expect(smtpHeaders.filter(({ name }) => !read.has(name.toLowerCase()))).toEqual([]);
  });

  it.each([
    ['X-MJ-TemplateLanguage: true', 'header-ignored', '1 (reported: "true" does not work)'],
    ['X-Mailjet-TrackOpen: yes', 'header-ignored', '0 or 1'],
    ['X-Mailjet-Prio: 9', 'header-ignored', '0 to 3'],
    ['X-MJ-Vars: [1]', 'header-ignored', 'an object in JSON'],
    ['X-MJ-Vars: {', 'header-ignored', 'an object in JSON'],
    ['X-MJ-TemplateID: welcome', 'header-ignored', 'the number of a template'],
    [`X-Mailjet-Campaign: ${'x'.repeat(256)}`, 'header-ignored', 'at most 255 characters'],
    ['X-MJ-CustomIdentity: 7', 'unknown-key', '"X-MJ-CustomIdentity"'],
    ['X-Mailjet-CustomID: 7', 'unknown-key', 'did you mean'],
  ])('%s is ignored, with a warning', async (line, code, words) => {
    const draft = await draftOf([line]);
    expect(draft.warnings).toMatchObject([{ code, message: expect.stringContaining(words) }]);
    expect(draft.headers).toEqual([]);
    expect(draft).toMatchObject({ customId: '', campaign: '', template: undefined, variables: {} });
  });

  it("of the sender's own stays as it is", async () => {
    const { headers } = await draftOf(['X-Shop: books', 'x-MJ: 1', 'Message-ID: <1@example.com>']);
    expect(headers).toEqual([
      { name: 'X-Shop', value: 'books' },
      { name: 'x-MJ', value: '1' },
    ]);
  });
});

describe('recipients', () => {
  const ann = { email: 'ann@example.com', name: 'Ann' };
  it.each([
    ['in To', ['To: Ann <ann@example.com>'], ['ann@example.com'], { to: [ann] }],
    ['in Cc', ['Cc: Ann <ann@example.com>'], ['ann@example.com'], { cc: [ann] }],
    ['in Bcc', ['Bcc: Ann <ann@example.com>'], ['ann@example.com'], { bcc: [ann] }],
    ['nowhere', [], ['ann@example.com'], { bcc: [{ ...ann, name: '' }] }],
    [
      'in another case',
      ['To: Ann <Ann@Example.COM>'],
      ['ann@example.com'],
      { to: [{ ...ann, email: 'Ann@Example.COM' }] },
    ],
    [
      'with a domain in Punycode',
      ['To: Ann <ann@xn--bcher-kva.example>'],
      ['ann@bücher.example'],
      { to: [{ ...ann, email: 'ann@xn--bcher-kva.example' }] },
    ],
    [
      'in To and Cc',
      ['To: Ann <ann@example.com>', 'Cc: ann@example.com'],
      ['ann@example.com'],
      { to: [ann] },
    ],
    [
      'in a group',
      ['To: Crew: Ann <ann@example.com>, bob@example.com;'],
      ['bob@example.com', 'ann@example.com'],
      { to: [ann, { email: 'bob@example.com', name: '' }] },
    ],
  ])('that stand %s', async (_name, lines, to, expected) => {
    const { to: found, cc, bcc, warnings } = await draftOf(lines, to);
    expect({ to: found, cc, bcc, warnings }).toEqual({
      to: [],
      cc: [],
      bcc: [],
      warnings: [],
      ...expected,
    });
  });

  it('that no RCPT TO named get nothing, and a warning says so', async () => {
    const { to, cc, bcc, warnings } = await draftOf(
      ['To: ann@example.com, bob@example.com', 'Cc: bob@example.com'],
      ['ann@example.com'],
    );
    expect([to, cc, bcc]).toEqual([[{ email: 'ann@example.com', name: '' }], [], []]);
    expect(warnings).toMatchObject([
      { code: 'recipient-not-in-envelope', message: expect.stringContaining('bob@example.com') },
      { code: 'recipient-not-in-envelope' },
    ]);
  });

  it.each([
    ['From: Pilot <captain@example.com>', { email: 'captain@example.com', name: 'Pilot' }],
    ['From: Pilot', { email: 'pilot@example.com', name: '' }],
    ['X-Shop: books', { email: 'pilot@example.com', name: '' }],
  ])('get it from: %s', async (line, expected) => {
    expect((await draftOf([line])).from).toEqual(expected);
  });
});

it.each([
  ['a line break in an encoded word', 'Subject: =?utf-8?q?one=0D=0ABcc:_evil@example.com?='],
  ['a line break in an encoded header', 'X-Shop: =?utf-8?q?one=0D=0AX-Evil:_1?='],
  ['a line break in an encoded name', 'From: =?utf-8?q?one=0D=0AX-Evil:_1?= <pilot@example.com>'],
  ['NUL', 'Subject: one\0two'],
  ['half a pair of UTF-16', 'Subject: =?utf-16be?b?2AA=?='],
  ['bytes that are no UTF-8', 'Subject: =?utf-8?b?/w==?='],
])('%s injects nothing into what is composed', async (_name, line) => {
  const draft = await draftOf([line]);
  const trace = {
    apiKeyId: 1,
    userId: 1,
    mid: 'x'.repeat(76),
    smtpGuid: 'guid',
    prefix: '1a2b3c4d',
  };
  const raw = await composeMime(draft, { trace, at: 0, boundary: 'b' });
  const head = raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
  expect(head.split('\r\n').filter((each) => /^(X-Evil|Bcc):/i.test(each))).toEqual([]);
  expect(head).not.toMatch(/\0|[^\r]\n/);
  expect(draft.subject.isWellFormed()).toBe(true);
});
