import { describe, expect, it, test } from 'vitest';
import { type Attachment, type Draft, emptyDraft } from './draft.ts';
import { draftWarnings } from './warnings.ts';

const ann = { email: 'ann@example.com', name: 'Ann' };
const draftOf = (more: Partial<Draft>): Draft => ({
  ...emptyDraft('v3.1'),
  from: ann,
  to: [ann],
  text: 'Hello',
  ...more,
});
const logo: Attachment = {
  filename: 'logo.gif',
  contentType: 'image/gif',
  content: Buffer.from('GIF'),
  contentId: 'logo',
  isInline: true,
};

describe('a draft that production would take without a word', () => {
  it.each<[string, Partial<Draft>, string, string]>([
    [
      'braces in the text',
      { text: 'Dear {{var:name}}' },
      'template-language-forgotten',
      '"TemplateLanguage": true',
    ],
    ['braces in the subject', { subject: '{{ name }}' }, 'template-language-forgotten', '{{'],
    ['a tag in the HTML', { html: '{% if var:a %}' }, 'template-language-forgotten', '{%'],
    [
      'braces in v3',
      { source: 'v3', text: '{{var:a}}' },
      'template-language-forgotten',
      'Mj-TemplateLanguage',
    ],
    [
      'braces in SMTP',
      { source: 'smtp', text: '{{var:a}}' },
      'template-language-forgotten',
      'X-MJ-TemplateLanguage: 1',
    ],
    ['HTML alone', { text: '', html: '<p>Hello' }, 'no-text-part', 'no text part'],
    ['nothing at all', { text: '' }, 'no-content', 'neither text nor HTML'],
    [
      'cid: without its attachment',
      { html: '<img src="cid:logo">' },
      'cid-without-attachment',
      'cid:logo',
    ],
    [
      'cid: of an attachment that is not inline',
      { html: '<img src=cid:logo>', attachments: [{ ...logo, contentId: '', isInline: false }] },
      'cid-without-attachment',
      'cid:logo',
    ],
    [
      'cid: in a style',
      { html: '<p style="background:url(\'cid:logo\')">' },
      'cid-without-attachment',
      'cid:logo',
    ],
    [
      'an inline attachment that nothing shows',
      { html: '<p>', attachments: [logo] },
      'inline-attachment-unused',
      '"logo.gif"',
    ],
    [
      'a recipient twice',
      { cc: [{ email: 'ANN@example.com', name: '' }] },
      'recipient-twice',
      'ANN@example.com',
    ],
    [
      'a header that no message can hold',
      { headers: [{ name: 'Content-Type', value: 'x' }] },
      'header-left-out',
      '"Content-Type"',
    ],
  ])('%s', (_name, more, code, text) => {
    expect(draftWarnings(draftOf(more))).toEqual([
      { code, message: expect.stringContaining(text) },
    ]);
  });

  it.each<[string, Partial<Draft>]>([
    ['text alone', {}],
    ['both parts', { html: '<p>Hello' }],
    ['braces with the language', { text: '{{var:a}}', templateLanguage: true }],
    ['a template alone', { text: '', template: 12n }],
    ['an inline attachment in its place', { html: '<img src="CID:logo">', attachments: [logo] }],
    [
      'an inline attachment whose name is escaped',
      { html: '<img src="cid:a%20b">', attachments: [{ ...logo, contentId: 'a b' }] },
    ],
    ['cid: in the text', { text: 'write cid:logo', html: '<p>write cid:logo' }],
    ['a header of its own', { headers: [{ name: 'X-Order', value: '1' }] }],
  ])('and nothing about %s', (_name, more) => {
    expect(draftWarnings(draftOf(more))).toEqual([]);
  });

  test('a thousand faults of a kind are ten warnings', () => {
    const html = Array.from({ length: 1000 }, (_, i) => `<img src="cid:${i}">`).join('');
    expect(draftWarnings(draftOf({ html }))).toHaveLength(10);
  });
});
