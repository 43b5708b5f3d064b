import * as z from 'zod';
import { ControlError } from '../../control/control-error.ts';
import { contactsOfSegment } from '../../control/segments.ts';
import { readLookupId } from '../../lib/int64.ts';
import { integer } from './integer.ts';
import type { ControlRoute } from './route.ts';
import { accountRoute } from './typed-route.ts';

const query = z.strictObject({
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  after: z
    .string()
    .regex(/^\d{1,18}$/, 'give the ID of a contact')
    .default('0'),
});

export const segmentPage = z.strictObject({
  contacts: z.array(z.strictObject({ id: integer, email: z.string() })).readonly(),
  next: integer.optional(),
  expression: z.string(),
  unknownProperties: z.array(z.string()),
});

export const segmentRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'GET',
    path: '/segments/:id/contacts',
    description:
      'Lists the contacts that a segment (contactfilter) has now, by the account’s clock, in the order of their IDs; with `next`, go on with `after` that ID. It also shows how the expression is read, and names in it that are no properties.',
    example: '-G -d limit=100 -d after=0',
    query,
    answer: segmentPage,
    handler(account, { server, params, query: { limit, after } }) {
      const id = readLookupId(params.id ?? '');
      if (id === undefined) throw new ControlError(404, `${params.id} is no ID of a segment`);
      return contactsOfSegment(account, id, { limit, after: BigInt(after) }, server.search);
    },
  }),
];
