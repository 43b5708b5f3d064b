/** How a file writes its records, in bytes. */
export interface CsvBytes {
  separator: number;
  /** A quote inside quotes is written `\"`, not `""`. */
  backslash: boolean;
}

/** A record, a blank line (`end` is where it starts) or a broken line, as places in the window. */
export interface Extent {
  /** First byte after the record, its line end not included. */
  end: number;
  /** First byte after its line end. */
  next: number;
  /** Physical lines it takes. */
  lines: number;
  /** Where its quotes were found to be wrong; the extent is then one physical line. */
  brokenAt?: number;
}

const LF = 10;
const CR = 13;
const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Finds where the record at `from` ends. As in RFC 4180 a field is quoted when its first byte is a
 * quote, and its closing quote stands before a separator, a line end or the end of the file;
 * quotes in other fields are plain text.
 *
 * @param brokenUntil where quoting failed before, or 0. A record that starts before that place and
 *   is inside quotes at a line end is in the state in which the earlier one was there, so it fails
 *   at the same place. It is broken without a look, or a hostile file would take quadratic time.
 * @param final the window ends where the file ends
 * @returns undefined when the window ends too early to tell
 */
export function scanRecord(
  window: Uint8Array,
  from: number,
  csv: CsvBytes,
  brokenUntil: number,
  final: boolean,
): Extent | undefined {
  const { length } = window;
  const { separator } = csv;
  let at = from;
  let quoted = false;
  for (;;) {
    if (window[at] === QUOTE) {
      quoted = true;
      at = endOfQuotes(window, at + 1, csv, brokenUntil);
      if (at >= length - 1 && !final) return undefined;
      if (window[at] !== QUOTE || !endsField(window[at + 1], separator)) {
        return brokenLine(window, from, at, final);
      }
      at++;
    } else {
      while (at < length && !endsField(window[at], separator)) at++;
    }
    if (window[at] !== separator) break;
    at++;
  }
  const next = afterLineEnd(window, at, final);
  if (next === undefined) return undefined;
  return { end: at, next, lines: quoted ? countLines(window, from, at) : 1 };
}

/** The first quote that is not escaped, the line end that is known to be broken, or the end. */
function endOfQuotes(window: Uint8Array, from: number, csv: CsvBytes, brokenUntil: number): number {
  const { length } = window;
  let at = from;
  while (at < length) {
    let byte = window[at];
    if (byte === QUOTE) {
      if (csv.backslash || window[at + 1] !== QUOTE) return at;
      at++;
    } else if (byte === BACKSLASH && csv.backslash) {
      byte = window[++at];
    }
    if (at < brokenUntil && (byte === LF || byte === CR)) return at;
    at++;
  }
  return length;
}

function endsField(byte: number | undefined, separator: number): boolean {
  return byte === separator || byte === LF || byte === CR || byte === undefined;
}

function brokenLine(
  window: Uint8Array,
  from: number,
  brokenAt: number,
  final: boolean,
): Extent | undefined {
  const end = endOfLine(window, from);
  const next = afterLineEnd(window, end, final);
  return next === undefined ? undefined : { end, next, lines: 1, brokenAt };
}

/** The place of the first line end at or after `from`, or the window's length. */
export function endOfLine(window: Uint8Array, from: number): number {
  let at = from;
  while (at < window.length && window[at] !== LF && window[at] !== CR) at++;
  return at;
}

/** The place after the line end at `at`; undefined while an LF may still follow the CR. */
export function afterLineEnd(window: Uint8Array, at: number, final: boolean): number | undefined {
  if (at >= window.length) return final ? at : undefined;
  if (window[at] === LF) return at + 1;
  if (at + 1 >= window.length) return final ? at + 1 : undefined;
  return window[at + 1] === LF ? at + 2 : at + 1;
}

/**
 * Passes over blank lines: where the first other one begins, and how many there were. A file may be made of them, and to
 * look at each as at a record takes seconds. A CR at the end of the window is left, as an LF may follow.
 */
export function skipBlankLines(window: Uint8Array, from: number): { next: number; lines: number } {
  const last = window.length - 1;
  let at = from;
  let lines = 0;
  for (; window[at] === LF || (window[at] === CR && at < last); at++, lines++)
    if (window[at] === CR && window[at + 1] === LF) at++;
  return { next: at, lines };
}

function countLines(window: Uint8Array, from: number, end: number): number {
  let lines = 1;
  for (let at = endOfLine(window, from); at < end; at = endOfLine(window, at)) {
    at = afterLineEnd(window, at, true) ?? end;
    lines++;
  }
  return lines;
}
