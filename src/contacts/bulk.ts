import type { Account } from '../accounts/account.ts';

/** A contact as bulk work needs it. */
export interface KnownContact {
  id: bigint;
  /** Its values, JSON by property ID. */
  properties: string;
}

/** The contact of an address, in any case. */
export function findContact(account: Account, email: string): KnownContact | undefined {
  return account.sql('SELECT ID AS id, properties FROM contact WHERE Email = ?').get(email) as
    | KnownContact
    | undefined; // the two columns selected
}

/** Makes a contact as a subscription does: recorded, its activity and update are the time of its making. */
export function addSubscribedContact(account: Account, email: string): bigint {
  const now = account.time();
  const { lastInsertRowid } = account
    .sql('INSERT INTO contact (Email, CreatedAt, LastActivityAt, LastUpdateAt) VALUES (?, ?, ?, ?)')
    .run(email, now, now, now);
  return BigInt(lastInsertRowid);
}

/** Sets or clears the exclusion from campaigns; its times follow when it changes. */
export function setExclusion(account: Account, id: bigint, isExcluded: boolean): void {
  const now = account.time();
  account
    .sql(
      `UPDATE contact SET IsExcludedFromCampaigns = ?, ExclusionFromCampaignsUpdatedAt = ?, LastUpdateAt = ?, LastActivityAt = ?
       WHERE ID = ? AND IsExcludedFromCampaigns <> ?`,
    )
    .run(isExcluded ? 1 : 0, now, now, now, id, isExcluded ? 1 : 0);
}
