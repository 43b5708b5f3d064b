import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { seed, times } from '../../test/support/fuzz.ts';
import { findLinks } from './links.ts';

const inHtml = (html: string) =>
  findLinks({ html, text: '' }).map(({ href, text }) => [href, text]);
const inText = (text: string) => findLinks({ html: '', text }).map(({ href }) => href);

describe('links of HTML', () => {
  it.each([
    ['a link', '<a href="https://a.example/reset">Reset</a>', ['https://a.example/reset', 'Reset']],
    [
      'entities',
      '<a href="https://a.example/?a=1&amp;b=2">A&nbsp;&amp; B</a>',
      ['https://a.example/?a=1&b=2', 'A & B'],
    ],
    [
      'markup in its text',
      "<a class=x href='x'>\n <b>Reset</b> <span>it</span>\n</a>",
      ['x', 'Reset it'],
    ],
    ['capitals', '<A HREF="x">R</A>', ['x', 'R']],
    ['an image for a text', '<a href="x"><img src="y" alt="Reset"></a>', ['x', 'Reset']],
    ['no closing tag', '<a href="x">Reset', ['x', 'Reset']],
    ['no quotes', '<a href=https://a.example/b>Reset</a>', ['https://a.example/b', 'Reset']],
    ['two addresses: the first', '<a href="x" href="y">R</a>', ['x', 'R']],
    ['a style before it', '<style>a{}</style><a href="x">R</a>', ['x', 'R']],
    ['an area', '<map><area href="x" alt="Reset"></map>', ['x', 'Reset']],
    [
      'a mail address',
      '<a href=" mailto:a@example.com ">Mail</a>',
      ['mailto:a@example.com', 'Mail'],
    ],
  ])('%s', (_name, html, link) => {
    expect(inHtml(html)).toEqual([link]);
  });

  it.each([
    ['no address', '<a name="top">Top</a><a href="">x</a><a href="#top">Up</a>'],
    ['a comment', '<!-- <a href="x">R</a> -->'],
    ['a script or a style', '<script>"<a href=x>"</script><style><a href="x"></style>'],
    ['an attribute', '<p title="<a href=\'x\'>">'],
  ])('none in %s', (_name, html) => {
    expect(inHtml(html)).toEqual([]);
  });

  test('in their order, the same address with the same text once', () => {
    expect(
      inHtml('<a href="b">B</a><a href="a">A</a><a href="b"> B </a><a href="b">b</a>'),
    ).toEqual([
      ['b', 'B'],
      ['a', 'A'],
      ['b', 'b'],
    ]);
  });
});

describe('links of a text', () => {
  it.each([
    [
      'a sentence',
      'Go to https://a.example/reset?t=1. Or http://b.example/!',
      ['https://a.example/reset?t=1', 'http://b.example/'],
    ],
    [
      'brackets',
      'Reset (https://a.example/x) <https://b.example/y>',
      ['https://a.example/x', 'https://b.example/y'],
    ],
    ['brackets of its own', 'https://a.example/wiki_(x)', ['https://a.example/wiki_(x)']],
    ['no address', 'ftp://a.example a.example http:/x', []],
  ])('%s', (_name, text, links) => {
    expect(inText(text)).toEqual(links);
  });
});

test('links of the HTML come before those of the text', () => {
  expect(findLinks({ html: '<a href="x">X</a>', text: 'https://a.example' })).toEqual([
    { href: 'x', text: 'X' },
    { href: 'https://a.example', text: 'https://a.example' },
  ]);
});

describe('for any input', () => {
  const pieces = [
    '<a href="x">',
    '</a>',
    '<',
    '>',
    '"',
    '&amp;',
    '&#x110000;',
    '<!--',
    '-->',
    '<script>',
    'x',
    ' ',
  ];

  test('links are found or not', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...pieces), maxLength: 50 }), (html) => {
        for (const { href } of findLinks({ html, text: html })) expect(href).not.toBe('');
      }),
      { seed, numRuns: 500 * times },
    );
  });

  // a reader of quadratic cost would run into the test's limit of time
  it.each([
    '<a href="x">',
    '</a>',
    '<a href="x',
    '<b></i>',
    '<',
    '<!--',
    '&amp',
    '&#x',
    '<a href="x"><a href="x">y',
    '<p a b c d>',
    'http://',
    'https://a(',
    '<script',
    '<![CDATA[',
  ])('a megabyte of %s takes no longer than its length', (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    expect(findLinks({ html: text, text }).length).toBeLessThanOrEqual(1000);
  });
});
