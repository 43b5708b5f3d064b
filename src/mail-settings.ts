import * as z from 'zod';
import { bytes, type Setting } from './setting.ts';

const port = z.coerce.number().int().min(0).max(65_535).optional();

/** Settings of how mail is taken and kept. */
export const mailSettings = {
  smtpPort: {
    flag: '--smtp-port',
    environment: 'MOCKJET_SMTP_PORT',
    description: 'Port for mail by SMTP, with STARTTLS; 0 for any free one, 1025 in the container',
    schema: port,
    byDefault: 'off',
  },
  smtpsPort: {
    flag: '--smtps-port',
    environment: 'MOCKJET_SMTPS_PORT',
    description: 'Port for mail by SMTP that speaks TLS from the first byte; 0 for any free one',
    schema: port,
    byDefault: 'off',
  },
  mails: {
    flag: '--mails',
    environment: 'MOCKJET_MAILS',
    description: 'Mails whose contents each account keeps; the oldest are dropped above it',
    schema: z.coerce.number().int().min(1).default(10_000),
    byDefault: '10000',
  },
  mailsBytes: {
    flag: '--mails-bytes',
    environment: 'MOCKJET_MAILS_BYTES',
    description: 'Bytes of these contents, attachments included',
    schema: bytes.default(256 * 1024 * 1024),
    byDefault: '268435456',
  },
  messages: {
    flag: '--messages',
    environment: 'MOCKJET_MESSAGES',
    description: 'Messages that each account keeps with their history, one a recipient; 0 for all',
    schema: z.coerce.number().int().min(0).default(100_000),
    byDefault: '100000',
  },
  senders: {
    flag: '--senders',
    environment: 'MOCKJET_SENDERS',
    description:
      'permissive: any address sends; strict: active senders alone, as on production, which answers success and drops the rest',
    schema: z.enum(['permissive', 'strict']).default('permissive'),
    byDefault: 'permissive',
  },
  sandboxIds: {
    flag: '--sandbox-ids',
    environment: 'MOCKJET_SANDBOX_IDS',
    description:
      'IDs in the answer to a mail with SandboxMode: none, as on production, or unique ones, which no message has',
    schema: z.enum(['none', 'unique']).default('none'),
    byDefault: 'none',
  },
  templateSteps: {
    flag: '--template-steps',
    environment: 'MOCKJET_TEMPLATE_STEPS',
    description:
      'Steps that the templates of one call may take: names, texts, operators, functions, rounds of loops',
    schema: z.coerce.number().int().min(1).default(500_000),
    byDefault: '500000',
  },
  templateBytes: {
    flag: '--template-bytes',
    environment: 'MOCKJET_TEMPLATE_BYTES',
    description: 'Bytes that a part of a mail may become by its template',
    schema: bytes.default(15 * 1024 * 1024),
    byDefault: '15728640',
  },
  templateLoops: {
    flag: '--template-loops',
    environment: 'MOCKJET_TEMPLATE_LOOPS',
    description:
      'reached: a loop that an if leaves out needs no list; all: it needs one, and an empty list is an error, as reported of 2017',
    schema: z.enum(['reached', 'all']).default('reached'),
    byDefault: 'reached',
  },
} satisfies Record<string, Setting>;
