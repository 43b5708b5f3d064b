import { Buffer, isUtf8 } from 'node:buffer';

/** How a CSV file is written, decided once for the whole file. */
export interface CsvFormat {
  separator: ',' | ';' | '\t';
  /** What stands before a quote inside quotes. */
  escape: '"' | '\\';
  encoding: 'utf8' | 'latin1';
  /** Offset of the first record: 3 after a UTF-8 byte order mark, else 0. */
  start: number;
}

/** Takes a file in slices and tells its format at the end. */
export interface FormatDetector {
  feed(chunk: Buffer): void;
  result(): CsvFormat;
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** The header line is looked for in so many bytes. */
const HEAD_BYTES = 65_536;

/**
 * Detects the format of a CSV file that is fed slice by slice, in order, each byte once.
 *
 * Documented: comma. Assumed for the rest: `;` or tab when the header line has no comma outside
 * quotes; Latin-1 when the file is not valid UTF-8; a backslash as escape only if a record cannot be
 * read with doubled quotes and has a `\"` that the doubled form does not explain (a production
 * client writes such files).
 *
 * @returns the detector; `result` may be asked for once all is fed, an empty file included
 */
export function createFormatDetector(): FormatDetector {
  const escapes = createEscapeDetector();
  const encoding = createEncodingDetector();
  let head: Buffer = Buffer.alloc(0);
  let separator: CsvFormat['separator'] | undefined;

  function decide(): CsvFormat['separator'] {
    separator = detectSeparator(head);
    escapes.feed(head.subarray(startOf(head)), separator.charCodeAt(0));
    return separator;
  }

  return {
    feed(chunk) {
      encoding.feed(chunk);
      if (separator !== undefined) {
        escapes.feed(chunk, separator.charCodeAt(0));
        return;
      }
      head = Buffer.concat([head, chunk]);
      if (head.length >= HEAD_BYTES) decide();
    },
    result() {
      return {
        separator: separator ?? decide(),
        escape: escapes.backslash() ? '\\' : '"',
        encoding: encoding.utf8() ? 'utf8' : 'latin1',
        start: startOf(head),
      };
    },
  };
}

function startOf(head: Buffer): number {
  return head.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0;
}

function detectSeparator(head: Buffer): CsvFormat['separator'] {
  const text = head.toString('latin1', startOf(head), HEAD_BYTES);
  const header = /[^\r\n]+/.exec(text)?.[0] ?? '';
  const bare = header.replace(/"[^"]*"/g, '');
  if (bare.includes(',')) return ',';
  if (bare.includes(';')) return ';';
  return bare.includes('\t') ? '\t' : ',';
}

function createEncodingDetector() {
  let valid = true;
  let rest: Buffer = Buffer.alloc(0);
  return {
    feed(chunk: Buffer) {
      if (!valid) return;
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const whole = bytes.length - cutCharacter(bytes);
      valid = isUtf8(bytes.subarray(0, whole));
      rest = Buffer.from(bytes.subarray(whole));
    },
    utf8: () => valid && rest.length === 0,
  };
}

/** How many bytes at the end belong to a character that goes on in the next chunk. */
function cutCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

const LF = 10;
const CR = 13;
const QUOTE = 34;
const BACKSLASH = 92;

/** Reads with doubled quotes and looks whether a record fails that way because of a `\"`. */
function createEscapeDetector() {
  let state: 'outside' | 'quoted' | 'closing' | 'broken' = 'outside';
  let last = LF;
  /** The byte before the quote that may close is a backslash. */
  let slashed = false;
  /** A `\""` of this record was taken for a backslash and a doubled quote. */
  let doubtful = false;
  let found = false;

  /** Goes to the next quote outside quotes and tells its place, or the length. */
  function skipPlain(bytes: Uint8Array, from: number): number {
    let at = from;
    let before = last;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE && state === 'outside') break;
      if (byte === LF || byte === CR) {
        doubtful = false;
        state = 'outside';
      }
      before = byte;
    }
    last = before;
    return at;
  }

  function skipQuoted(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && bytes[at] !== QUOTE) at++;
    if (at > from) last = bytes[at - 1] ?? 0;
    return at;
  }

  function afterQuote(byte: number, separator: number) {
    const ends = byte === separator || byte === LF || byte === CR;
    found = !ends && byte !== QUOTE && (slashed || doubtful);
    doubtful ||= slashed && byte === QUOTE;
    if (byte === QUOTE) state = 'quoted';
    else state = ends ? 'outside' : 'broken';
  }

  return {
    feed(bytes: Uint8Array, separator: number) {
      for (let at = 0; at < bytes.length && !found; ) {
        if (state === 'closing') {
          const byte = bytes[at] ?? 0;
          afterQuote(byte, separator);
          if (byte !== QUOTE) continue;
        } else if (state === 'quoted') {
          at = skipQuoted(bytes, at);
          if (at >= bytes.length) return;
          slashed = last === BACKSLASH;
          state = 'closing';
        } else {
          at = skipPlain(bytes, at);
          if (at >= bytes.length) return;
          if (last === separator || last === LF || last === CR) state = 'quoted';
        }
        last = QUOTE;
        at++;
      }
    },
    backslash: () => found || (state === 'quoted' && doubtful),
  };
}
