import type { Account } from '../accounts/account.ts';

/** What the wire calls Action or Method. */
export const subscriptionActions = ['addforce', 'addnoforce', 'remove', 'unsub'] as const;
export type SubscriptionAction = (typeof subscriptionActions)[number];

/** Reads an action in any case; undefined when it is none. */
export function readSubscriptionAction(value: unknown): SubscriptionAction | undefined {
  return typeof value === 'string'
    ? subscriptionActions.find((action) => action === value.toLowerCase())
    : undefined;
}

const columns = 'ContactID, ListID, IsUnsubscribed, SubscribedAt, UnsubscribedAt';

/** What happens to one who is a member already. */
const onConflict: Record<Exclude<SubscriptionAction, 'remove'>, string> = {
  // documented: resets the unsubscription
  addforce: "DO UPDATE SET IsUnsubscribed = 0, UnsubscribedAt = '' WHERE IsUnsubscribed = 1",
  // recorded: SubscribedAt stays, and (documented) the status
  addnoforce: 'DO NOTHING',
  // documented; that it adds one who was no member is assumed
  unsub:
    'DO UPDATE SET IsUnsubscribed = 1, UnsubscribedAt = excluded.UnsubscribedAt WHERE IsUnsubscribed = 0',
};

/** Applies one action to a contact and a list. Runs inside a transaction; the list's SubscriberCount follows. */
export function subscribe(
  account: Account,
  contactId: bigint,
  listId: bigint,
  action: SubscriptionAction,
): void {
  // recorded: nothing happens to one who is no member
  if (action === 'remove')
    account
      .sql('DELETE FROM listrecipient WHERE ContactID = ? AND ListID = ?')
      .run(contactId, listId);
  else membershipRows(account, [contactId], listId, action);
}

/** Applies one action to many contacts and a list, in one statement. */
export function membershipRows(
  account: Account,
  contactIds: readonly bigint[],
  listId: bigint,
  action: SubscriptionAction,
): void {
  if (action === 'remove') {
    for (const id of contactIds) subscribe(account, id, listId, action);
    return;
  }
  const now = account.time();
  const [isUnsub, unsubscribedAt] = action === 'unsub' ? [1, now] : [0, ''];
  const rows = contactIds.map(() => '(?, @listId, @isUnsub, @now, @unsubscribedAt)').join(', ');
  account
    .sql(
      `INSERT INTO listrecipient (${columns}) VALUES ${rows} ON CONFLICT (ContactID, ListID) ${onConflict[action]}`,
    )
    .run(contactIds, { listId, isUnsub, now, unsubscribedAt });
}

/** True for a list that takes subscriptions: it exists and is not deleted. */
export function listIsOpen(account: Account, listId: bigint): boolean {
  return (
    account.sql('SELECT 1 FROM contactslist WHERE ID = ? AND IsDeleted = 0').get(listId) !==
    undefined
  );
}
