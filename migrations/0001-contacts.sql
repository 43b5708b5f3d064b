-- Columns that the wire knows have its names (PascalCase); the others are ours (camelCase).
-- Times are RFC 3339 text in UTC with whole seconds, '' when unset, as on the wire.

-- The one row of what the account itself is.
CREATE TABLE account (
  ID INTEGER PRIMARY KEY CHECK (ID > 0),
  APIKey TEXT NOT NULL,
  SecretKey TEXT NOT NULL,
  Name TEXT NOT NULL DEFAULT '',
  UserID INTEGER NOT NULL,
  CreatedAt TEXT NOT NULL
) STRICT;

CREATE TABLE contact (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  Email TEXT NOT NULL COLLATE NOCASE UNIQUE,
  Name TEXT NOT NULL DEFAULT '',
  CreatedAt TEXT NOT NULL,
  DeliveredCount INTEGER NOT NULL DEFAULT 0,
  ExclusionFromCampaignsUpdatedAt TEXT NOT NULL DEFAULT '',
  IsExcludedFromCampaigns INTEGER NOT NULL DEFAULT 0,
  IsOptInPending INTEGER NOT NULL DEFAULT 0,
  IsSpamComplaining INTEGER NOT NULL DEFAULT 0,
  LastActivityAt TEXT NOT NULL DEFAULT '',
  LastUpdateAt TEXT NOT NULL DEFAULT '',
  UnsubscribedAt TEXT NOT NULL DEFAULT '',
  UnsubscribedBy TEXT NOT NULL DEFAULT '',
  -- values of contact properties: {"<contactmetadata ID>": "<text>"}; an ID that is gone is no property any more
  properties TEXT NOT NULL DEFAULT '{}',
  -- when DELETE /v4/contacts made the contact anonymous
  anonymizedAt TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE contactslist (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  Address TEXT NOT NULL COLLATE NOCASE UNIQUE,
  CreatedAt TEXT NOT NULL,
  IsDeleted INTEGER NOT NULL DEFAULT 0,
  Name TEXT NOT NULL,
  -- members that are not unsubscribed; kept by the triggers below
  SubscriberCount INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX contactslist_name ON contactslist (Name) WHERE IsDeleted = 0;

CREATE TABLE listrecipient (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  ContactID INTEGER NOT NULL REFERENCES contact (ID),
  ListID INTEGER NOT NULL REFERENCES contactslist (ID),
  IsActive INTEGER NOT NULL DEFAULT 1,
  IsUnsubscribed INTEGER NOT NULL DEFAULT 0,
  SubscribedAt TEXT NOT NULL,
  UnsubscribedAt TEXT NOT NULL DEFAULT '',
  UNIQUE (ContactID, ListID)
) STRICT;
CREATE INDEX listrecipient_contacts ON listrecipient (ListID, ContactID);
CREATE INDEX listrecipient_list ON listrecipient (ListID);

CREATE TRIGGER listrecipient_added AFTER INSERT ON listrecipient WHEN new.IsUnsubscribed = 0 BEGIN
  UPDATE contactslist SET SubscriberCount = SubscriberCount + 1 WHERE ID = new.ListID;
END;
CREATE TRIGGER listrecipient_removed AFTER DELETE ON listrecipient WHEN old.IsUnsubscribed = 0 BEGIN
  UPDATE contactslist SET SubscriberCount = SubscriberCount - 1 WHERE ID = old.ListID;
END;
CREATE TRIGGER listrecipient_changed AFTER UPDATE OF IsUnsubscribed, ListID ON listrecipient
WHEN new.IsUnsubscribed <> old.IsUnsubscribed OR new.ListID <> old.ListID BEGIN
  UPDATE contactslist SET SubscriberCount = SubscriberCount - (old.IsUnsubscribed = 0) WHERE ID = old.ListID;
  UPDATE contactslist SET SubscriberCount = SubscriberCount + (new.IsUnsubscribed = 0) WHERE ID = new.ListID;
END;

-- What the wire shows of a subscription: also the list's name and what filters ask of list and contact.
CREATE VIEW subscription AS
SELECT r.ID, r.ContactID, r.ListID, r.IsActive, r.IsUnsubscribed, r.SubscribedAt, r.UnsubscribedAt,
  l.Name AS ListName, l.IsDeleted AS listIsDeleted,
  c.Email AS contactEmail, c.IsExcludedFromCampaigns AS contactIsExcluded, c.LastActivityAt AS contactLastActivityAt
FROM listrecipient AS r
JOIN contactslist AS l ON l.ID = r.ListID
JOIN contact AS c ON c.ID = r.ContactID;

CREATE TABLE contactmetadata (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  Datatype TEXT NOT NULL,
  Name TEXT NOT NULL COLLATE NOCASE,
  NameSpace TEXT NOT NULL COLLATE NOCASE,
  UNIQUE (NameSpace, Name)
) STRICT;

-- A contact with the values of its properties.
CREATE VIEW contactdata AS
SELECT ID, ID AS ContactID, properties AS Data, '' AS MethodCollection, Email, DeliveredCount, CreatedAt,
  IsExcludedFromCampaigns, UnsubscribedAt, LastActivityAt, anonymizedAt
FROM contact;
