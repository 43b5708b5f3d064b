import { expect, it } from 'vitest';
import { readSmtpTarget } from './smtp-target.ts';

const target = { host: 'mailpit', port: 25, isSecure: false, user: '', password: '' };

it.each([
  ['smtp://mailpit', target],
  ['smtp://mailpit/', target],
  ['SMTP://Mailpit:1025', { ...target, port: 1025 }],
  ['smtps://mailpit', { ...target, port: 465, isSecure: true }],
  ['smtp://a%40b:p%3Aw@mailpit:2525', { ...target, port: 2525, user: 'a@b', password: 'p:w' }],
  ['smtp://[::1]:1025', { ...target, host: '::1', port: 1025 }],
])('%s is a target', (text, expected) => {
  expect(readSmtpTarget(text)).toEqual(expected);
});

it.each([
  ...['', 'mailpit', 'mailpit:1025', 'http://mailpit', 'smtp:mailpit', 'smtp://', 'smtp://a b'],
  ...['smtp://mailpit/inbox', 'smtp://mailpit?x=1', 'smtp://mailpit#x', 'smtp://mailpit:99999'],
  ...['smtp://%E0%A4%A@mailpit'],
])('%j is none', (text) => {
  expect(readSmtpTarget(text)).toBeUndefined();
});
