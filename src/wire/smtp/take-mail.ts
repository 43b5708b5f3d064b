import type { FastifyBaseLogger } from 'fastify';
import type { Account } from '../../accounts/account.ts';
import type { Fault } from '../../control/faults.ts';
import type { Steering } from '../../control/steering.ts';
import { guid } from '../../lib/random.ts';
import { stopwatch } from '../../lib/stopwatch.ts';
import { type Envelope, readSubmission } from '../../sending/smtp/read-submission.ts';
import {
  failed,
  queuedAs,
  type SmtpReply,
  templateRefused,
  tooMuchMail,
  unreadable,
} from '../../sending/smtp/replies.ts';
import { describeFault, excerpt } from '../observe.ts';
import { smtpCall } from './call.ts';
import { faultReply } from './fault-replies.ts';

/** How much of a mail the journal keeps, bytes; and how much of its list of recipients, characters. */
const bodyBytes = 16 * 1024;
const longestText = 4096;

/** A mail that an account hands in, or why it cannot be read to its end. */
export interface Submission {
  envelope: Envelope;
  received: { raw: Buffer } | { refused: SmtpReply };
  /** Calls back when the client has left; returns the way to stop it. */
  onGone(listener: () => void): () => void;
}

/** What happens to the connection: a reply, or its end after these last characters. */
export type Conclusion = { reply: SmtpReply } | { cut: string };

/**
 * What became of a mail.
 * @property dropped why it goes nowhere although its sender is told of success
 */
interface Carried {
  reply: SmtpReply;
  dropped?: string | undefined;
}

/**
 * Takes a mail as a call of Mailjet's is taken: a fault that a test has set, the rate limit, then the mail itself; journal,
 * coverage and log tell of it. Its UUID in the reply is the `requestGuid` by which the mail is found.
 */
export async function takeMail(
  { steering, log }: { steering: Steering; log: FastifyBaseLogger },
  account: Account,
  submission: Submission,
): Promise<Conclusion> {
  const { journal, faults, rateLimit, coverage } = steering.control(account);
  const elapsed = stopwatch();
  const fault = steering.faults.take(smtpCall) ?? faults.take(smtpCall);
  const at = account.clock.now();
  const note = ({ reply, dropped }: Partial<Carried>) => {
    const ms = elapsed();
    const status = reply?.code ?? 0;
    journal.add({
      at,
      operation: smtpCall.operation,
      method: smtpCall.method,
      url: smtpCall.path,
      headers: {
        'mail-from': submission.envelope.from.slice(0, longestText),
        'rcpt-to': submission.envelope.to.join(', ').slice(0, longestText),
      },
      unread: [],
      body: 'raw' in submission.received ? excerpt(submission.received.raw, bodyBytes) : undefined,
      status,
      answer: reply === undefined ? undefined : excerpt(`${reply.code} ${reply.text}`, bodyBytes),
      duration: ms,
      ...(dropped === undefined ? {} : { dropped: [dropped] }),
      fault: fault === undefined ? undefined : describeFault(fault),
    });
    coverage.add(smtpCall.operation, undefined);
    steering.coverage.add(smtpCall.operation, undefined);
    const { method, operation } = smtpCall;
    const why = dropped === undefined ? {} : { dropped: '1, senders not validated' };
    log.info({ method, operation, status, ms, ...why }, 'request');
  };

  if (!(await waitedFor(steering, account, fault, submission)) || fault?.cut === 'before') {
    note({});
    return { cut: '' };
  }
  const instead =
    (fault === undefined ? undefined : faultReply(fault)) ??
    (rateLimit.take() ? undefined : tooMuchMail);
  const carried: Carried =
    instead === undefined ? await carryOut(steering, log, account, submission) : { reply: instead };
  const { reply } = carried;
  note(carried);
  if (fault?.cut === 'after') return { cut: '' };
  const line = `${reply.code} ${reply.text}`;
  return fault?.cut === 'during' ? { cut: line.slice(0, line.length >> 1) } : { reply };
}

/** Waits as long as a fault's `delay` says; false where the client has left, or the server ends. */
function waitedFor(
  { holds }: Steering,
  account: Account,
  fault: Fault | undefined,
  { onGone }: Submission,
): Promise<boolean> | true {
  const ms = fault?.delay;
  if (ms === undefined) return true;
  return new Promise((resolve) => {
    const stop = onGone(() => {
      forget();
      resolve(false);
    });
    const end = (isOver: boolean) => {
      stop();
      resolve(isOver);
    };
    const forget = holds.hold(
      account,
      ms,
      () => end(true),
      () => end(false),
    );
  });
}

async function carryOut(
  steering: Steering,
  log: FastifyBaseLogger,
  account: Account,
  { received, envelope }: Submission,
): Promise<Carried> {
  if ('refused' in received) return { reply: received.refused };
  try {
    const reading = await readSubmission(received.raw, envelope);
    if ('unreadable' in reading) return { reply: unreadable(reading.unreadable) };
    const [[refusal] = []] = steering.mailroom.refusals(account, [reading.draft]);
    if (refusal !== undefined) return { reply: templateRefused(refusal) };
    const uuid = guid(account.random);
    const [accepted] = steering.mailroom.take(account, [reading.draft], uuid);
    return { reply: queuedAs(uuid), dropped: accepted?.dropped };
  } catch (error) {
    // the account was removed meanwhile, or its disk is full
    log.error({ err: error }, 'mail could not be stored');
    return { reply: failed };
  }
}
