import * as z from 'zod';
import { createAccountWith, describeAccount } from '../../control/accounts.ts';
import { ControlError } from '../../control/control-error.ts';
import { seedDocument } from '../../control/seed-document.ts';
import {
  privateKeyPattern,
  privateKeyRule,
  publicKeyPattern,
  publicKeyRule,
} from '../../lib/key-text.ts';
import { clockReading } from './clock.ts';
import { integer } from './integer.ts';
import { paceSetting } from './jobs.ts';
import type { ControlRoute } from './route.ts';
import { accountRoute, typedRoute } from './typed-route.ts';

export const newAccount = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  apiKey: z.string().regex(publicKeyPattern, publicKeyRule).optional(),
  secretKey: z.string().regex(privateKeyPattern, privateKeyRule).optional(),
  idSeed: z.string().min(1).max(200).optional(),
  seed: seedDocument.optional(),
});

export const madeAccount = z.strictObject({
  apiKey: z.string(),
  secretKey: z.string(),
  name: z.string(),
});
const shownAccount = z.strictObject({
  apiKey: z.string(),
  name: z.string(),
  contacts: integer,
  lists: integer,
  properties: integer,
  jobs: integer,
  openJobs: integer,
  bytes: integer,
  mails: integer,
  mailBytes: integer,
  messages: integer,
  droppedMails: integer,
  droppedMessages: integer,
  createdAt: z.string(),
  pace: paceSetting,
  clock: clockReading,
});

export const accountRoutes: readonly ControlRoute[] = [
  typedRoute({
    method: 'GET',
    path: '/accounts',
    scope: 'server',
    description: 'Lists the accounts: key, name, and whether each is open or put away.',
    example: '',
    answer: z.strictObject({
      accounts: z.array(
        z.strictObject({ apiKey: z.string(), name: z.string(), isOpen: z.boolean() }),
      ),
    }),
    async handler({ server: { registry } }) {
      await registry.openAll();
      return {
        accounts: registry.accounts().map(({ apiKey, name, isOpen }) => ({ apiKey, name, isOpen })),
      };
    },
  }),
  typedRoute({
    method: 'POST',
    path: '/accounts',
    scope: 'server',
    bodySize: 'json',
    description:
      'Makes an account, with the keys given or with new ones, and with what a `seed` document holds. `idSeed` makes its identifiers reproducible. A call that comes with the very keys it asks for is answered so too when their account is there already, which then takes the seed.',
    example: `-d '{"name":"Bookshop","idSeed":"7"}'`,
    status: 201,
    body: newAccount,
    answer: madeAccount,
    handler: ({ server, account, body }) => createAccountWith(server, body, account),
  }),
  accountRoute({
    method: 'GET',
    path: '/account',
    description:
      'Tells what the account holds, what the bounds on mail have dropped of it, its pace and its clock.',
    example: '',
    answer: shownAccount,
    handler: (account, { server }) => describeAccount(server, account),
  }),
  accountRoute({
    method: 'DELETE',
    path: '/account',
    description: 'Removes the account with all it holds, snapshots too.',
    example: '',
    handler(account, { server }) {
      if (account.apiKey === server.configuredKey)
        throw new ControlError(
          409,
          'This account is the configured one and stays; POST reset makes it new',
        );
      server.remove(account);
    },
  }),
  typedRoute({
    method: 'POST',
    path: '/reset',
    scope: 'both',
    description:
      'Makes the account what it was when it was new: data, identifiers, clock, pace, faults, rate limit and list of calls; snapshots stay. Without credentials: every account, and the faults of the server.',
    example: '',
    async handler({ server, account }) {
      if (account !== undefined) return server.reset(account);
      // those of a folder that were not opened yet are meant as well
      await server.registry.openAll();
      server.resetAll();
    },
  }),
];
