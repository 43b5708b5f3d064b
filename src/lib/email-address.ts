/** The longest address taken; assumed, as every limit on a length (contacts of real accounts have far shorter ones). */
const longest = 255;

/**
 * Why an address is refused, in Mailjet's form, or undefined when it is fine.
 * Only `No @ character in mail` was ever seen; the other texts are assumed.
 */
export function emailProblem(email: string): string | undefined {
  const at = email.lastIndexOf('@');
  if (at < 0) return 'No @ character in mail';
  if (at === 0) return 'Empty local part in mail';
  if (at === email.length - 1) return 'Empty domain part in mail';
  if (email.length > longest) return `Mail is longer than ${longest} characters`;
  if (/[\s\x00-\x1f\x7f<>,;]/.test(email)) return 'Invalid character in mail';
  if (email.indexOf('@') !== at && !email.startsWith('"')) return 'Invalid character in mail';
  return undefined;
}
