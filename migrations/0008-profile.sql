-- What was made of the account's own row can be changed: its user, the user's profile, and what the user has set.
DROP VIEW user;
CREATE TABLE user (
  ID INTEGER PRIMARY KEY CHECK (ID > 0),
  ACL TEXT NOT NULL DEFAULT '',
  CreatedAt TEXT NOT NULL,
  Email TEXT NOT NULL DEFAULT 'owner@example.com' COLLATE NOCASE,
  FirstIp TEXT NOT NULL DEFAULT '127.0.0.1',
  LastIp TEXT NOT NULL DEFAULT '127.0.0.1',
  LastLoginAt TEXT NOT NULL,
  Locale TEXT NOT NULL DEFAULT 'en_US',
  MaxAllowedAPIKeys INTEGER NOT NULL DEFAULT 5,
  Timezone TEXT NOT NULL DEFAULT 'Europe/Paris',
  Username TEXT NOT NULL DEFAULT 'owner@example.com',
  WarnedRatelimitAt TEXT NOT NULL DEFAULT ''
) STRICT;

DROP VIEW myprofile;
CREATE TABLE myprofile (
  ID INTEGER PRIMARY KEY CHECK (ID > 0),
  AddressCity TEXT NOT NULL DEFAULT '',
  AddressCountry TEXT NOT NULL DEFAULT '',
  AddressPostalCode TEXT NOT NULL DEFAULT '',
  AddressState TEXT NOT NULL DEFAULT '',
  AddressStreet TEXT NOT NULL DEFAULT '',
  BillingEmail TEXT NOT NULL DEFAULT '',
  BirthdayAt TEXT NOT NULL DEFAULT '',
  CompanyName TEXT NOT NULL DEFAULT '',
  CompanyNumOfEmployees TEXT NOT NULL DEFAULT '',
  ContactPhone TEXT NOT NULL DEFAULT '',
  EstimatedVolume INTEGER NOT NULL DEFAULT 0,
  Features TEXT NOT NULL DEFAULT '',
  Firstname TEXT NOT NULL DEFAULT '',
  Industry TEXT NOT NULL DEFAULT '',
  JobTitle TEXT NOT NULL DEFAULT '',
  Lastname TEXT NOT NULL DEFAULT '',
  UserID INTEGER NOT NULL REFERENCES user (ID),
  VAT REAL NOT NULL DEFAULT 0,
  VATNumber TEXT NOT NULL DEFAULT '',
  Website TEXT NOT NULL DEFAULT ''
) STRICT;

-- Nothing of the API sets one.
CREATE TABLE preferences (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  Key TEXT NOT NULL UNIQUE,
  UserID INTEGER NOT NULL REFERENCES user (ID),
  Value TEXT NOT NULL DEFAULT ''
) STRICT;

-- The row is made anew where its secret is taken out of a copy.
CREATE TRIGGER account_made AFTER INSERT ON account BEGIN
  INSERT OR IGNORE INTO user (ID, CreatedAt, LastLoginAt) VALUES (new.UserID, new.CreatedAt, new.CreatedAt);
  INSERT OR IGNORE INTO myprofile (ID, UserID) VALUES (new.UserID, new.UserID);
END;
INSERT INTO user (ID, CreatedAt, LastLoginAt) SELECT UserID, CreatedAt, CreatedAt FROM account;
INSERT INTO myprofile (ID, UserID) SELECT UserID, UserID FROM account;
