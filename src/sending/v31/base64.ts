/**
 * True for what Go's decoder takes: the standard alphabet with its padding, line breaks anywhere (recorded: a trailing
 * newline is fine).
 */
export function isBase64(text: string): boolean {
  const packed = /[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, '') : text;
  if (packed.length % 4 !== 0) return false;
  const end = packed.search(/[^A-Za-z0-9+/]/);
  if (end < 0) return true;
  const padding = packed.slice(end);
  return padding === '=' || padding === '==';
}
