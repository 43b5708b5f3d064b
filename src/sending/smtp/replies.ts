/**
 * A reply of SMTP.
 * @property code three digits, as clients act upon them
 * @property text behind the code, with its enhanced status code where production writes one
 */
export interface SmtpReply {
  code: number;
  text: string;
}

const reply = (code: number, text: string): SmtpReply => ({ code, text });

// recorded: no enhanced status code stands before it; PHPMailer takes the UUID out of these very words
export const queuedAs = (uuid: string) => reply(250, `OK queued as ${uuid}`);

// inferred: production's server is a Postfix, whose words follow
export const badCredentials = reply(
  535,
  '5.7.8 Error: authentication failed: authentication failure',
);
export const relayDenied = (address: string) =>
  reply(554, `5.7.1 <${address}>: Relay access denied`);
export const badRecipient = reply(501, '5.1.3 Bad recipient address syntax');
export const tooMuchMail = reply(450, '4.7.1 Error: too much mail');
export const noRoom = reply(452, '4.3.1 Insufficient system storage');
export const failed = reply(451, '4.3.0 Error: queue file write error');
export const noAuthentication = reply(454, '4.7.0 Temporary authentication failure');
// the words of the library, which says the same to a SIZE at MAIL FROM
export const tooLarge = (most: number) =>
  reply(552, `5.3.4 Error: message exceeds fixed maximum message size ${most}`);
/** A whole line: it comes in the middle of a mail, and ends the connection. */
export const tooSlow = '421 4.4.2 Error: timeout exceeded\r\n';

// Mockjet's own
export const templateRefused = (why: string) =>
  reply(554, `5.6.0 ${why.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 400)}`);
export const unreadable = (why: string) => reply(554, `5.6.0 The message cannot be read: ${why}`);
