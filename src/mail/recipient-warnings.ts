import type { Account } from '../accounts/account.ts';
import type { Warning } from './draft.ts';

/** Most warnings of one mail that name a recipient. */
const most = 10;

interface Recipient {
  Email: string;
  isUnsubscribed: bigint;
}

/**
 * Recipients who want no mail: production sends them transactional mail all the same, and says nothing (assumed).
 * @param contacts IDs of the recipients' contacts
 */
export function recipientWarnings(account: Account, contacts: readonly bigint[]): Warning[] {
  const found = account.sql(unwilling).all(`[${contacts.join(',')}]`) as Recipient[]; // the columns selected
  return found.map(({ Email, isUnsubscribed }) =>
    isUnsubscribed === 1n
      ? {
          code: 'recipient-unsubscribed',
          message: `"${Email}" has unsubscribed. Mail of this kind is sent all the same.`,
        }
      : {
          code: 'recipient-excluded',
          message: `"${Email}" is excluded from campaigns. Mail of this kind is sent all the same.`,
        },
  );
}

const unwilling = `SELECT Email, UnsubscribedAt <> '' AS isUnsubscribed
  FROM json_each(?) AS given CROSS JOIN contact ON contact.ID = given.value
  WHERE UnsubscribedAt <> '' OR IsExcludedFromCampaigns = 1 GROUP BY contact.ID ORDER BY min(given.key) LIMIT ${most}`;
