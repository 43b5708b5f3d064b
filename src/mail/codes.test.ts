import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { seed, times } from '../../test/support/fuzz.ts';
import { findCodes } from './codes.ts';

const inText = (text: string, subject = '') => findCodes({ subject, text, html: '' });
const inHtml = (html: string, subject = '') => findCodes({ subject, text: '', html });

describe('a code in a text', () => {
  it.each([
    ['Your verification code is 482913.', '482913'],
    ['Your code: 1234', '1234'],
    ['Use code 4829 1376 to sign in', '48291376'],
    ['482913 is your Mailjet login code.', '482913'],
    ['G-482913 is your Google verification code', '482913'],
    ['Your one-time password (OTP) is 0042.', '0042'],
    ['PIN: 1984', '1984'],
    ['Code: 123-456', '123456'],
    ['Your code is 123 456 and expires in 10 minutes.', '123456'],
    ['Your code: 4 8 2 9 1 3', '482913'],
    ['Enter this code:\n\n482913\n\nIt expires in 10 minutes.', '482913'],
    ['Hello Ann,\n\n482913\n\nBye', '482913'],
    ['Enter 482913 to log in', '482913'],
    ['Your access code is AB12CD34', 'AB12CD34'],
    ['OTP: XKCDWY', 'XKCDWY'],
    ['Ihr Bestätigungscode lautet: 482913', '482913'],
    ['Votre code est 482913', '482913'],
    ['Su código es 482913', '482913'],
    ['Il tuo codice: 482913', '482913'],
    ['**482913** is your code', '482913'],
    ['Your code for the account ann@example.com: 482913', '482913'],
    ['[482913] Your code', '482913'],
  ])('%s', (text, code) => {
    expect(inText(text)).toEqual([code]);
  });

  test('in the subject', () => {
    expect(inText('See the subject.', 'Your code is 482913')).toEqual(['482913']);
  });

  test('the likeliest first', () => {
    const text = 'Hello,\n\n77777777\n\nenter 55555 or so. Your code: 482913. Or 1234567 as a code';
    expect(inText(text)).toEqual(['482913', '1234567', '77777777', '55555']);
  });
});

describe('a code in HTML', () => {
  it.each([
    ['<style>p{}</style><title>Hi</title><p>Your code: 482913</p>', '482913'],
    ['<p>Your code</p><h1>482913</h1>', '482913'],
    ['<p>Your code: <b>48</b><b>29</b></p>', '4829'],
    ['<table><tr><td>4</td><td>8</td><td>2</td><td>9</td></tr></table><p>is your code</p>', '4829'],
    [
      '<p>Your&nbsp;code&nbsp;is&nbsp;<span style="color:#123456">482&nbsp;913</span></p>',
      '482913',
    ],
    ['<div>\n  Use this code\n</div>\n<div>\n  482913\n</div>', '482913'],
  ])('%s', (html, code) => {
    expect(inHtml(html)).toEqual([code]);
  });

  test('is looked for only when the text has none', () => {
    const html = '<p>Your code: 111111</p>';
    expect(findCodes({ subject: '', text: 'Your code: 222222', html })).toEqual(['222222']);
    expect(findCodes({ subject: '', text: 'See the HTML.', html })).toEqual(['111111']);
  });
});

describe('no code', () => {
  it.each([
    ['a mail address', 'Your code went to ann123456@example.com and 123456@example.com'],
    ['a link', 'Your code: https://example.com/reset/123456?code=654321'],
    ['the year of a date', 'Your code was made on May 5, 2024'],
    ['a year', 'Your code of conduct since 1998, © 2024 Example, 2019-2024'],
    ['a date', 'The code was changed on 2024-05-12 and 12.05.2024 at 12:30'],
    ['a price', 'Use your card: EUR 1234, 1234 EUR, $1234, 1,234.00, 1234€ or 1234 %'],
    [
      'a telephone number',
      'Enter now or call +33 6 12 34 56 78, 06 12 34 56 78, (555) 123-4567, +49301234567',
    ],
    ['a telephone number after its word', 'Call 12345678 or sign in. Tel.: 555 555'],
    [
      'an order',
      'Sign in to see order 12345678, invoice no. 87654321, Order number: 123456 and #123456',
    ],
    ['an order on a line of its own', 'Order number:\n12345678'],
    ['a place', 'Sign in at 1600 Amphitheatre Parkway, IL 62704, 75001 Paris'],
    [
      'a postal code',
      'Your zip code 12345, your postcode: 75001, error code 5004, promo code 123456',
    ],
    ['a number of something', 'There are 15000 people on board'],
    ['too few digits', 'Your code: 123'],
    ['too many digits', 'Your code: 123456789'],
    ['a card', 'Your code for card 1234 5678 9012 3456'],
    ['capitals', 'YOUR VERIFICATION CODE EXPIRES SHORTLY. PLEASE HURRY'],
    ['a number in a word', 'Your code: abc123456def'],
  ])('in %s', (_name, text) => {
    expect(inText(text)).toEqual([]);
  });

  it.each([
    ['a style', '<style>.code{color:#123456;width:123456px}</style><p>Your code is below</p>'],
    ['an attribute', '<p>Your code</p><img width="1234" alt="code 123456">'],
    ['a script', '<script>code = 123456</script>'],
    ['a comment', '<!-- code: 123456 -->'],
    ['a title', '<title>Your code: 123456</title>'],
  ])('in %s', (_name, html) => {
    expect(inHtml(html)).toEqual([]);
  });
});

describe('for any input', () => {
  const pieces = [
    'code',
    'code:',
    '482913',
    '12',
    '4',
    ' ',
    '\n',
    '.',
    '-',
    '+',
    '(',
    'AB12CD',
    '$',
    '@',
    '<b>',
    '</p>',
  ];

  test('codes are digits, or capitals and digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...pieces), maxLength: 60 }), (text) => {
        const found = findCodes({ subject: text, text, html: text });
        for (const code of found) expect(code).toMatch(/^(\d{4,8}|[A-Z0-9]{6,10})$/);
        expect(new Set(found).size).toBe(found.length);
      }),
      { seed, numRuns: 500 * times },
    );
  });

  // a reader of quadratic cost would run into the test's limit of time
  it.each([
    '4',
    '4 ',
    'code ',
    'code 4829 ',
    '1-',
    '\n',
    'code:\n4829\n',
    'A',
    '<td>4',
    '(',
    '"',
    '_',
  ])('a megabyte of %j takes no longer than its length', (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    expect(findCodes({ subject: text, text, html: text }).length).toBeLessThanOrEqual(10);
  });
});
