-- Since when a URL takes nothing, ms since 1970; 0 while it does. All rows of one URL say the same.
ALTER TABLE eventcallback ADD COLUMN failingSince INTEGER NOT NULL DEFAULT 0;
-- The view was made with the columns of its time.
DROP VIEW eventcallbackurl;
-- Production declares its last seven columns, and shows them in no answer that was recorded.
CREATE VIEW eventcallbackurl AS SELECT eventcallback.*, account.ID AS APIKeyID,
  NULL AS AccountID, NULL AS ProjectID, NULL AS QueueName, NULL AS Region, NULL AS Resource, NULL AS SharedAccessSignature, NULL AS Topic
FROM eventcallback, account;

-- The oldest delivery that waits for each target.
CREATE INDEX delivery_line ON delivery (kind, target, ID) WHERE dueAt IS NOT NULL;
