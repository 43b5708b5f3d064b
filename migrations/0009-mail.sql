-- What somebody sent, once, whoever the recipients are. It stays as long as its content or a message of it.
CREATE TABLE mail (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,                  -- ms since 1970
  source TEXT NOT NULL,                 -- v3.1, v3 or smtp
  requestGuid TEXT NOT NULL,            -- X-Mj-Request-Guid of the answer
  isSandbox INTEGER NOT NULL,
  FromEmail TEXT NOT NULL,
  FromName TEXT NOT NULL,
  recipients TEXT NOT NULL,             -- JSON: [{"kind":"to","email":"...","name":"..."}]
  Subject TEXT NOT NULL,
  CustomID TEXT NOT NULL,
  EventPayload TEXT NOT NULL,
  CustomCampaign TEXT NOT NULL,
  AttachmentCount INTEGER NOT NULL,
  MessageSize INTEGER NOT NULL,         -- bytes of parts and attachments
  IsHTMLPartIncluded INTEGER NOT NULL,
  IsTextPartIncluded INTEGER NOT NULL,
  IsOpenTracked INTEGER NOT NULL,
  IsClickTracked INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_customID ON mail (CustomID) WHERE CustomID <> '';

-- What the inbox shows of a mail.
CREATE TABLE mailcontent (
  mailID INTEGER PRIMARY KEY REFERENCES mail (ID) ON DELETE CASCADE,
  size INTEGER NOT NULL,                -- bytes that it takes here, attachments included
  text TEXT NOT NULL,
  html TEXT NOT NULL,
  details TEXT NOT NULL,                -- JSON: what else the sender said, and warnings; see src/mail/details.ts
  raw BLOB                              -- the bytes that came by SMTP
) STRICT;

CREATE TABLE attachment (
  mailID INTEGER NOT NULL REFERENCES mailcontent (mailID) ON DELETE CASCADE,
  number INTEGER NOT NULL,              -- its place in the mail, from 0
  filename TEXT NOT NULL,
  contentType TEXT NOT NULL,
  contentId TEXT NOT NULL,
  isInline INTEGER NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (mailID, number)
) STRICT;

-- What one recipient gets.
CREATE TABLE message (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  mailID INTEGER NOT NULL REFERENCES mail (ID),
  kind TEXT NOT NULL,                   -- to, cc or bcc
  email TEXT NOT NULL COLLATE NOCASE,   -- as it was given
  UUID TEXT NOT NULL,
  ContactID INTEGER NOT NULL,
  CampaignID INTEGER NOT NULL,          -- 0 where there is none
  SenderID INTEGER NOT NULL,
  DestinationID INTEGER NOT NULL,
  ArrivedAt TEXT NOT NULL,
  Status TEXT NOT NULL,
  StateID INTEGER NOT NULL DEFAULT 0,   -- 0 where there is none
  StatePermanent INTEGER NOT NULL DEFAULT 0,
  AttemptCount INTEGER NOT NULL DEFAULT 0,
  plan TEXT NOT NULL,                   -- JSON: the steps still to come; '' to be sent and nothing more; see src/mail/plan.ts
  since INTEGER NOT NULL,               -- when the present status was entered, ms
  dueAt INTEGER                         -- when the next step is due, ms; NULL at the end of its life
) STRICT;
CREATE INDEX message_mail ON message (mailID);
CREATE INDEX message_contact ON message (ContactID);
CREATE INDEX message_campaign ON message (CampaignID, ContactID) WHERE CampaignID <> 0;
CREATE INDEX message_due ON message (dueAt) WHERE dueAt IS NOT NULL;

-- What happened to a message.
CREATE TABLE event (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  messageID INTEGER NOT NULL REFERENCES message (ID) ON DELETE CASCADE,
  EventType TEXT NOT NULL,              -- as messagehistory names it
  EventAt INTEGER NOT NULL,             -- seconds since 1970
  Comment TEXT NOT NULL DEFAULT '',
  StateID INTEGER NOT NULL DEFAULT 0,
  isPermanent INTEGER NOT NULL DEFAULT 0,
  Useragent TEXT NOT NULL DEFAULT '',
  UseragentID INTEGER NOT NULL DEFAULT 0,
  url TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX event_message ON event (messageID);

CREATE TABLE campaign (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  CampaignType INTEGER NOT NULL,
  CreatedAt TEXT NOT NULL,
  CustomValue TEXT NOT NULL UNIQUE,
  FirstMessageID INTEGER NOT NULL,
  FromEmail TEXT NOT NULL,
  FromID INTEGER NOT NULL,
  FromName TEXT NOT NULL,
  HasHtmlCount INTEGER NOT NULL DEFAULT 0,
  HasTxtCount INTEGER NOT NULL DEFAULT 0,
  IsDeleted INTEGER NOT NULL DEFAULT 0,
  IsStarred INTEGER NOT NULL DEFAULT 0,
  ListID INTEGER NOT NULL DEFAULT 0,
  NewsLetterID INTEGER NOT NULL DEFAULT 0,
  ClickTracked INTEGER NOT NULL DEFAULT 0,
  OpenTracked INTEGER NOT NULL DEFAULT 0,
  SegmentationID INTEGER NOT NULL DEFAULT 0,
  SendEndAt TEXT NOT NULL DEFAULT '',
  SendStartAt TEXT NOT NULL DEFAULT '',
  SpamassScore INTEGER NOT NULL DEFAULT 0,
  Status INTEGER NOT NULL DEFAULT 0,
  Subject TEXT NOT NULL,
  UnsubscribeTrackedCount INTEGER NOT NULL DEFAULT 0,
  WorkflowID INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX campaign_createdAt ON campaign (CreatedAt);

-- Rules by which a test chooses what becomes of messages.
CREATE TABLE outcome (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  rule TEXT NOT NULL,                   -- JSON; see src/mail/outcome-rules.ts
  until INTEGER,                        -- ms since 1970; NULL without end
  seen INTEGER NOT NULL DEFAULT 0,      -- messages that matched
  hits INTEGER NOT NULL DEFAULT 0       -- messages that it was applied to
) STRICT;

-- How much the bounds have taken away, for control to tell.
ALTER TABLE account ADD COLUMN droppedMails INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN droppedMessages INTEGER NOT NULL DEFAULT 0;

-- Why a message did not arrive (documented: the 21 of them; RelatedTo as webhooks tell it).
CREATE VIEW messagestate (ID, RelatedTo, State) AS VALUES
  (1, 'recipient', 'user unknown'), (2, 'recipient', 'mailbox inactive'), (3, 'recipient', 'quota exceeded'),
  (4, 'domain', 'invalid domain'), (5, 'domain', 'no mail host'), (6, 'domain', 'relay/access denied'),
  (7, 'spam', 'sender blocked'), (8, 'spam', 'content blocked'), (9, 'spam', 'policy issue'),
  (10, 'system', 'system issue'), (11, 'system', 'protocol issue'), (12, 'system', 'connection issue'),
  (13, 'domain', 'greylisted'), (14, 'mailjet', 'preblocked'), (15, 'mailjet', 'duplicate in campaign'),
  (16, 'mailjet', 'spam preblocked'), (17, 'content', 'bad or empty template'),
  (18, 'content', 'error in template language'), (19, 'domain', 'typofix'), (20, 'recipient', 'blacklisted'),
  (21, 'recipient', 'spam reporter');

-- A message with what the wire shows of its mail.
CREATE VIEW sentmessage AS
SELECT m.ID, m.ArrivedAt, mail.AttachmentCount, m.AttemptCount, m.CampaignID, m.ContactID, m.email AS ContactAlt,
  mail.CustomID, m.DestinationID, m.SenderID AS FromID, m.SenderID, mail.IsClickTracked, mail.IsHTMLPartIncluded,
  mail.IsOpenTracked, mail.IsTextPartIncluded, 0 AS IsUnsubTracked, mail.MessageSize, m.StateID, m.StatePermanent, m.Status,
  mail.Subject, m.UUID, 0 AS Delay, 0 AS FilterTime, 0 AS SpamassassinScore, '' AS SpamassRules, mail.FromEmail AS fromEmail
FROM message AS m JOIN mail ON mail.ID = m.mailID;

CREATE VIEW messagehistory AS
SELECT event.ID, event.messageID, event.Comment, event.EventAt, event.EventType, coalesce(messagestate.State, '') AS State,
  '' AS Useragent, event.UseragentID
FROM event LEFT JOIN messagestate ON messagestate.ID = event.StateID;

CREATE VIEW messageinformation AS
SELECT m.ID, m.CampaignID, mail.IsClickTracked AS ClickTrackedCount, m.ContactID, m.ArrivedAt AS CreatedAt, mail.MessageSize,
  mail.IsOpenTracked AS OpenTrackedCount, m.Status = 'queued' AS QueuedCount,
  CASE WHEN m.Status = 'queued' THEN '' ELSE strftime('%Y-%m-%dT%H:%M:%SZ', m.since / 1000, 'unixepoch') END AS SendEndAt,
  m.Status IN ('sent', 'opened', 'clicked', 'spam', 'unsub') AS SentCount, 0 AS SpamAssassinScore, '' AS SpamAssassinRules,
  m.Status, m.SenderID, mail.FromEmail AS fromEmail, c.CustomValue AS customCampaign, coalesce(c.CampaignType, 1) AS campaignType,
  coalesce(c.Status, 0) AS campaignStatus, coalesce(c.ListID, 0) AS listID, coalesce(c.IsDeleted, 0) AS isDeleted,
  coalesce(c.IsStarred, 0) AS isStarred, coalesce(c.NewsLetterID, 0) AS newsLetterID
FROM message AS m JOIN mail ON mail.ID = m.mailID LEFT JOIN campaign AS c ON c.ID = m.CampaignID;
