const [AMPERSAND, EQUALS, PLUS, PERCENT, SPACE] = [0x26, 0x3d, 0x2b, 0x25, 0x20];

/** Values of hexadecimal digits by their codes; of all others so much that no byte comes of it. */
const digits = Uint16Array.from({ length: 256 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 256 : value;
});

/**
 * The fields of a form by the URL standard, in their order. It works on bytes: URLSearchParams takes seconds for
 * some megabytes of plus signs.
 */
export function readForm(bytes: Buffer): [name: string, value: string][] {
  const fields: [string, string][] = [];
  const room = Buffer.allocUnsafe(bytes.length);
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(AMPERSAND, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start) fields.push(readField(bytes.subarray(start, end), room));
    start = end + 1;
  }
  return fields;
}

function readField(bytes: Buffer, room: Buffer): [string, string] {
  const equals = bytes.indexOf(EQUALS);
  if (equals < 0) return [decoded(bytes, room), ''];
  return [decoded(bytes.subarray(0, equals), room), decoded(bytes.subarray(equals + 1), room)];
}

/** @param room where the bytes are put together */
function decoded(bytes: Buffer, room: Buffer): string {
  let size = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const escaped = byte === PERCENT ? digitAt(bytes, at + 1) * 16 + digitAt(bytes, at + 2) : 256;
    room[size] = escaped < 256 ? escaped : byte === PLUS ? SPACE : byte;
    if (escaped < 256) at += 2;
    size += 1;
  }
  return room.toString('utf8', 0, size);
}

const digitAt = (bytes: Buffer, at: number) => digits[bytes[at] ?? 0] ?? 256;
