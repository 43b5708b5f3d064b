import { describe, expect, it } from 'vitest';
import { emailProblem } from './email-address.ts';

describe('emailProblem', () => {
  it.each([
    'ann.lee@example.com',
    'ann+news@example.com',
    'nonçascii@example.com', // recorded
    '山田@例え.jp',
    "O'Hara_7@sub.example.co",
    '"ann@home"@example.com',
    '\\xae872d762f67cc4fc5d4bfe04e607256579928ac@domain.invalid', // documented
    'a@b',
    `${'a'.repeat(243)}@example.com`,
  ])('takes %s', (address) => {
    expect(emailProblem(address)).toBeUndefined();
  });

  it.each([
    ['000', 'No @ character in mail'], // recorded
    ['', 'No @ character in mail'],
    ['@example.com', 'Empty local part in mail'],
    ['ann@', 'Empty domain part in mail'],
    [`${'a'.repeat(244)}@example.com`, 'Mail is longer than 255 characters'],
    ['ann lee@example.com', 'Invalid character in mail'],
    ['ann@example.com\r\n', 'Invalid character in mail'],
    ['a\0nn@example.com', 'Invalid character in mail'],
    ['Ann <ann@example.com>', 'Invalid character in mail'],
    ['ann@example.com,bob@example.com', 'Invalid character in mail'],
    ['ann@bob@example.com', 'Invalid character in mail'],
  ])('refuses "%s": %s', (address, reason) => {
    expect(emailProblem(address)).toBe(reason);
  });
});
