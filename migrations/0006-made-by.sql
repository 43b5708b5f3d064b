-- How the account came to be: 'configured', 'control', or '' on the fly. With a pair configured the last do not get in.
ALTER TABLE account ADD COLUMN madeBy TEXT NOT NULL DEFAULT '';
