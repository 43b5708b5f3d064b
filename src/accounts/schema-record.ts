import type { SchemaRow } from './schema-row.ts';

/** What SQLite says of a file that breaks its format. */
export const malformed = () => new Error('database disk image is malformed');

/**
 * A variable-length integer of SQLite's; its value is exact up to 2^53.
 * @returns the value and where the next byte is
 */
export function readVarint(bytes: Buffer, at: number): [value: number, next: number] {
  let value = 0;
  for (let i = at; i < at + 8; i += 1) {
    const byte = bytes.readUInt8(i);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, i + 1];
  }
  return [value * 256 + bytes.readUInt8(at + 8), at + 9];
}

type Value = string | number | null;

/**
 * Reads a record of `sqlite_schema`: five columns, texts but for the page.
 * @throws Error for any other record
 */
export function readSchemaRecord(record: Buffer, encoding: string): SchemaRow {
  const [headerSize, first] = readVarint(record, 0);
  const values: Value[] = [];
  let body = headerSize;
  for (let at = first; at < headerSize; ) {
    const [kind, next] = readVarint(record, at);
    const size = sizeOf(kind);
    if (body + size > record.length || values.length === 5) throw malformed();
    values.push(readValue(kind, record.subarray(body, body + size), encoding));
    body += size;
    at = next;
  }
  const [type, name, table, root, sql = null] = values;
  if (typeof type !== 'string' || typeof name !== 'string' || typeof table !== 'string')
    throw malformed();
  if (typeof root === 'string' || typeof sql === 'number') throw malformed();
  return { type, name, table, root: root ?? 0, sql };
}

/** Bytes of a value, by its serial type (https://www.sqlite.org/fileformat2.html#record_format). */
function sizeOf(kind: number): number {
  if (kind >= 12) return Math.floor((kind - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][kind] ?? Number.POSITIVE_INFINITY;
}

/** @throws Error for floats and blobs, which a schema has none of, and for texts that break their encoding */
function readValue(kind: number, bytes: Buffer, encoding: string): Value {
  if (kind === 0) return null;
  if (kind === 8 || kind === 9) return kind - 8;
  if (kind <= 5) return bytes.readIntBE(0, bytes.length);
  if (kind === 6) return Number(bytes.readBigInt64BE());
  if (kind < 13 || kind % 2 === 0) throw malformed();
  return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
}
