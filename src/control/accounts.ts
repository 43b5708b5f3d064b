import type { Account } from '../accounts/account.ts';
import { isOpen } from '../jobs/job.ts';
import { isoTime } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import { ControlError } from './control-error.ts';
import { applySeed } from './seed.ts';
import type { SeedDocument } from './seed-document.ts';
import type { Steering } from './steering.ts';

/** A key as Mailjet makes them: 32 hexadecimal digits. */
const newKey = (random: Random) => random.bytes(16).toString('hex');

/** What an account may be made with. */
export interface NewAccount {
  name?: string | undefined;
  apiKey?: string | undefined;
  secretKey?: string | undefined;
  idSeed?: string | undefined;
  seed?: SeedDocument | undefined;
}

/**
 * Makes an account with the keys given or with new ones. Whoever comes with the pair of an account that is there has it already,
 * and gets its seed.
 * @param caller the account of the credentials that came with the call
 * @throws ControlError 409 when the key is taken or there are too many, 400 when the seed does not fit: then there is no account
 */
export function createAccountWith(
  { registry, random, remove, mailroom }: Steering,
  { name, idSeed, seed, ...keys }: NewAccount,
  caller?: Account,
) {
  const apiKey = keys.apiKey ?? newKey(random);
  const secretKey = keys.secretKey ?? newKey(random);
  const isOwn = caller?.apiKey === keys.apiKey && caller?.secretKey === keys.secretKey;
  if (caller !== undefined && isOwn && name === undefined && idSeed === undefined) {
    if (seed !== undefined) {
      applySeed(caller, seed);
      mailroom.life.wake(caller);
    }
    return { apiKey, secretKey, name: caller.name };
  }
  if (registry.find(apiKey) !== undefined)
    throw new ControlError(409, `There is an account with the key ${apiKey} already`);
  const full = registry.full();
  if (full !== undefined) throw new ControlError(409, full);
  const account = registry.create({ apiKey, secretKey }, { name, idSeed });
  try {
    if (seed !== undefined) {
      applySeed(account, seed);
      mailroom.life.wake(account);
    }
  } catch (error) {
    remove(account);
    throw error;
  }
  return { apiKey, secretKey, name: account.name };
}

type Counts = Record<
  | 'contacts'
  | 'lists'
  | 'properties'
  | 'jobs'
  | 'openJobs'
  | 'bytes'
  | 'mails'
  | 'mailBytes'
  | 'messages'
  | 'droppedMails'
  | 'droppedMessages',
  bigint
>;

/** What an account holds, and how it stands. */
export function describeAccount({ scheduler }: Steering, account: Account) {
  const counts = account
    .sql(
      `SELECT (SELECT count(*) FROM contact WHERE anonymizedAt = '') AS contacts,
       (SELECT count(*) FROM contactslist WHERE IsDeleted = 0) AS lists,
       (SELECT count(*) FROM contactmetadata) AS properties,
       (SELECT count(*) FROM job) AS jobs,
       (SELECT count(*) FROM job WHERE ${isOpen}) AS openJobs,
       (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) AS bytes,
       mailContents AS mails, mailBytes, messageCount AS messages, droppedMails, droppedMessages,
       CreatedAt AS createdAt FROM account`,
    )
    .get() as Counts & { createdAt: string }; // always one row, of these columns
  return {
    apiKey: account.apiKey,
    name: account.name,
    ...counts,
    pace: scheduler.pace(account),
    clock: { now: isoTime(account.clock.now()), isFrozen: account.clock.frozen },
  };
}
