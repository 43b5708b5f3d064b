-- What mails are made of; its properties have the wire's names.
CREATE TABLE template (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  Name TEXT NOT NULL,
  Author TEXT NOT NULL DEFAULT '',
  OwnerId INTEGER NOT NULL DEFAULT 0,
  OwnerType TEXT NOT NULL DEFAULT 'apikey',
  Presets TEXT NOT NULL DEFAULT '{}',
  Categories TEXT NOT NULL DEFAULT '[]',      -- JSON: a list of texts
  Copyright TEXT NOT NULL DEFAULT '',
  Description TEXT NOT NULL DEFAULT '',
  EditMode INTEGER NOT NULL DEFAULT 1,
  IsStarred INTEGER NOT NULL DEFAULT 0,
  IsTextPartGenerationEnabled INTEGER NOT NULL DEFAULT 1,
  Locale TEXT NOT NULL DEFAULT 'en_US',
  LocaleList TEXT NOT NULL DEFAULT '[]',      -- JSON: a list of texts
  Previews TEXT NOT NULL DEFAULT '[]',        -- JSON: always empty
  Purposes TEXT NOT NULL DEFAULT '[]',        -- JSON: a list of texts
  CreatedAt TEXT NOT NULL,
  LastUpdatedAt TEXT NOT NULL,
  UNIQUE (OwnerType, Name)
) STRICT;

-- What detailcontent holds; a template without a row has none yet.
CREATE TABLE templatecontent (
  templateID INTEGER PRIMARY KEY REFERENCES template (ID) ON DELETE CASCADE,
  text TEXT,
  html TEXT,
  mjml TEXT,                                  -- JSON: a text or a tree
  headers TEXT NOT NULL DEFAULT '{}'          -- JSON: an object
) STRICT;
