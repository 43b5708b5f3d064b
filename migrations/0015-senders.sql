-- Who may send: addresses and whole domains (`*@example.com`), and the records that prove a domain. Until now one row was made up.
DROP VIEW sender;
CREATE TABLE sender (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  CreatedAt TEXT NOT NULL,
  DNSID INTEGER NOT NULL,               -- -1 where there is none
  Email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  EmailType TEXT NOT NULL DEFAULT 'unknown',
  Filename TEXT NOT NULL DEFAULT '',
  IsDefaultSender INTEGER NOT NULL DEFAULT 0,
  Name TEXT NOT NULL DEFAULT '',
  Status TEXT NOT NULL                  -- Active, Inactive or Deleted
) STRICT;
CREATE INDEX sender_default ON sender (IsDefaultSender DESC, ID) WHERE Status <> 'Deleted';
CREATE INDEX sender_dns ON sender (DNSID);

CREATE TABLE domain (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  Domain TEXT NOT NULL UNIQUE COLLATE NOCASE,
  DKIMKey TEXT NOT NULL,
  DKIMStatus TEXT NOT NULL DEFAULT 'Not Checked',
  LastCheckAt TEXT NOT NULL DEFAULT '',
  OwnerShipToken TEXT NOT NULL,
  SPFStatus TEXT NOT NULL DEFAULT 'Not Checked'
) STRICT;
CREATE VIEW dns AS
SELECT ID, 'mailjet._domainkey.' || Domain || '.' AS DKIMRecordName, 'k=rsa; p=' || DKIMKey AS DKIMRecordValue, DKIMStatus,
  Domain, 0 AS IsCheckInProgress, LastCheckAt, OwnerShipToken,
  'mailjet._' || substr(OwnerShipToken, 1, 8) || '.' || Domain || '.' AS OwnerShipTokenRecordName,
  'v=spf1 include:spf.mailjet.com ?all' AS SPFRecordValue, SPFStatus
FROM domain;

CREATE TABLE metasender (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  CreatedAt TEXT NOT NULL,
  Description TEXT NOT NULL DEFAULT '',
  Email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  Filename TEXT NOT NULL,
  IsEnabled INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The row that was made up until now, of accounts that are there already.
INSERT INTO sender (ID, CreatedAt, DNSID, Email, IsDefaultSender, Name, Status)
SELECT ID, CreatedAt, -1, 'owner@example.com', 1, 'Default', 'Active' FROM account;
