import * as z from 'zod';
import { choice, count, type Setting, text } from './setting.ts';

const httpUrl = z
  .string()
  .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), 'a URL of http or https');

/** Settings of how events are posted. */
export const webhookSettings = {
  webhook: {
    flag: '--webhook',
    environment: 'MOCKJET_WEBHOOK',
    description: 'A URL that every fresh account posts the events of all types to',
    schema: httpUrl.optional(),
    byDefault: 'none',
    isSecret: true,
  },
  webhookVersion: {
    flag: '--webhook-version',
    environment: 'MOCKJET_WEBHOOK_VERSION',
    description: '1: it gets one event a call; 2: those of a second together, in an array',
    schema: choice(['1', '2']).default('1'),
    byDefault: '1',
  },
  webhooksAnywhere: {
    flag: '--webhooks-anywhere',
    environment: 'MOCKJET_WEBHOOKS_ANYWHERE',
    description:
      'Lets events be posted to any host, not only to this machine, private addresses and containers',
    schema: z.stringbool('one of yes, no').default(false),
    byDefault: 'no',
    isSwitch: true,
  },
  webhookTimeout: {
    flag: '--webhook-timeout',
    environment: 'MOCKJET_WEBHOOK_TIMEOUT',
    description: "Milliseconds of the machine's time that a post of events may take",
    schema: count(10, 60_000).default(5000),
    byDefault: '5000',
  },
  webhookCa: {
    flag: '--webhook-ca',
    environment: 'MOCKJET_WEBHOOK_CA',
    description: 'A PEM file of authorities to trust as well when events are posted by HTTPS',
    schema: text.optional(),
    byDefault: 'none',
  },
  testEvents: {
    flag: '--test-events',
    environment: 'MOCKJET_TEST_EVENTS',
    description: 'The form of test events: as recorded in 2025 or in 2022',
    schema: choice(['2025', '2022']).default('2025'),
    byDefault: '2025',
  },
} satisfies Record<string, Setting>;
