import * as z from 'zod';
import { parseRfc3339 } from '../lib/datetime-format.ts';
import { emailProblem } from '../lib/email-address.ts';
import { readLookupId } from '../lib/int64.ts';
import { eventNames } from '../mail/make-events.ts';
import { outcomeRule } from './outcome-rule.ts';
import { atMost, excessOfContacts, mostOfSeed } from './seed-limits.ts';
import { excessOfMails, seedMail } from './seed-mails.ts';
import { seedTemplate } from './seed-templates.ts';

/** IDs end some way below 2^63, so that there is room for those that the account gives afterwards. */
const highest = 9_223_372_036_854_000_000n;

const id = z.union([z.string(), z.number(), z.bigint()]).transform((value, context) => {
  const read = readLookupId(value);
  if (read !== undefined && read <= highest && !unsafe(value)) return read;
  context.addIssue({ code: 'custom', message: `give an ID from 1 to ${highest}` });
  return z.NEVER;
});

/** A number that lost digits on its way here: JSON.parse rounds it. */
const unsafe = (value: unknown) => typeof value === 'number' && !Number.isSafeInteger(value);

const time = z.string().transform((value, context) => {
  const read = parseRfc3339(value);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'give a time such as 2026-03-01T09:00:00Z' });
  return z.NEVER;
});

const email = z.string().superRefine((value, context) => {
  const problem = emailProblem(value);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: `${value}: ${problem}` });
});

const name = z.string().max(255);
const listName = name.min(1);
const text = z.string().max(255).default('');

/** What an account is to hold; docs/control.md describes it. */
export const seedDocument = z.strictObject({
  properties: atMost(
    mostOfSeed.properties,
    z.strictObject({
      name: name.min(1),
      datatype: z.enum(['str', 'int', 'float', 'bool', 'datetime']).default('str'),
    }),
  ),
  lists: atMost(
    mostOfSeed.lists,
    z.strictObject({
      name: listName,
      id: id.optional(),
      address: z
        .string()
        .regex(/^[a-z0-9._-]{1,64}$/i, 'give letters and digits')
        .optional(),
      isDeleted: z.boolean().default(false),
    }),
  ),
  contacts: atMost(
    mostOfSeed.contacts,
    z.strictObject({
      email,
      name: name.optional(),
      id: id.optional(),
      createdAt: time.optional(),
      isExcludedFromCampaigns: z.boolean().optional(),
      properties: z
        .record(z.string(), z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null()]))
        .default({}),
      lists: atMost(
        mostOfSeed.lists,
        z.union([
          listName.transform((given) => ({ name: given, isUnsubscribed: false })),
          z.strictObject({ name: listName, isUnsubscribed: z.boolean().default(false) }),
        ]),
      ),
    }),
    excessOfContacts,
  ),
  senders: atMost(
    mostOfSeed.senders,
    z.strictObject({
      email,
      name: name.optional(),
      status: z.enum(['Active', 'Inactive']).default('Active'),
      isDefault: z.boolean().default(false),
    }),
  ),
  signups: atMost(
    mostOfSeed.signups,
    z.strictObject({
      email,
      list: listName,
      signupAt: time.optional(),
      signupIp: text,
      confirmAt: time.optional(),
      confirmIp: text,
      key: z.string().max(255).optional(),
      source: z.string().max(255).default('widget'),
      sourceId: id.optional(),
    }),
  ),
  outcomes: atMost(mostOfSeed.outcomes, outcomeRule),
  templates: atMost(mostOfSeed.templates, seedTemplate),
  mails: atMost(mostOfSeed.mails, seedMail, excessOfMails),
  webhooks: atMost(
    mostOfSeed.webhooks,
    z.strictObject({
      url: z
        .string()
        .max(2000)
        .refine(
          (url) => /^https?:\/\//i.test(url) && URL.canParse(url),
          'give a URL of http or https',
        ),
      events: z
        .array(z.enum(eventNames))
        .max(eventNames.length)
        .default([...eventNames]),
      version: z.union([z.literal(1), z.literal(2)]).default(1),
      isBackup: z.boolean().default(false),
    }),
  ),
});

export type SeedDocument = z.infer<typeof seedDocument>;
export type SeedContact = SeedDocument['contacts'][number];
