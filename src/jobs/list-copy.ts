import type { Account } from '../accounts/account.ts';
import { type SubscriptionAction, subscribe } from '../contacts/subscribe.ts';
import { deletedList } from './deleted-list.ts';
import type { Job } from './job.ts';
import type { JobKind, Slice, SliceResult } from './kind.ts';

/** Actions of importlist, and what each does with a member of the source (the reading of the last two is assumed). */
export const copyActions: Record<string, SubscriptionAction> = {
  addforce: 'addforce',
  addnoforce: 'addnoforce',
  unsub: 'unsub',
  'duplicate-override': 'addforce',
  'duplicate-no-override': 'addnoforce',
};

/** The same for a member who is unsubscribed: a duplicate takes that along (assumed). */
const unsubscribedActions: Record<string, SubscriptionAction> = {
  ...copyActions,
  'duplicate-override': 'unsub',
  'duplicate-no-override': 'unsub',
};

/** The work of contactslist/{id}/importlist: copies one list's members into another. */
export const listCopy: JobKind = {
  name: 'list-copy',
  states: ['Allocated', 'Upload', 'Prepare', 'Importing', 'Completed'],
  work: {
    Importing: (slice) => deletedList(slice, [slice.job.refId]) ?? copyMembers(slice),
  },
};

/** What an importlist job remembers of its request. */
export interface CopyRequest {
  source: string;
  action: string;
}

export function copyRequestOf(job: Job): CopyRequest {
  return job.request as unknown as CopyRequest; // written by the action alone
}

const membersAtOnce = 100;

function copyMembers({ account, job, hasTime }: Slice): SliceResult {
  const { source, action } = copyRequestOf(job);
  let last = BigInt(String(job.progress.last ?? 0));
  let { current } = job;
  do {
    const members = account
      .sql(
        'SELECT ContactID, IsUnsubscribed FROM listrecipient WHERE ListID = ? AND ContactID > ? ORDER BY ContactID LIMIT ? + 0',
      )
      .all(BigInt(source), last, membersAtOnce) as { ContactID: bigint; IsUnsubscribed: bigint }[]; // the two columns selected
    for (const { ContactID, IsUnsubscribed } of members) {
      const change = IsUnsubscribed === 1n ? unsubscribedActions[action] : copyActions[action];
      if (change === 'unsub' && action === 'duplicate-no-override') {
        if (!isMember(account, ContactID, job.refId))
          subscribe(account, ContactID, job.refId, change);
      } else if (change !== undefined) subscribe(account, ContactID, job.refId, change);
      last = ContactID;
    }
    current += members.length;
    if (members.length < membersAtOnce)
      return { next: 'done', changes: { current, count: current } };
  } while (hasTime());
  return { next: 'more', changes: { current, count: current, progress: { last: String(last) } } };
}

function isMember(account: Account, contactId: bigint, listId: bigint): boolean {
  const sql = 'SELECT 1 FROM listrecipient WHERE ContactID = ? AND ListID = ?';
  return account.sql(sql).get(contactId, listId) !== undefined;
}
