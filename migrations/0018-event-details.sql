-- What a webhook tells of an event that messagehistory does not.
ALTER TABLE event ADD COLUMN ip TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN geo TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN source TEXT NOT NULL DEFAULT '';   -- who passed a complaint on
ALTER TABLE event ADD COLUMN ListID INTEGER NOT NULL DEFAULT 0; -- what was unsubscribed from

-- A message that was put off is told by a webhook, and not in messagehistory.
DROP VIEW messagehistory;
CREATE VIEW messagehistory AS
SELECT event.ID, event.messageID, event.Comment, event.EventAt, event.EventType, coalesce(messagestate.State, '') AS State,
  '' AS Useragent, event.UseragentID
FROM event LEFT JOIN messagestate ON messagestate.ID = event.StateID WHERE event.EventType <> 'deferred';

-- When a mail to a contact last bounced for good, ms since 1970; 0 for never. Mails to them are blocked from then on.
ALTER TABLE contact ADD COLUMN hardBouncedAt INTEGER NOT NULL DEFAULT 0;
UPDATE contact SET hardBouncedAt = got.at FROM (
  SELECT ContactID, max(since) AS at FROM message WHERE Status = 'hardbounced' GROUP BY ContactID
) AS got WHERE contact.ID = got.ContactID;
