import type { Client } from './clients.ts';

/** How what sends by SMTP is pointed at the server; {smtpport} stands for its port. */
export const smtpClient = {
  title: 'Mail by SMTP (nodemailer, Symfony, Laravel, Django and others)',
  exports: [
    ['SMTP_HOST', '{hostname}'],
    ['SMTP_PORT', '{smtpport}'],
    ['SMTP_USER', '{key}'],
    ['SMTP_PASSWORD', '{secret}'],
  ],
  snippets: [
    {
      for: 'nodemailer',
      language: 'js',
      lines: [
        'const transport = nodemailer.createTransport({',
        "  host: '{hostname}',",
        '  port: {smtpport},',
        '  ignoreTLS: true,',
        "  auth: { user: '{key}', pass: '{secret}' },",
        '});',
      ],
    },
    {
      for: 'Symfony, .env.test',
      language: 'sh',
      lines: ["MAILER_DSN='smtp://{key}:{secret}@{hostname}:{smtpport}?auto_tls=false'"],
    },
    {
      for: 'Laravel, .env.testing',
      language: 'sh',
      lines: [
        'MAIL_MAILER=smtp',
        "MAIL_HOST='{hostname}'",
        'MAIL_PORT={smtpport}',
        "MAIL_USERNAME='{key}'",
        "MAIL_PASSWORD='{secret}'",
      ],
    },
    {
      for: 'Django, settings.py',
      language: 'python',
      lines: [
        "EMAIL_HOST, EMAIL_PORT = '{hostname}', {smtpport}",
        "EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = '{key}', '{secret}'",
      ],
    },
  ],
  hints: [
    'SMTP is off unless Mockjet was started with --smtp-port or MOCKJET_SMTP_PORT; in the container it is on, at 1025.',
    'No application reads these variables by itself: give their values to its mail settings. Key and secret are those of the API.',
    'STARTTLS is offered: a client that takes it must trust the CA ("mockjet ca"), or be told to do without, as in the snippets.',
  ],
} as const satisfies Client;
