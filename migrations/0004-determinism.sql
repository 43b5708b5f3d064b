-- Where the account's identifiers come from, so that a reset, a restore and a restart go on with the same ones.
ALTER TABLE account ADD COLUMN randomSeed TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN randomTurn INTEGER NOT NULL DEFAULT 0;
