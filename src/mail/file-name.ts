/** Longest file name kept; that of most file systems. */
const longest = 255;

/**
 * The name of an attachment without what could lead elsewhere: the last part of a path, no control characters, and
 * `attachment` where nothing is left (assumed: nobody knows what production makes of a path).
 */
export function safeFileName(given: string): string {
  const last = given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
  const name = [...last.slice(0, 2 * longest).replace(/[\x00-\x1f\x7f\u2028\u2029]/g, '')]
    .slice(0, longest)
    .join('')
    .trim();
  return /^\.*$/.test(name) ? 'attachment' : name;
}
