import type { Account } from '../accounts/account.ts';
import type { Draft } from './draft.ts';

/** The campaign that a `CustomCampaign` names, made with its first mail; returns its ID. Runs inside a transaction. */
export function campaignOf(account: Account, draft: Draft, senderId: bigint): bigint {
  const found = account.sql('SELECT ID FROM campaign WHERE CustomValue = ?').get(draft.campaign) as
    | { ID: bigint }
    | undefined; // the one column selected
  if (found !== undefined) return found.ID;
  const now = account.time();
  const { lastInsertRowid } = account
    .sql(insertion)
    .run(
      now,
      draft.campaign,
      draft.from.email,
      senderId,
      draft.from.name,
      Number(draft.html !== ''),
      Number(draft.text !== ''),
      Number(draft.trackClicks !== 'disabled'),
      Number(draft.trackOpens !== 'disabled'),
      now,
      draft.subject,
    );
  return BigInt(lastInsertRowid);
}

/** Takes note of a mail of a campaign, by the ID of its first message. Runs inside a transaction. */
export function noteMessage(account: Account, campaignId: bigint, messageId: bigint): void {
  account
    .sql(
      `UPDATE campaign SET SendEndAt = ?,
       FirstMessageID = CASE WHEN FirstMessageID = 0 THEN ? ELSE FirstMessageID END WHERE ID = ?`,
    )
    .run(account.time(), messageId, campaignId);
}

/** True for a contact who has got a message of the campaign already. */
export function isInCampaign(account: Account, campaignId: bigint, contactId: bigint): boolean {
  const found = account
    .sql('SELECT 1 FROM message WHERE CampaignID = ? AND ContactID = ? AND CampaignID <> 0 LIMIT 1')
    .get(campaignId, contactId);
  return found !== undefined;
}

/** CampaignType 1 is transactional (inferred). */
const insertion = `INSERT INTO campaign (CampaignType, CreatedAt, CustomValue, FirstMessageID, FromEmail, FromID, FromName,
  HasHtmlCount, HasTxtCount, ClickTracked, OpenTracked, SendStartAt, Subject) VALUES (1, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
