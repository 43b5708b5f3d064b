-- The URLs that a customer's events are posted to.
CREATE TABLE eventcallback (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  EventType TEXT NOT NULL,
  IsBackup INTEGER NOT NULL DEFAULT 0,
  Status TEXT NOT NULL DEFAULT 'alive', -- alive or dead
  Url TEXT NOT NULL,                    -- with its credentials, where it has some
  Version INTEGER NOT NULL DEFAULT 1,   -- 1: an event a call; 2: grouped
  UNIQUE (EventType, IsBackup)
) STRICT;

CREATE VIEW eventcallbackurl AS SELECT eventcallback.*, account.ID AS APIKeyID FROM eventcallback, account;
