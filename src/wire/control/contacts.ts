import * as z from 'zod';
import { findContacts, readContact } from '../../control/contacts.ts';
import { ControlError } from '../../control/control-error.ts';
import { readList, readLists, readProperties } from '../../control/lists.ts';
import { integer } from './integer.ts';
import type { ControlRoute } from './route.ts';
import { accountRoute } from './typed-route.ts';

export const shownContact = z.strictObject({
  id: integer,
  email: z.string(),
  name: z.string(),
  createdAt: z.string(),
  isExcludedFromCampaigns: z.boolean(),
  properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  lists: z.array(z.strictObject({ id: integer, name: z.string(), isUnsubscribed: z.boolean() })),
});

const list = {
  id: integer,
  name: z.string(),
  address: z.string(),
  createdAt: z.string(),
  subscribers: z.number().int(),
};
export const shownList = z.strictObject(list);
export const shownListWithMembers = z.strictObject({
  ...list,
  memberCount: z.number().int(),
  members: z.array(
    z.strictObject({
      id: integer,
      email: z.string(),
      isUnsubscribed: z.boolean(),
      subscribedAt: z.string(),
    }),
  ),
});
export const shownProperty = z.strictObject({
  name: z.string(),
  datatype: z.enum(['str', 'int', 'float', 'bool', 'datetime']),
});

/** Characters of what is looked for. */
const text = z.string().min(1).max(300);
export const contactsQuery = z.strictObject({
  email: text.optional(),
  list: text.optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  after: z
    .string()
    .regex(/^\d{1,18}$/, 'give the ID of a contact')
    .default('0'),
});

const noList = (name: string) =>
  new ControlError(404, `The account has no list "${name}"; GET lists shows all`);

/** What an account holds, for a test that asks "is Ann on the list?". */
export const contactRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'GET',
    path: '/contacts',
    description:
      'Lists contacts with the values of their properties and their lists, in the order of their IDs: those whose address has `email` in it, those on the `list` of a name; `limit` of those after the ID `after`. It is no call of Mailjet’s API and leaves no trace in the journal.',
    example: '-G -d email=example.com -d limit=10',
    query: contactsQuery,
    answer: z.strictObject({ contacts: z.array(shownContact) }),
    handler(account, { query: { limit, after, ...wanted } }) {
      if (wanted.list !== undefined && readList(account, wanted.list) === undefined)
        throw noList(wanted.list);
      return { contacts: findContacts(account, wanted, { limit, after: BigInt(after) }) };
    },
  }),
  accountRoute({
    method: 'GET',
    path: '/contacts/:email',
    description: 'Shows the contact of an address, in any case.',
    example: '',
    answer: shownContact,
    handler(account, { params }) {
      const contact = readContact(account, params.email ?? '');
      if (contact === undefined)
        throw new ControlError(404, `The account has no contact ${params.email}`);
      return contact;
    },
  }),
  accountRoute({
    method: 'GET',
    path: '/lists',
    description: 'Lists the contact lists that are not deleted.',
    example: '',
    answer: z.strictObject({ lists: z.array(shownList) }),
    handler: (account) => ({ lists: readLists(account) }),
  }),
  accountRoute({
    method: 'GET',
    path: '/lists/:list',
    description:
      'Shows a list by its name, with its members: how many there are, unsubscribed ones too, and the first 1000.',
    example: '',
    answer: shownListWithMembers,
    handler(account, { params }) {
      const found = readList(account, params.list ?? '');
      if (found === undefined)
        throw new ControlError(
          404,
          `The account has no list "${params.list}"; GET lists shows all`,
        );
      return found;
    },
  }),
  accountRoute({
    method: 'GET',
    path: '/properties',
    description: 'Lists the contact properties with their datatypes.',
    example: '',
    answer: z.strictObject({ properties: z.array(shownProperty) }),
    handler: (account) => ({ properties: readProperties(account) }),
  }),
];
