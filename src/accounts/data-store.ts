import type { Account } from './account.ts';

/** A stored file: an upload, or an error file. */
export interface DataFile {
  id: bigint;
  size: number;
  mime: string;
}

const columns = 'ID AS id, size, mime';

/** Begins a file; it is found only once it is finished, unless `isOpen` says that it may be read while it grows. */
export function beginFile(
  account: Account,
  file: {
    owner: 'contactslist' | 'batchjob';
    ownerId: bigint;
    kind: string;
    mime: string;
    isOpen?: boolean;
  },
): bigint {
  const { lastInsertRowid } = account
    .sql(
      'INSERT INTO data (owner, ownerID, kind, mime, CreatedAt, isComplete) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(file.owner, file.ownerId, file.kind, file.mime, account.time(), file.isOpen ? 1 : 0);
  return BigInt(lastInsertRowid);
}

/** Appends bytes to a file. */
export function appendToFile(account: Account, id: bigint, bytes: Buffer): void {
  if (bytes.length === 0) return; // the next chunk would begin at the same offset
  account
    .sql('INSERT INTO chunk (dataID, start, bytes) SELECT ID, size, ? FROM data WHERE ID = ?')
    .run(bytes, id);
  account.sql('UPDATE data SET size = size + ? WHERE ID = ?').run(bytes.length, id);
}

export function finishFile(account: Account, id: bigint): void {
  account.sql('UPDATE data SET isComplete = 1 WHERE ID = ?').run(id);
}

export function removeFile(account: Account, id: bigint): void {
  account.sql('DELETE FROM data WHERE ID = ?').run(id);
}

/** Removes uploads that a stop of the server cut off; unfinished files of jobs go on with their job. */
export function removeUnfinishedUploads(account: Account): void {
  account.sql("DELETE FROM data WHERE isComplete = 0 AND owner = 'contactslist'").run();
}

/** A finished file by its ID. */
export function findFile(account: Account, id: bigint): DataFile | undefined {
  return shaped(account.sql(`SELECT ${columns} FROM data WHERE ID = ? AND isComplete = 1`).get(id));
}

/** The newest file of a kind that belongs to an object. */
export function newestFile(
  account: Account,
  owner: string,
  ownerId: bigint,
  kind: string,
): DataFile | undefined {
  const sql = `SELECT ${columns} FROM data WHERE owner = ? AND ownerID = ? AND kind = ? AND isComplete = 1 ORDER BY ID DESC LIMIT 1`;
  return shaped(account.sql(sql).get(owner, ownerId, kind));
}

/** Up to `length` bytes from `offset`; fewer only at the end. */
export function readFile(account: Account, id: bigint, offset: number, length: number): Buffer {
  const rows = account
    .sql(
      `SELECT start, bytes FROM chunk WHERE dataID = ? AND start < ?
       AND start >= coalesce((SELECT max(start) FROM chunk WHERE dataID = ? AND start <= ?), 0) ORDER BY start`,
    )
    .all(id, offset + length, id, offset) as { start: bigint; bytes: Buffer }[]; // the two columns selected
  const parts = rows.map(({ start, bytes }) => {
    const from = Math.max(0, offset - Number(start));
    return bytes.subarray(from, Math.max(from, offset + length - Number(start)));
  });
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

function shaped(row: unknown): DataFile | undefined {
  if (row === undefined) return undefined;
  const file = row as { id: bigint; size: bigint; mime: string }; // the three columns selected
  return { ...file, size: Number(file.size) };
}
