-- What must leave the process: written with what caused it, tried by an alarm of the account's clock.
CREATE TABLE delivery (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,                   -- who delivers it; see src/outbox/delivery.ts
  subject INTEGER NOT NULL,             -- ID of what it is about: of the mail that is forwarded
  target TEXT NOT NULL,                 -- where it goes, '' where its kind knows; those of one target may go together
  payload TEXT NOT NULL,                -- as its kind writes it
  state TEXT NOT NULL DEFAULT 'waiting', -- waiting, done or failed
  tries INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '',       -- why the last try failed
  createdAt INTEGER NOT NULL,           -- ms since 1970
  since INTEGER NOT NULL,               -- when dueAt was set, ms
  dueAt INTEGER                         -- when the next try is due, ms; NULL once it has ended
) STRICT;
CREATE INDEX delivery_due ON delivery (kind, dueAt) WHERE dueAt IS NOT NULL;
CREATE INDEX delivery_subject ON delivery (kind, subject);

-- A mail is forwarded as long as its content is there.
CREATE TRIGGER mailcontent_forwarded AFTER DELETE ON mailcontent BEGIN
  DELETE FROM delivery WHERE kind = 'forward' AND subject = old.mailID;
END;
