import * as z from 'zod';
import { plainWords } from '../../control/plain-words.ts';
import { readSeedCsv } from '../../control/read-seed.ts';
import { applySeed } from '../../control/seed.ts';
import { seedDocument } from '../../control/seed-document.ts';
import type { ControlRoute } from './route.ts';
import { accountRoute } from './typed-route.ts';

/** The bytes of a CSV, or a document. */
const body = z.unknown().transform((given, context) => {
  if (Buffer.isBuffer(given)) return given;
  const parsed = seedDocument.safeParse(given, { error: plainWords });
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues)
    context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});

const whole = z.number().int();
export const seedCounts = z.strictObject({
  properties: whole,
  lists: whole,
  contacts: whole,
  subscriptions: whole,
  senders: whole,
  signups: whole,
  outcomes: whole,
  mails: whole,
  templates: whole,
});

export const seedRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'POST',
    path: '/seed',
    bodySize: 'json',
    description:
      'Adds properties, lists, contacts, senders, signups, outcomes, templates, mails and webhooks, all or nothing, without moving a date of activity but by mails: a JSON document, or with `Content-Type: text/csv` lines below the header `email,name,<property>...`, into the list `?list=NAME`.',
    example: `-d '{"lists":[{"name":"Readers","id":"47001"}],"contacts":[{"email":"ann.lee@example.com","name":"Ann Lee","properties":{"country":"Ireland"},"lists":["Readers"]}]}'`,
    query: z.strictObject({ list: z.string().min(1).max(255).optional() }),
    body,
    bodyMissing: 'Send a JSON document or a CSV with an email column',
    answer: seedCounts,
    handler(account, { server, query: { list }, body }) {
      const counts = applySeed(account, Buffer.isBuffer(body) ? readSeedCsv(body, list) : body);
      server.mailroom.life.wake(account);
      return counts;
    },
  }),
];
