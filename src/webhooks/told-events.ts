import type { Account } from '../accounts/account.ts';
import type { ToldEvent } from './event-body.ts';

/**
 * Bytes of a text of the customer's that an event carries: each recipient has events of his own, so what is longer is null
 * there, as production may have it (reported). The bound is assumed; the inbox has the text whole.
 */
const longestTold = 65_535;
const told = (column: string) =>
  `CASE WHEN octet_length(mail.${column}) <= ${longestTold} THEN mail.${column} END`;

/** The events behind an ID, oldest first, with what a webhook tells of their messages. */
export function eventsAfter(account: Account, id: bigint): ToldEvent[] {
  return account
    .sql(
      `SELECT e.ID, e.EventType, e.EventAt, e.messageID, m.UUID, m.email, m.CampaignID, m.ContactID,
       ${told('CustomCampaign')} AS customCampaign, ${told('CustomID')} AS CustomID, ${told('EventPayload')} AS EventPayload, e.isPermanent,
       coalesce(s.RelatedTo, '') AS RelatedTo, coalesce(s.State, '') AS State, e.Comment, e.Useragent, e.url, e.ip, e.geo,
       e.source, e.ListID
       FROM event AS e JOIN message AS m ON m.ID = e.messageID JOIN mail ON mail.ID = m.mailID
       LEFT JOIN messagestate AS s ON s.ID = e.StateID WHERE e.ID > ? ORDER BY e.ID`,
    )
    .all(id) as ToldEvent[]; // the columns selected
}
