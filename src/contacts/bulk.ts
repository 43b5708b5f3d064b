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
export function addSubscribedContact(
  account: Account,
  email: string,
  values: Record<string, string>,
): bigint {
  const now = account.time();
  const { lastInsertRowid } = account
    .sql(
      'INSERT INTO contact (Email, CreatedAt, LastActivityAt, LastUpdateAt, properties) VALUES (?, ?, ?, ?, ?)',
    )
    .run(email, now, now, now, JSON.stringify(values));
  return BigInt(lastInsertRowid);
}

/** Adds values to those of a contact; recorded: that leaves LastUpdateAt alone. */
export function mergeValues(
  account: Account,
  contact: KnownContact,
  values: Record<string, string>,
): void {
  const changes = JSON.stringify(values);
  if (changes === '{}' || changes === contact.properties) return;
  account
    .sql('UPDATE contact SET properties = json_patch(properties, ?) WHERE ID = ?')
    .run(changes, contact.id);
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
