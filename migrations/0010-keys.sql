-- Keys that a master key made: each opens an account of its own, which knows its master.
ALTER TABLE account ADD COLUMN ACL TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN IsActive INTEGER NOT NULL DEFAULT 1;
ALTER TABLE account ADD COLUMN masterKey TEXT NOT NULL DEFAULT '';

CREATE TABLE subkey (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  ACL TEXT NOT NULL DEFAULT '',
  APIKey TEXT NOT NULL UNIQUE,
  CreatedAt TEXT NOT NULL,
  IsActive INTEGER NOT NULL DEFAULT 1,
  Name TEXT NOT NULL,
  SecretKey TEXT NOT NULL
) STRICT;

DROP VIEW apikey;
CREATE VIEW apikey AS
SELECT ID, ACL, APIKey, CreatedAt, IsActive, masterKey = '' AS IsMaster, Name, 0 AS QuarantineValue, 0 AS RegionID,
  'Normal' AS Runlevel, SecretKey, 1 AS Skipspamd, 'r.mailjet.com' AS TrackHost, UserID
FROM account
UNION ALL
SELECT s.ID, s.ACL, s.APIKey, s.CreatedAt, s.IsActive, 0, s.Name, 0, 0, 'Normal', s.SecretKey, 1, 'r.mailjet.com', account.UserID
FROM subkey AS s, account;

CREATE TRIGGER apikey_changed INSTEAD OF UPDATE ON apikey BEGIN
  UPDATE account SET ACL = new.ACL, IsActive = new.IsActive, Name = new.Name WHERE ID = old.ID AND APIKey = old.APIKey;
  UPDATE subkey SET ACL = new.ACL, IsActive = new.IsActive, Name = new.Name WHERE ID = old.ID AND APIKey = old.APIKey;
END;
