import * as z from 'zod';
import { moment } from '../../control/moment.ts';
import { readLookupId } from '../../lib/int64.ts';
import { waitDuration } from './wait-duration.ts';

/** Characters: each mail is searched for them. */
const text = z.string().max(300);
const mostHeaders = 10;
/** Beginning of the parameters that ask for a header. */
const prefix = 'header.';
const header = z.strictObject({ name: z.string().min(1).max(200), value: text });

const after = z.string().transform((value, context) => {
  if (/^\d+$/.test(value)) {
    const id = value === '0' ? 0n : readLookupId(value);
    if (id !== undefined) return { id };
  } else {
    const time = moment.safeParse(value);
    if (time.success) return { time: time.data };
  }
  context.addIssue({
    code: 'custom',
    message: 'give the id of a mail, or a time such as 2026-03-01T09:00:00Z',
  });
  return z.NEVER;
});

/** The conditions that mails are asked for by. */
const conditions = {
  to: text.optional(),
  from: text.optional(),
  subject: text.optional(),
  text: text.optional(),
  customId: text.optional(),
  campaign: text.optional(),
  templateId: text.optional(),
  messageId: text.optional(),
  messageUuid: text.optional(),
  requestGuid: text.optional(),
  status: text.optional(),
  after: after.optional(),
  headers: z.array(header).max(mostHeaders, `ask for at most ${mostHeaders} headers`).optional(),
};

/** What stands beside them in the list of mails. */
const listing = {
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  count: z.coerce.number().int().min(1).default(1),
  wait: waitDuration.optional(),
};

/** A query of conditions, a mistyped one refused with the names of all that there are. */
const strict = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code, keys = [] }) =>
      code === 'unrecognized_keys'
        ? `there is no ${(keys as string[]).join(' and no ')}; there are ${named(shape)}` // as zod documents it
        : undefined,
  });

const named = (shape: object) =>
  Object.keys(shape)
    .map((name) => (name === 'headers' ? `${prefix}NAME` : name))
    .join(', ');

/** `header.X-Foo=bar` as an item of `headers`. */
function gatherHeaders(given: unknown): unknown {
  const headers: { name: string; value: unknown }[] = [];
  const others: [string, unknown][] = [];
  for (const [name, value] of Object.entries(given ?? {}))
    if (name.startsWith(prefix)) headers.push({ name: name.slice(prefix.length), value });
    else others.push([name === 'headers' ? 'headers=' : name, value]);
  return { ...Object.fromEntries(others), ...(headers.length === 0 ? {} : { headers }) };
}

/** How the library asks for mails. */
export const mailsQuery = strict({ ...conditions, ...listing });
/** As they come in an address. */
export const mailsParameters = z.preprocess(gatherHeaders, mailsQuery);
export const mailConditions = z.preprocess(gatherHeaders, strict(conditions));
