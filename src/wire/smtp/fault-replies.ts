import type { Fault } from '../../control/faults.ts';
import { MailjetError } from '../../lib/errors.ts';
import type { SmtpReply } from '../../sending/smtp/replies.ts';
import { mailjetFaults } from '../fault-answers.ts';

/** What SMTP says where HTTP answers with a status (assumed: the words are Postfix's). */
export const smtpFaults: Readonly<Record<number, SmtpReply>> = {
  400: { code: 501, text: '5.5.4 Error: bad parameters' },
  401: { code: 535, text: '5.7.8 Error: authentication failed: authentication failure' },
  403: { code: 550, text: '5.7.1 Error: sender is not allowed' },
  404: { code: 550, text: '5.1.1 Error: user unknown' },
  408: { code: 421, text: '4.4.2 Error: timeout exceeded' },
  413: { code: 552, text: '5.3.4 Error: message file too big' },
  429: { code: 450, text: '4.7.1 Error: too much mail' },
  500: { code: 451, text: '4.3.0 Error: queue file write error' },
  502: { code: 421, text: '4.3.2 Error: no system accepts mail now' },
  503: { code: 421, text: '4.3.2 Error: no system accepts mail now' },
  504: { code: 451, text: '4.4.1 Error: no answer in time' },
};

/** Codes of SMTP itself: a fault may give them as its status. */
const ownCodes = new Set([
  ...[421, 450, 451, 452, 454, 455],
  ...[530, 534, 535, 538, 550, 551, 552, 553, 554, 555, 556],
]);

/** The reply that a fault gives instead of Mailjet's; undefined where it gives none, or an answer that is no error. */
export function faultReply(fault: Fault): SmtpReply | undefined {
  const status = fault.error === undefined ? fault.status : statusOf(fault.error);
  if (status === undefined || status < 400) return undefined;
  const known = smtpFaults[status];
  if (known !== undefined) return known;
  const isTemporary = status < 500 ? ownCodes.has(status) : !ownCodes.has(status);
  const code = ownCodes.has(status) ? status : isTemporary ? 451 : 554;
  return { code, text: `${isTemporary ? '4' : '5'}.0.0 Fault set by a test` };
}

function statusOf(name: string): number | undefined {
  const named = mailjetFaults[name];
  return named instanceof MailjetError ? named.status : named?.status;
}
