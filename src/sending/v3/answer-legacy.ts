import { writeOld } from '../../lib/old-json.ts';
import type { AcceptedRecipient } from '../../mail/accepted.ts';

/** The body of the 200 of `/v3/send`, one entry for each recipient, a newline behind it (recorded). */
export function answerLegacy(recipients: readonly AcceptedRecipient[]): string {
  const Sent = recipients.map(({ email, messageId, messageUuid }) => ({
    Email: email,
    MessageID: messageId,
    MessageUUID: messageUuid,
  }));
  return `${writeOld({ Sent })}\n`;
}
