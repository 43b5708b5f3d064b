import { expect, it } from 'vitest';
import { isLocalHost } from './local-host.ts';

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
