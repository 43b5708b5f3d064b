-- Segments: which contacts an expression over their properties and activity finds.
CREATE TABLE contactfilter (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  Description TEXT NOT NULL DEFAULT '',
  Expression TEXT NOT NULL,
  Name TEXT NOT NULL,
  Status TEXT NOT NULL DEFAULT 'unused'
) STRICT;
CREATE UNIQUE INDEX contactfilter_name ON contactfilter (Name) WHERE Status <> 'deleted';
