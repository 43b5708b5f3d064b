import type { Account } from '../accounts/account.ts';

type Columns = Record<string, string | number | bigint | Buffer | null>;

/** What a new contact gets besides its values. recorded: activity and update stay empty after a plain POST. */
export function newContact(account: Account, values: Columns): Columns {
  const now = account.time();
  // recorded: excluded from the start, the time of it is CreatedAt
  return values.IsExcludedFromCampaigns === 1n
    ? { CreatedAt: now, ExclusionFromCampaignsUpdatedAt: now }
    : { CreatedAt: now };
}

/** What a changed contact gets. recorded: the final state after changes of name and of exclusion. */
export function changedContact(account: Account, _before: Columns, changes: Columns): Columns {
  const now = account.time();
  return changes.IsExcludedFromCampaigns === undefined
    ? { LastUpdateAt: now }
    : { LastUpdateAt: now, LastActivityAt: now, ExclusionFromCampaignsUpdatedAt: now };
}
