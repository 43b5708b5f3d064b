-- What the bounds on mail are measured by: counted as it comes and goes, so that nobody has to count.
ALTER TABLE account ADD COLUMN mailContents INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN mailBytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN messageCount INTEGER NOT NULL DEFAULT 0;

UPDATE account SET mailContents = (SELECT count(*) FROM mailcontent),
  mailBytes = (SELECT coalesce(sum(size), 0) FROM mailcontent), messageCount = (SELECT count(*) FROM message);

CREATE TRIGGER mailcontent_added AFTER INSERT ON mailcontent BEGIN
  UPDATE account SET mailContents = mailContents + 1, mailBytes = mailBytes + new.size;
END;
CREATE TRIGGER mailcontent_removed AFTER DELETE ON mailcontent BEGIN
  UPDATE account SET mailContents = mailContents - 1, mailBytes = mailBytes - old.size;
END;
CREATE TRIGGER message_added AFTER INSERT ON message BEGIN
  UPDATE account SET messageCount = messageCount + 1;
END;
CREATE TRIGGER message_removed AFTER DELETE ON message BEGIN
  UPDATE account SET messageCount = messageCount - 1;
END;
