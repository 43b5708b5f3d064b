const longest = 512;

/**
 * Makes any text safe for a status line: UTF-8 bytes as Latin-1 (what a client reads back as UTF-8), control
 * characters as spaces, at most 512 bytes of whole characters. Node throws on anything else, and that can end the
 * process.
 */
export function reasonPhrase(text: string): string {
  if (text === 'OK') return text;
  const phrase = /^[\x20-\x7e]*$/.test(text)
    ? text.slice(0, longest)
    : wholeCharacters(Buffer.from(text.slice(0, longest), 'utf8')).toString('latin1');
  return phrase.replace(/[\x00-\x1f\x7f]/g, ' ');
}

/** The bytes up to the limit, without the beginning of a character that the limit cuts. */
function wholeCharacters(bytes: Buffer): Buffer {
  let end = Math.min(longest, bytes.length);
  // bytes 10xxxxxx continue a character
  while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}
