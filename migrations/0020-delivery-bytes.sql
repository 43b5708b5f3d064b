-- What the bound on bytes of the outbox is measured by: counted as they come and go, so that nobody has to count.
ALTER TABLE account ADD COLUMN deliveryBytes INTEGER NOT NULL DEFAULT 0;

UPDATE account SET deliveryBytes = (SELECT coalesce(sum(octet_length(payload)), 0) FROM delivery);

CREATE TRIGGER delivery_added AFTER INSERT ON delivery BEGIN
  UPDATE account SET deliveryBytes = deliveryBytes + octet_length(new.payload);
END;
CREATE TRIGGER delivery_removed AFTER DELETE ON delivery BEGIN
  UPDATE account SET deliveryBytes = deliveryBytes - octet_length(old.payload);
END;
CREATE TRIGGER delivery_grown AFTER UPDATE OF payload ON delivery BEGIN
  UPDATE account SET deliveryBytes = deliveryBytes + octet_length(new.payload) - octet_length(old.payload);
END;
