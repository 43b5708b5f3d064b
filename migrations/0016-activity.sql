-- When a contact last opened and clicked, ms since 1970; 0 for never. It outlives the messages that the bounds drop.
ALTER TABLE contact ADD COLUMN lastOpenedAt INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN lastClickedAt INTEGER NOT NULL DEFAULT 0;
UPDATE contact SET lastOpenedAt = got.openedAt, lastClickedAt = got.clickedAt FROM (
  SELECT m.ContactID, max(1000 * e.EventAt * (e.EventType = 'opened')) AS openedAt, max(1000 * e.EventAt * (e.EventType = 'clicked')) AS clickedAt
  FROM event AS e JOIN message AS m ON m.ID = e.messageID WHERE e.EventType IN ('opened', 'clicked') GROUP BY m.ContactID
) AS got WHERE contact.ID = got.ContactID;
