-- Uploaded and produced files, in chunks, so that none has to be whole in memory.
CREATE TABLE data (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL,           -- contactslist or batchjob
  ownerID INTEGER NOT NULL,
  kind TEXT NOT NULL,            -- CSVData, CSVError, JSONError, Contacts
  mime TEXT NOT NULL,
  size INTEGER NOT NULL DEFAULT 0,
  CreatedAt TEXT NOT NULL,
  isComplete INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX data_owner ON data (owner, ownerID, kind);

CREATE TABLE chunk (
  dataID INTEGER NOT NULL REFERENCES data (ID) ON DELETE CASCADE,
  start INTEGER NOT NULL,        -- offset of the first byte
  bytes BLOB NOT NULL,
  UNIQUE (dataID, start)
) STRICT;

-- Asynchronous work; csvimport and batchjob are faces of it.
CREATE TABLE job (
  ID INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,            -- csv-import, contact-batch, list-copy
  JobType TEXT NOT NULL DEFAULT 'Unknown',
  Status TEXT NOT NULL,
  Method TEXT NOT NULL DEFAULT 'Unknown',
  RefId INTEGER NOT NULL DEFAULT 0,
  DataID INTEGER NOT NULL DEFAULT 0,
  RequestAt TEXT NOT NULL DEFAULT '',
  JobStart TEXT NOT NULL DEFAULT '',
  JobEnd TEXT NOT NULL DEFAULT '',
  AliveAt TEXT NOT NULL DEFAULT '',
  Count INTEGER NOT NULL DEFAULT 0,
  Current INTEGER NOT NULL DEFAULT 0,
  Errcount INTEGER NOT NULL DEFAULT 0,
  ErrTreshold INTEGER NOT NULL DEFAULT 0,
  ImportOptions TEXT NOT NULL DEFAULT '',
  Blocksize INTEGER NOT NULL DEFAULT 0,
  Throttle INTEGER NOT NULL DEFAULT 0,
  Error TEXT NOT NULL DEFAULT '',
  ErrorFile TEXT NOT NULL DEFAULT '',
  request TEXT NOT NULL DEFAULT '{}',   -- what a kind must remember of its request, JSON
  progress TEXT NOT NULL DEFAULT '{}',  -- where the work stands: written in the same transaction as its rows, JSON
  isWorked INTEGER NOT NULL DEFAULT 1,  -- the work of the present state is done
  since INTEGER NOT NULL DEFAULT 0,     -- when the present state was entered, ms since 1970
  timeline TEXT NOT NULL DEFAULT '[]'   -- states so far with their times, JSON
) STRICT;
CREATE INDEX job_open ON job (ID) WHERE Status NOT IN ('Completed', 'Error', 'Abort');

CREATE VIEW csvimport AS
SELECT ID, AliveAt, RefId AS ContactsListID, Count, Current, DataID, Errcount, ErrTreshold, ImportOptions,
  JobEnd, JobStart, Method, RequestAt, Status
FROM job WHERE kind = 'csv-import';

CREATE VIEW batchjob AS
SELECT job.ID, account.ID AS APIKeyID, Blocksize, Count, Current, DataID, Errcount, ErrTreshold, JobType, Method, RefId,
  Status, Throttle,
  coalesce(CAST(strftime('%s', nullif(AliveAt, '')) AS INTEGER), 0) AS AliveAt,
  coalesce(CAST(strftime('%s', nullif(JobEnd, '')) AS INTEGER), 0) AS JobEnd,
  coalesce(CAST(strftime('%s', nullif(JobStart, '')) AS INTEGER), 0) AS JobStart,
  coalesce(CAST(strftime('%s', nullif(RequestAt, '')) AS INTEGER), 0) AS RequestAt,
  AliveAt AS aliveTime, JobEnd AS endTime, JobStart AS startTime, RequestAt AS requestTime
FROM job, account;
