import type { Account } from '../accounts/account.ts';
import { guid } from '../lib/random.ts';
import type { AcceptedRecipient } from './accepted.ts';
import { campaignOf, isInCampaign, noteMessage } from './campaign.ts';
import { contactsOf } from './contacts-of.ts';
import { destinationOf } from './destination.ts';
import type { Draft, Mailbox } from './draft.ts';
import { reportErrors } from './error-report.ts';
import { isPreblocked } from './note-contact.ts';
import { planOf } from './outcome-plan.ts';
import { outcomeChooser } from './outcome-rules.ts';
import { type Plan, writePlan } from './plan.ts';
import { recipientWarnings } from './recipient-warnings.ts';
import type { RenderDraft } from './render-draft.ts';
import { reserveIds } from './reserve-ids.ts';
import { mayNotSend, senderOf } from './sender-of.ts';
import { storeMail } from './store-mail.ts';

/**
 * How mails are taken.
 * @property requestGuid `X-Mj-Request-Guid` of the answer, by which a mail is found again
 * @property isStrict true to drop mail of senders that production would not let out
 * @property numbersSandbox true to give recipients of a sandboxed mail IDs too
 * @property render renders the templates of a draft
 * @property stepMs ms of the account's clock until the first step of a message's life
 */
export interface Acceptance {
  requestGuid: string;
  isStrict: boolean;
  numbersSandbox: boolean;
  stepMs: number;
  render: RenderDraft;
}

/**
 * A mail that was taken: its ID in the inbox, and its recipients in the order To, Cc, Bcc.
 * @property dropped why it goes nowhere although its sender is told of success
 */
export interface Accepted {
  mailId: bigint;
  recipients: AcceptedRecipient[];
  dropped?: string | undefined;
}

/**
 * Takes what somebody sends: the mail, a message and a contact for each recipient, the
 * campaign. Nothing has happened to a message yet: its history begins with its first step (recorded: just after a send
 * it is empty). Runs inside a transaction.
 */
export function accept(account: Account, drafts: readonly Draft[], how: Acceptance): Accepted[] {
  const choose = outcomeChooser(account);
  return drafts.map((draft) => acceptOne(account, draft, how, choose));
}

/** The recipients of a draft in the order in which their IDs rise (recorded). */
function recipientsOf(draft: Draft): (Mailbox & Pick<AcceptedRecipient, 'kind'>)[] {
  const recipients = [];
  for (const kind of ['to', 'cc', 'bcc'] as const)
    for (const { email, name } of draft[kind]) recipients.push({ kind, email, name });
  return recipients;
}

function acceptOne(
  account: Account,
  given: Draft,
  how: Acceptance,
  choose: ReturnType<typeof outcomeChooser>,
): Accepted {
  const sender = senderOf(account, given.from.email);
  const from = { ...given.from, email: given.from.email || sender.Email };
  const warning = mayNotSend(account, given, sender, how.isStrict);
  const recipients = recipientsOf(given);
  const isDropped = warning !== undefined && how.isStrict;
  // a template may ask for the contact, who is one before the mail is written
  const contacts = given.sandbox || isDropped ? [] : contactsOf(account, recipients);
  const warnings = [
    ...given.warnings,
    ...(warning === undefined ? [] : [warning]),
    ...recipientWarnings(account, contacts),
  ];
  const written = { ...given, from, warnings };
  const draft = how.render(account, written, recipients[0]);
  if (draft.sandbox) return keepAlone(account, draft, recipients, how);
  if (isDropped) return { ...keepAlone(account, draft, recipients, how), dropped: warning.message };
  // before the mail, which so stays the newest one
  reportErrors(account, draft);
  const mailId = storeMail(account, draft, recipients, how.requestGuid);
  const campaignId = draft.campaign === '' ? 0n : campaignOf(account, draft, sender.ID);
  const insert = account.sql(insertion);
  const now = account.clock.now();
  const arrivedAt = account.time();
  const accepted = recipients.map((recipient, index): AcceptedRecipient => {
    const { email, kind } = recipient;
    const contactId = contacts[index] ?? 0n; // one for each recipient
    const isRepeated = draft.deduplicateCampaign && isInCampaign(account, campaignId, contactId);
    const plan = isRepeated
      ? repeated
      : (blockedPlan(draft) ?? choose(recipient, draft) ?? preblocked(account, contactId));
    const messageUuid = guid(account.random);
    const { lastInsertRowid } = insert.run(
      mailId,
      kind,
      email,
      messageUuid,
      contactId,
      campaignId,
      sender.ID,
      destinationOf(email),
      arrivedAt,
      writePlan(plan),
      now,
      now + how.stepMs,
    );
    return { email, kind, messageId: BigInt(lastInsertRowid), messageUuid };
  });
  if (campaignId !== 0n) noteMessage(account, campaignId, accepted[0]?.messageId ?? 0n);
  return { mailId, recipients: accepted };
}

/**
 * Stores a mail that goes nowhere: no message has the IDs of its recipients, which are given all the same (reported for
 * senders that were not validated), but for a sandbox as production's. That no contact and no campaign is made is assumed.
 */
function keepAlone(
  account: Account,
  draft: Draft,
  recipients: ReturnType<typeof recipientsOf>,
  how: Acceptance,
): Accepted {
  if (draft.sandbox && !how.numbersSandbox) {
    const mailId = storeMail(account, draft, recipients, how.requestGuid);
    const none = { messageId: 0n, messageUuid: '' };
    return { mailId, recipients: recipients.map(({ email, kind }) => ({ email, kind, ...none })) };
  }
  const first = reserveIds(account, recipients.length);
  const numbered = recipients.map((recipient, index) => ({
    ...recipient,
    messageId: first + BigInt(index),
    messageUuid: guid(account.random),
  }));
  return {
    mailId: storeMail(account, draft, numbered, how.requestGuid),
    recipients: numbered.map(({ name: _, ...recipient }) => recipient),
  };
}

/** documented: a recipient gets one message of a deduplicated campaign; the others are blocked with this reason */
const repeated: Plan = [{ status: 'blocked', state: 15 }];

const blockedPlan = ({ blockedFor: state }: Draft): Plan | undefined =>
  state === undefined ? undefined : [{ status: 'blocked', state }];

const insertion = `INSERT INTO message (mailID, kind, email, UUID, ContactID, CampaignID, SenderID, DestinationID,
  ArrivedAt, Status, plan, since, dueAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?)`;

/** reported: who a mail has bounced from for good gets no more; what a test has chosen comes before (assumed) */
function preblocked(account: Account, contactId: bigint): Plan | undefined {
  return isPreblocked(account, contactId) ? planOf('blocked') : undefined;
}
