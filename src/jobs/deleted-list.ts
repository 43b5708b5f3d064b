import { listIsOpen } from '../contacts/subscribe.ts';
import type { Slice, SliceResult } from './kind.ts';

/**
 * Fails a job whose list was deleted after its POST, with the text that managecontactslists has for such a list
 * (assumed). What it stored stays.
 * @param lists IDs; 0 is no list
 * @returns undefined while all of them take subscriptions
 */
export function deletedList({ account }: Slice, lists: readonly bigint[]): SliceResult | undefined {
  const gone = lists.find((id) => id !== 0n && !listIsOpen(account, id));
  return gone === undefined
    ? undefined
    : { next: 'Error', changes: { error: `List ID ${gone} is invalid or deleted` } };
}
