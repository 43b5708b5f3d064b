import * as z from 'zod';
import { isLocalHost, isLoopback } from './lib/local-host.ts';
import { readSmtpTarget } from './lib/smtp-target.ts';
import { bytes, choice, count, port, type Setting } from './setting.ts';
import { webhookSettings } from './webhook-settings.ts';

/** Settings of how mail is taken and kept. */
export const mailSettings = {
  smtpPort: {
    flag: '--smtp-port',
    environment: 'MOCKJET_SMTP_PORT',
    description: 'Port for mail by SMTP, with STARTTLS; 0 for any free one, 1025 in the container',
    schema: port.optional(),
    byDefault: 'off',
  },
  smtpsPort: {
    flag: '--smtps-port',
    environment: 'MOCKJET_SMTPS_PORT',
    description: 'Port for mail by SMTP that speaks TLS from the first byte; 0 for any free one',
    schema: port.optional(),
    byDefault: 'off',
  },
  mails: {
    flag: '--mails',
    environment: 'MOCKJET_MAILS',
    description: 'Mails whose contents each account keeps; the oldest are dropped above it',
    schema: count(1).default(10_000),
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
    schema: count(0).default(100_000),
    byDefault: '100000',
  },
  senders: {
    flag: '--senders',
    environment: 'MOCKJET_SENDERS',
    description:
      'permissive: any address sends; strict: active senders alone, as on production, which answers success and drops the rest',
    schema: choice(['permissive', 'strict']).default('permissive'),
    byDefault: 'permissive',
  },
  sandboxIds: {
    flag: '--sandbox-ids',
    environment: 'MOCKJET_SANDBOX_IDS',
    description:
      'IDs in the answer to a mail with SandboxMode: none, as on production, or unique ones, which no message has',
    schema: choice(['none', 'unique']).default('none'),
    byDefault: 'none',
  },
  templateSteps: {
    flag: '--template-steps',
    environment: 'MOCKJET_TEMPLATE_STEPS',
    description:
      'Steps that the templates of one call may take: names, texts, operators, functions, rounds of loops',
    schema: count(1).default(500_000),
    byDefault: '500000',
  },
  templateBytes: {
    flag: '--template-bytes',
    environment: 'MOCKJET_TEMPLATE_BYTES',
    description: 'Bytes that a part of a mail may become by its template',
    schema: bytes.default(15 * 1024 * 1024),
    byDefault: '15728640',
  },
  templateErrors: {
    flag: '--template-errors',
    environment: 'MOCKJET_TEMPLATE_ERRORS',
    description:
      'block: a mail whose template fails is answered with success and blocked, as on production; fail: it is refused with 400, in words of Mockjet',
    schema: choice(['block', 'fail']).default('block'),
    byDefault: 'block',
  },
  templateLoops: {
    flag: '--template-loops',
    environment: 'MOCKJET_TEMPLATE_LOOPS',
    description:
      'reached: a loop that an if leaves out needs no list; all: it needs one, and an empty list is an error, as reported of 2017',
    schema: choice(['reached', 'all']).default('reached'),
    byDefault: 'reached',
  },
  forward: {
    flag: '--forward',
    environment: 'MOCKJET_FORWARD',
    description:
      'An inbox that each accepted mail is passed on to, as smtp://host:1025: this machine, a private address or a container',
    schema: z
      .string()
      .refine(
        (text) => readSmtpTarget(text) !== undefined,
        'an address such as smtp://host:1025 or smtps://user:password@host:465',
      )
      .optional(),
    byDefault: 'off',
    isSecret: true,
  },
  forwardAnywhere: {
    flag: '--forward-anywhere',
    environment: 'MOCKJET_FORWARD_ANYWHERE',
    description: 'Lets mail be passed on to any host, so that it may reach real people',
    schema: z.stringbool('one of yes, no').default(false),
    byDefault: 'no',
    isSwitch: true,
  },
  ...webhookSettings,
} satisfies Record<string, Setting>;

/** Why mail is not forwarded so: a mock must never mail real people by accident, nor itself for ever. */
export function forwardComplaint({
  forward,
  forwardAnywhere,
  smtpPort,
  smtpsPort,
}: {
  forward?: string | undefined;
  forwardAnywhere: boolean;
  smtpPort?: number | undefined;
  smtpsPort?: number | undefined;
}): string | undefined {
  const target = forward === undefined ? undefined : readSmtpTarget(forward);
  if (target === undefined) return undefined;
  const { flag } = mailSettings.forward;
  if (!forwardAnywhere && !isLocalHost(target.host))
    return `${flag}: ${target.host} may lead to real people: give this machine, a private address or a container's name, or ${mailSettings.forwardAnywhere.flag} as well`;
  if (isLoopback(target.host) && [smtpPort, smtpsPort].includes(target.port))
    return `${flag}: port ${target.port} of this machine is Mockjet's own`;
  return undefined;
}
