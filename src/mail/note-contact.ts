import type { Account } from '../accounts/account.ts';
import { listIsOpen, subscribe } from '../contacts/subscribe.ts';
import { rfc3339 } from '../lib/clock.ts';
import type { StepStatus } from './plan.ts';

const active = 'LastActivityAt = max(LastActivityAt, @time)';

/** What an event changes of the contact (assumed, but for what the words say). */
const settings: Partial<Record<StepStatus, string>> = {
  sent: `DeliveredCount = DeliveredCount + 1, ${active}`,
  hardbounced: 'hardBouncedAt = max(hardBouncedAt, @at)',
  opened: `lastOpenedAt = max(lastOpenedAt, @at), ${active}`,
  clicked: `lastClickedAt = max(lastClickedAt, @at), ${active}`,
  spam: `IsSpamComplaining = 1, ${active}`,
  unsub: `UnsubscribedAt = @time, UnsubscribedBy = 'Contact', ${active}`,
};

/**
 * Takes note of an event on its contact, and on the list that an unsubscription was from. Runs inside a transaction.
 * @param at when it happened, ms
 */
export function noteContact(
  account: Account,
  id: bigint,
  { status, listId }: { status: StepStatus; listId: bigint },
  at: number,
): void {
  const setting = settings[status];
  if (setting !== undefined)
    account.sql(`UPDATE contact SET ${setting} WHERE ID = @id`).run({ time: rfc3339(at), at, id });
  if (status === 'unsub' && listId !== 0n && listIsOpen(account, listId))
    subscribe(account, id, listId, 'unsub');
}

/** True for a contact to whom a mail has bounced for good: Mailjet sends them no more (documented as `preblocked`). */
export function isPreblocked(account: Account, contactId: bigint): boolean {
  const found = account
    .sql('SELECT 1 FROM contact WHERE ID = ? AND hardBouncedAt <> 0')
    .get(contactId);
  return found !== undefined;
}
