/** The longest public or private key taken, characters; Mailjet's own have 32. */
const longestKey = 200;

/** What HTTP's Basic credentials can carry as a user: no colon, no control characters (RFC 7617). */
export const publicKeyPattern = new RegExp(`^[^:\\x00-\\x1f\\x7f]{1,${longestKey}}$`);
export const publicKeyRule = `give 1 to ${longestKey} characters without a colon or control characters`;

/** What they can carry as a password. */
export const privateKeyPattern = new RegExp(`^[^\\x00-\\x1f\\x7f]{1,${longestKey}}$`);
export const privateKeyRule = `give 1 to ${longestKey} characters without control characters`;

/** True for a pair that can be sent, and that an account may have. */
export function isKeyPair(apiKey: string, secretKey: string): boolean {
  return publicKeyPattern.test(apiKey) && privateKeyPattern.test(secretKey);
}
