import Sqlite from 'better-sqlite3';

/** An expression that can't be evaluated without it being heard of: SQLite then says "integer overflow". */
const boom = 'abs(-9223372036854775807 - 1) > 0';

/** Makes another database out of the bytes of one; `writable_schema` reaches what no statement can write. */
export function altered(bytes: Buffer, ...statements: string[]): Buffer {
  const inFile = Buffer.from(bytes);
  // without the write-ahead log, which a database in memory can't have
  inFile.fill(1, 18, 20);
  const db = new Sqlite(inFile);
  db.unsafeMode(true);
  db.pragma('foreign_keys = OFF');
  for (const sql of statements) db.exec(sql);
  const result = db.serialize();
  db.close();
  return result;
}

const byHand = (sql: string) => [
  'PRAGMA writable_schema = ON',
  sql,
  'PRAGMA writable_schema = RESET',
];
const replaced = (from: string, to: string, name = 'contact') =>
  byHand(
    `UPDATE sqlite_schema SET sql = replace(sql, '${from.replaceAll("'", "''")}', '${to.replaceAll("'", "''")}') WHERE name = '${name}'`,
  );

/** What a file may bring that is not ours, and the statements that put it there. */
export const foreignSchemas: [what: string, statements: string[]][] = [
  [
    'a trigger on the row that is claimed',
    [`CREATE TRIGGER evil AFTER UPDATE ON account BEGIN SELECT ${boom}; END`],
  ],
  [
    'a trigger with a name that only looks like SQLite’s',
    [`CREATE TRIGGER sqliteevil AFTER INSERT ON contact BEGIN SELECT ${boom}; END`],
  ],
  [
    'a trigger that a restart would run',
    [
      `CREATE TRIGGER sqliteevil AFTER DELETE ON data BEGIN SELECT ${boom}; END`,
      "INSERT INTO data (owner, ownerID, kind, mime, CreatedAt) VALUES ('contactslist', 1, 'CSVData', 'text/csv', '')",
    ],
  ],
  ['a table with such a name', ['CREATE TABLE sqliteevil (x)']],
  ['a name in other letters', ['CREATE TABLE "SQLiteˍevil" (x)']],
  [
    'a name that SQLite keeps for itself',
    [
      'CREATE TABLE evil (x)',
      ...byHand(
        "UPDATE sqlite_schema SET name = 'sqlite_evil', tbl_name = 'sqlite_evil', sql = 'CREATE TABLE sqlite_evil (x)' WHERE name = 'evil'",
      ),
    ],
  ],
  [
    'an index that is called as SQLite calls its own',
    [
      'CREATE INDEX evil ON contact (Name) WHERE ID > 7',
      ...byHand(
        `UPDATE sqlite_schema SET name = 'sqlite_autoindex_contact_2', sql = 'CREATE INDEX sqlite_autoindex_contact_2 ON contact (Name) WHERE ${boom}' WHERE name = 'evil'`,
      ),
    ],
  ],
  [
    'statistics with a column of their own',
    ['ANALYZE', ...replaced('(tbl,idx,stat)', `(tbl,idx,stat AS (${boom}))`, 'sqlite_stat1')],
  ],
  [
    'a view in the place of a table',
    [
      'ALTER TABLE account RENAME TO a2',
      `CREATE VIEW account AS SELECT *, ${boom} FROM a2 WHERE ${boom}`,
    ],
  ],
  [
    'a view of ours that does more',
    ['DROP VIEW contactdata', `CREATE VIEW contactdata AS SELECT * FROM contact WHERE ${boom}`],
  ],
  [
    'a generated column',
    [
      'ALTER TABLE account ADD COLUMN x INTEGER AS (ID + 7)',
      ...replaced('ID + 7', boom, 'account'),
    ],
  ],
  ['a check', replaced('CHECK (ID > 0)', `CHECK (${boom})`, 'account')],
  ['a check in a comment’s clothes', replaced('STRICT', 'STRICT /* ours */', 'contact')],
  ['a default', replaced("Name TEXT NOT NULL DEFAULT ''", `Name TEXT NOT NULL DEFAULT (${boom})`)],
  ['a collation', replaced('COLLATE NOCASE', 'COLLATE evil')],
  [
    'an index on an expression',
    ['CREATE INDEX evil ON account (ID + 7)', ...replaced('ID + 7', boom, 'evil')],
  ],
  [
    'a partial index',
    ['CREATE INDEX evil ON contact (Name) WHERE ID > 7', ...replaced('ID > 7', boom, 'evil')],
  ],
  ['a virtual table', ['CREATE VIRTUAL TABLE evil USING fts5 (x)']],
  [
    'a trigger in capitals',
    ['CREATE TRIGGER Listrecipient_Added2 AFTER INSERT ON job BEGIN SELECT 1; END'],
  ],
  [
    'a row of the schema twice',
    byHand("INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'subscription'"),
  ],
  [
    'two tables on one page',
    byHand(
      "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'job') WHERE name = 'contact'",
    ),
  ],
  [
    'a table on the schema’s own page',
    byHand("UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'contact'"),
  ],
  [
    'a name with a blob’s type',
    byHand("UPDATE sqlite_schema SET name = CAST(name AS BLOB) WHERE name = 'job_open'"),
  ],
  [
    'a name with an end in its middle',
    byHand("UPDATE sqlite_schema SET name = name || char(0) || 'x' WHERE name = 'job_open'"),
  ],
  [
    'a schema of a megabyte in one row',
    byHand(
      "INSERT INTO sqlite_schema SELECT type, 'evil', tbl_name, rootpage, sql || printf('%1000000c', ' ') FROM sqlite_schema WHERE name = 'subscription'",
    ),
  ],
  [
    'a schema of many thousand rows',
    byHand(
      "INSERT INTO sqlite_schema WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT 'view', 'v' || i, 'v' || i, 0, 'CREATE VIEW v' || i || ' AS SELECT 1' FROM n",
    ),
  ],
  [
    'statistics without end',
    [
      'ANALYZE',
      "INSERT INTO sqlite_stat1 WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT 'contact', NULL, '1' FROM n",
    ],
  ],
  ['an older version than it is', ['PRAGMA user_version = 3']],
  ['a version below zero', ['PRAGMA user_version = -1']],
  [
    'an older version, with a trigger',
    [
      'ALTER TABLE account DROP COLUMN randomTurn',
      'ALTER TABLE account DROP COLUMN randomSeed',
      'PRAGMA user_version = 3',
      `CREATE TRIGGER evil AFTER UPDATE ON account BEGIN SELECT ${boom}; END`,
    ],
  ],
];
