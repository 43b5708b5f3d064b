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

const insert =
  'INSERT INTO listrecipient (ContactID, ListID, IsUnsubscribed, SubscribedAt, UnsubscribedAt) VALUES (?, ?, ?, ?, ?)';

const statements: Record<SubscriptionAction, string> = {
  // documented: adds, or resets the unsubscription
  addforce: `${insert} ON CONFLICT (ContactID, ListID) DO UPDATE SET IsUnsubscribed = 0, UnsubscribedAt = '' WHERE IsUnsubscribed = 1`,
  // recorded: a member keeps SubscribedAt, and (documented) its status
  addnoforce: `${insert} ON CONFLICT (ContactID, ListID) DO NOTHING`,
  // documented; adds one who was no member (assumed)
  unsub: `${insert} ON CONFLICT (ContactID, ListID) DO UPDATE SET IsUnsubscribed = 1, UnsubscribedAt = excluded.UnsubscribedAt WHERE IsUnsubscribed = 0`,
  // recorded: nothing happens to one who is no member
  remove: 'DELETE FROM listrecipient WHERE ContactID = ? AND ListID = ?',
};

/** Applies one action to a contact and a list. Runs inside a transaction; the list's SubscriberCount follows. */
export function subscribe(
  account: Account,
  contactId: bigint,
  listId: bigint,
  action: SubscriptionAction,
): void {
  if (action === 'remove') {
    account.sql(statements.remove).run(contactId, listId);
    return;
  }
  const now = account.time();
  const isUnsub = action === 'unsub';
  account.sql(statements[action]).run(contactId, listId, isUnsub ? 1 : 0, now, isUnsub ? now : '');
}

/** True for a list that takes subscriptions: it exists and is not deleted. */
export function listIsOpen(account: Account, listId: bigint): boolean {
  return (
    account.sql('SELECT 1 FROM contactslist WHERE ID = ? AND IsDeleted = 0').get(listId) !==
    undefined
  );
}
