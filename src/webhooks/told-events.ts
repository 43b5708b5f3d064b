import type { Account } from '../accounts/account.ts';
import type { ToldEvent } from './event-body.ts';

/** The events behind an ID, oldest first, with what a webhook tells of their messages. */
export function eventsAfter(account: Account, id: bigint): ToldEvent[] {
  return account
    .sql(
      `SELECT e.ID, e.EventType, e.EventAt, e.messageID, m.UUID, m.email, m.CampaignID, m.ContactID,
       mail.CustomCampaign AS customCampaign, mail.CustomID, mail.EventPayload, e.isPermanent,
       coalesce(s.RelatedTo, '') AS RelatedTo, coalesce(s.State, '') AS State, e.Comment, e.Useragent, e.url, e.ip, e.geo,
       e.source, e.ListID
       FROM event AS e JOIN message AS m ON m.ID = e.messageID JOIN mail ON mail.ID = m.mailID
       LEFT JOIN messagestate AS s ON s.ID = e.StateID WHERE e.ID > ? ORDER BY e.ID`,
    )
    .all(id) as ToldEvent[]; // the columns selected
}
