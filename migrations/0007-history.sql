-- Values of historic properties: each stays, with its time.
CREATE TABLE contacthistorydata (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  ContactID INTEGER NOT NULL REFERENCES contact (ID),
  CreatedAt TEXT NOT NULL,
  Data TEXT NOT NULL,
  Name TEXT NOT NULL COLLATE NOCASE
) STRICT;
CREATE INDEX contacthistorydata_contact ON contacthistorydata (ContactID, Name, CreatedAt);
CREATE INDEX contacthistorydata_name ON contacthistorydata (Name);

-- A property takes its values along, as a static one does.
CREATE TRIGGER historic_renamed AFTER UPDATE OF Name ON contactmetadata WHEN old.NameSpace = 'historic' BEGIN
  UPDATE contacthistorydata SET Name = new.Name WHERE Name = old.Name;
END;
CREATE TRIGGER historic_removed AFTER DELETE ON contactmetadata WHEN old.NameSpace = 'historic' BEGIN
  DELETE FROM contacthistorydata WHERE Name = old.Name;
END;
