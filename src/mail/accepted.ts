/**
 * A recipient of a mail that was taken, with his message.
 * @property messageId 0n for a mail in the sandbox
 * @property messageUuid lower case; '' for a mail in the sandbox
 */
export interface AcceptedRecipient {
  email: string;
  kind: 'to' | 'cc' | 'bcc';
  messageId: bigint;
  messageUuid: string;
}
