import * as z from 'zod';
import { ControlError } from '../../control/control-error.ts';
import { readBodyAs } from '../../control/read-body.ts';
import { readSeed, readSeedCsv } from '../../control/read-seed.ts';
import { applySeed } from '../../control/seed.ts';
import type { ControlRoute } from './route.ts';
import { needAccount } from './route.ts';

const query = z.strictObject({ list: z.string().min(1).max(255).optional() });

export const seedRoutes: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: '/seed',
    scope: 'account',
    bodySize: 'json',
    description:
      'Adds properties, lists, contacts and signups, all or nothing, without moving a date of activity: a JSON document, or with `Content-Type: text/csv` lines below the header `email,name,<property>...`, into the list `?list=NAME`.',
    example: `-d '{"lists":[{"name":"Readers","id":"47001"}],"contacts":[{"email":"ann.lee@example.com","name":"Ann Lee","properties":{"country":"Ireland"},"lists":["Readers"]}]}'`,
    handler(call) {
      const { list } = readBodyAs(query, call.query);
      if (call.body === undefined)
        throw new ControlError(400, 'Send a JSON document or a CSV with an email column');
      const document = Buffer.isBuffer(call.body)
        ? readSeedCsv(call.body, list)
        : readSeed(call.body);
      return applySeed(needAccount(call), document);
    },
  },
];
