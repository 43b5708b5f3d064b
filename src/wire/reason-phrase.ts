const longest = 512;

/**
 * Makes any text safe for a status line: UTF-8 bytes as Latin-1 (what a client reads back as UTF-8), control
 * characters as spaces, at most 512 bytes. Node throws on anything else, and that can end the process.
 */
export function reasonPhrase(text: string): string {
  const phrase = /^[\x20-\x7e]*$/.test(text)
    ? text
    : Buffer.from(text.slice(0, longest), 'utf8').toString('latin1');
  return phrase.slice(0, longest).replace(/[\x00-\x1f\x7f]/g, ' ');
}
