import type { SmtpTarget } from '../lib/smtp-target.ts';
import type { DeliveryKind } from '../outbox/delivery.ts';
import { forwardKind } from './forward-kind.ts';
import { mimeOfMail } from './mime-of-mail.ts';
import { readMail } from './read-mail.ts';
import { sendBySmtp } from './send-by-smtp.ts';

/** When a mail that could not be passed on is tried again, ms on the account's clock: an hour and a quarter in all. */
const gaps = [1000, 5000, 30_000, 120_000, 600_000, 3_600_000];

/** Passes each mail that was accepted on to an inbox, with the sender and the recipients that it was sent with. */
export function createForwarding(target: SmtpTarget, isAnywhere: boolean): DeliveryKind {
  return {
    name: forwardKind,
    together: 1,
    atOnce: { ofAccount: 4, ofAll: 8 },
    patience: 60_000,
    async try(account, [delivery], signal) {
      const id = delivery?.subject ?? 0n; // there is one
      const mail = readMail(account, id);
      const raw = await mimeOfMail(account, id);
      if (mail === undefined || raw === undefined) return; // its content was dropped, and the delivery with it
      const parcel = {
        raw,
        from: mail.sender?.email ?? mail.from.email,
        to: mail.recipients.map(({ email }) => email),
      };
      await sendBySmtp(target, parcel, { isAnywhere, signal });
    },
    gap: ({ tries }, error) => (isFinal(error) ? undefined : gaps[tries - 1]),
  };
}

/** A refusal for good, or an envelope that nobody could write. */
function isFinal(error: Error & { responseCode?: number; code?: string }): boolean {
  const { responseCode = 0, code } = error;
  return responseCode >= 500 || code === 'EENVELOPE';
}
