import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { malformed, readSchemaRecord, readVarint } from './schema-record.ts';
import type { Schema, SchemaRow } from './schema-row.ts';

/** The bytes of a database file, wherever they are. */
interface Source {
  size: number;
  /** Throws behind the end. */
  read(at: number, length: number): Buffer;
}

interface Layout {
  source: Source;
  pageSize: number;
  /** Bytes of a page that hold content. */
  usable: number;
  encoding: string;
}

/** Our own schema has some forty rows on four pages; statistics of `ANALYZE` fit as well. */
const mostPages = 64;
const mostRows = 200;
const longestRow = 65_536;

const encodings = ['utf-8', 'utf-8', 'utf-16le', 'utf-16be'];

/** As `readSchemaPages`, out of bytes in memory. */
export function schemaOfBytes(bytes: Buffer): Schema {
  return readSchemaPages({ size: bytes.length, read: (at, length) => exact(bytes, at, length) });
}

/** As `readSchemaPages`, out of a file; what a log beside it would change is not seen. */
export function schemaOfFile(path: string): Schema {
  const file = openSync(path, 'r');
  try {
    return readSchemaPages({
      size: fstatSync(file).size,
      read(at, length) {
        const bytes = Buffer.alloc(length);
        if (readSync(file, bytes, 0, length, at) < length) throw malformed();
        return bytes;
      },
    });
  } finally {
    closeSync(file);
  }
}

/**
 * Reads what a database file says of its structure straight from its pages, without SQLite: not even its parser
 * sees what a stranger wrote. The work is bounded, whatever the file is like.
 * @throws Error in SQLite's words when the bytes are no database, or one whose schema is far larger than ours
 */
function readSchemaPages(source: Source): Schema {
  if (source.size === 0) return { version: 0, rows: [] };
  if (source.size < 512) throw new Error('file is not a database');
  const header = source.read(0, 100);
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
    throw new Error('file is not a database');
  const size = header.readUInt16BE(16);
  const pageSize = size === 1 ? 65_536 : size;
  const usable = pageSize - header.readUInt8(20);
  const encoding = encodings[header.readUInt32BE(56)];
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0 || usable < 480) throw malformed();
  if (encoding === undefined) throw malformed();
  const layout: Layout = { source, pageSize, usable, encoding };
  try {
    const rows: SchemaRow[] = [];
    walk(layout, 1, (page, at) => {
      if (rows.length >= mostRows) throw tooLarge();
      rows.push(readSchemaRecord(payload(layout, page, at), encoding));
    });
    for (const { name, root } of rows) {
      // statistics are read whole when SQLite opens the file, so they must be few
      if (name.startsWith('sqlite_stat')) walk(layout, root, () => undefined);
    }
    return { version: header.readInt32BE(60), rows };
  } catch (error) {
    // a number that leads out of a page, or a text in no encoding
    throw error instanceof RangeError || error instanceof TypeError ? malformed() : error;
  }
}

const tooLarge = () => new Error('it is no account of Mockjet: its schema is too large');

/** Visits the cells of a table's leaves in their order. @throws Error when it has too many pages, or runs in circles */
function walk(layout: Layout, root: number, visit: (page: Buffer, at: number) => void): void {
  const waiting = [root];
  for (let visited = 0; waiting.length > 0; visited += 1) {
    if (visited >= mostPages) throw tooLarge();
    const number = waiting.pop() ?? 0;
    const page = pageOf(layout, number);
    const header = number === 1 ? 100 : 0;
    const kind = page.readUInt8(header);
    if (kind !== 5 && kind !== 13) throw malformed(); // an inner page or a leaf of a table
    const pointers = header + (kind === 5 ? 12 : 8);
    const cells = Array.from({ length: page.readUInt16BE(header + 3) }, (_, i) =>
      page.readUInt16BE(pointers + 2 * i),
    );
    if (kind === 13) for (const at of cells) visit(page, at);
    else {
      const children = cells.map((at) => page.readUInt32BE(at));
      waiting.push(page.readUInt32BE(header + 8), ...children.reverse());
    }
  }
}

/** The content of a leaf's cell, with what did not fit into its page. */
function payload(layout: Layout, page: Buffer, at: number): Buffer {
  const { usable } = layout;
  const [size, afterSize] = readVarint(page, at);
  if (size > longestRow) throw tooLarge();
  const [, start] = readVarint(page, afterSize); // the row's ID
  const most = usable - 35;
  if (size <= most) return exact(page, start, size);
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const filled = least + ((size - least) % (usable - 4));
  const local = filled <= most ? filled : least;
  const parts = [exact(page, start, local)];
  let next = page.readUInt32BE(start + local);
  for (let rest = size - local; rest > 0; rest -= usable - 4) {
    const overflow = pageOf(layout, next);
    parts.push(overflow.subarray(4, 4 + Math.min(rest, usable - 4)));
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

function pageOf({ source, pageSize, usable }: Layout, number: number): Buffer {
  if (number < 1) throw malformed();
  return source.read((number - 1) * pageSize, pageSize).subarray(0, usable);
}

function exact(bytes: Buffer, at: number, length: number): Buffer {
  const part = bytes.subarray(at, at + length);
  if (part.length < length) throw malformed();
  return part;
}
