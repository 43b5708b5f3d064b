/** Members of one object, or fields of a form: far more than anybody has, and dear to make. */
const mostFields = 20_000;
/** What is deeper is refused when it is read. */
const deepest = 500;

const [QUOTE, BACKSLASH, COMMA, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT, AMPERSAND] = [
  34, 92, 44, 91, 93, 123, 125, 38,
];

/**
 * Says what a JSON text has too much of, in one pass and before anything is made of it: what a parser makes of
 * `[{},{}...]` takes many times the room of the text. Of a text that is no JSON it counts what stands before the fault.
 * @param most values in all: objects, arrays and what they hold
 * @returns undefined when there is nothing too much
 */
export function excessOfJson(bytes: Uint8Array, most: number): string | undefined {
  // each value and each field takes a byte at least: most bodies are too short for too much
  if (bytes.length < Math.min(most, mostFields)) return undefined;
  const commas = new Uint32Array(deepest + 2);
  const isObject = new Uint8Array(deepest + 2);
  let depth = 0;
  let values = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    switch (bytes[at]) {
      case QUOTE:
        at = endOfString(bytes, at + 1);
        break;
      case COMMA:
        values += 1;
        commas[depth] = (commas[depth] ?? 0) + 1;
        if (isObject[depth] === 1 && (commas[depth] ?? 0) >= mostFields)
          return `${mostFields} fields in one object`;
        break;
      case OPEN_ARRAY:
      case OPEN_OBJECT:
        if (!isEmpty(bytes, at)) values += 1; // its first; a comma stands before each further one
        depth += 1;
        if (depth > deepest) return undefined;
        commas[depth] = 0;
        isObject[depth] = bytes[at] === OPEN_OBJECT ? 1 : 0;
        break;
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        if (depth > 0) depth -= 1;
        break;
    }
    if (values > most) return `${most} values`;
  }
  return undefined;
}

/** Whether nothing but space stands between a bracket and its counterpart. */
function isEmpty(bytes: Uint8Array, open: number): boolean {
  let at = open + 1;
  while (isSpace(bytes[at])) at += 1;
  return bytes[at] === CLOSE_ARRAY || bytes[at] === CLOSE_OBJECT;
}

const isSpace = (byte: number | undefined) =>
  byte === 32 || byte === 10 || byte === 13 || byte === 9;

/** The place of the quote that ends a string. */
function endOfString(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** The same of a form. */
export function excessOfForm(bytes: Uint8Array, most: number): string | undefined {
  const limit = Math.min(most, mostFields);
  let fields = 1;
  for (const byte of bytes) {
    if (byte === AMPERSAND) fields += 1;
    if (fields > limit) return `${limit} fields`;
  }
  return undefined;
}
