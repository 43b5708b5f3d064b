import { expect, it } from 'vitest';
import { isLocalHost, readSmtpTarget } from './smtp-target.ts';

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

it.each([
  ...['localhost', 'mailpit', 'mail_pit-1', 'mail.localhost', 'host.docker.internal'],
  ...[
    'host.containers.internal',
    '127.0.0.1',
    '127.9.9.9',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
  ],
  ...['169.254.1.1', '::1', 'fd00::1', 'fe80::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1'],
])('%s is nearby', (host) => {
  expect(isLocalHost(host)).toBe(true);
});

it.each([
  ...['example.com', 'in-v3.mailjet.com', 'mailpit.example', '8.8.8.8', '172.32.0.1', '11.0.0.1'],
  ...['134744072', '0x8080808', '010.8.8.8', '10.1', '::ffff:8.8.8.8', '2001:4860:4860::8888'],
  ...[
    '',
    '-',
    'a-',
    'localhost.example.com',
    'evil.internal',
    'x.docker.internal.example.com',
    'mailpit.',
  ],
])('%j may be anywhere', (host) => {
  expect(isLocalHost(host)).toBe(false);
});
