-- Requests to get onto a list, as a form of a web page makes them. Times are Unix seconds, 0 when unset, as on the wire.
CREATE TABLE signup (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  ConfirmAt INTEGER NOT NULL DEFAULT 0,
  ConfirmIp TEXT NOT NULL DEFAULT '',
  ContactID INTEGER REFERENCES contact (ID),
  Email TEXT NOT NULL COLLATE NOCASE,
  ListID INTEGER NOT NULL REFERENCES contactslist (ID),
  SignupAt INTEGER NOT NULL,
  SignupIp TEXT NOT NULL DEFAULT '',
  SignupKey TEXT NOT NULL DEFAULT '',
  Source TEXT NOT NULL,
  SourceId INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX signup_contact ON signup (ContactID);
CREATE INDEX signup_list ON signup (ListID);

CREATE VIEW contactslistsignup AS
SELECT signup.*, 0 AS ConsentID, '' AS Properties, '' AS ValidationResponse, account.ID AS apiKeyID FROM signup, account;
