import { MailjetError, tooManyValues } from '../../lib/errors.ts';
import { guid } from '../../lib/random.ts';
import { excessOfJson } from '../../lib/value-count.ts';
import type { Accepted } from '../../mail/accept.ts';
import type { Draft } from '../../mail/draft.ts';
import type { Mailroom } from '../../mail/mailroom.ts';
import { answerLegacy } from '../../sending/v3/answer-legacy.ts';
import { LegacyError } from '../../sending/v3/legacy-error.ts';
import { excessOf, readFields } from '../../sending/v3/read-fields.ts';
import { type LegacyReading, readLegacy } from '../../sending/v3/read-legacy.ts';
import {
  answerCallError,
  answerGlobalsErrors,
  answerSend,
  type SendAnswer,
  type SendResult,
} from '../../sending/v31/answer-send.ts';
import { readSend, type SendOutcome } from '../../sending/v31/read-send.ts';
import { mockjetError } from '../../sending/v31/send-errors.ts';
import { identifierOf } from '../exchange.ts';
import { newAnswer } from '../new-back-end.ts';
import type { WireAnswer } from '../wire-answer.ts';
import type { MailjetCall, MailjetRoute } from './route.ts';
import { sendChecks } from './send-checks.ts';

/** recorded in its kind, not in its end; the limit is assumed: more than 15 MB fail, counted over the whole body */
const tooLarge: WireAnswer = {
  status: 413,
  phrase: 'Request Entity Too Large',
  headers: { 'Cache-Control': 'no-cache', 'Content-Type': 'text/html', Connection: 'close' },
  body: '<html><body><h1>413 Request Entity Too Large</h1>\nThe request entity exceeds the maximum allowed.\n</body></html>\n',
};
const body = { limit: 15 * 1024 * 1024, tooLarge };

const legacy = (path: string): MailjetRoute => ({
  method: 'POST',
  path,
  operation: 'send v3',
  dialect: 'old',
  evidence: 'recorded',
  body,
  handler: sendV3,
});

/** The ways of sending mail over HTTP. */
export const sendRoutes: readonly MailjetRoute[] = [
  legacy('/v3/send'),
  legacy('/v3/send/message'),
  {
    method: 'POST',
    path: '/v3.1/send',
    operation: 'send v3.1',
    dialect: 'new',
    evidence: 'recorded',
    body,
    handler(call) {
      const { status, body } = sendV31(call);
      return newAnswer(status, body, identifierOf(call.request));
    },
  },
];

/** Takes the good mails of a call, and says what became of each. */
function sendV31({ account, request, parts }: MailjetCall): SendAnswer {
  const identify = () => guid(account.random);
  const excess = Buffer.isBuffer(request.body)
    ? excessOfJson(request.body, parts.limits.values)
    : undefined;
  if (excess !== undefined) throw tooManyValues(excess);
  const reading = readSend(textOf(request.body), sendChecks(account, parts.mailroom));
  if ('call' in reading) return answerCallError(reading.call, identify);
  if ('globals' in reading) return answerGlobalsErrors(reading.globals, identify);
  const outcomes = withRefusals(account, parts.mailroom, reading.messages);
  const drafts: Draft[] = [];
  for (const outcome of outcomes) if ('draft' in outcome) drafts.push(outcome.draft);
  const accepted =
    drafts.length === 0 ? [] : parts.mailroom.take(account, drafts, identifierOf(request));
  noteDropped(request, accepted);
  let next = 0;
  const results = outcomes.map((outcome): SendResult => {
    if ('errors' in outcome) return outcome;
    const recipients = accepted[next]?.recipients ?? []; // one for each draft
    next += 1;
    return { customId: outcome.draft.customId, recipients };
  });
  return answerSend(results, identify);
}

/** Refuses, where that is asked for, the messages that their templates would have blocked. */
function withRefusals(
  account: MailjetCall['account'],
  mailroom: Mailroom,
  outcomes: readonly SendOutcome[],
): SendOutcome[] {
  const drafts = outcomes.flatMap((outcome) => ('draft' in outcome ? [outcome.draft] : []));
  const refusals = mailroom.refusals(account, drafts);
  return outcomes.map((outcome) => {
    const refused = 'draft' in outcome ? (refusals[drafts.indexOf(outcome.draft)] ?? []) : [];
    return refused.length === 0 ? outcome : { errors: refused.map(mockjetError) };
  });
}

/** Takes the mails of a call, or none of them. */
async function sendV3({ account, request, parts }: MailjetCall): Promise<WireAnswer> {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const contentType = request.raw.headers['content-type'] ?? '';
  const excess = excessOf(bytes, contentType, parts.limits.values);
  if (excess !== undefined) throw tooManyValues(excess);
  const reading = await readBody(bytes, contentType);
  if ('reason' in reading) return refused(reading.status, reading.reason);
  const [refusal] = parts.mailroom.refusals(account, reading.drafts).flat();
  if (refusal !== undefined) throw new MailjetError(400, refusal);
  const accepted = parts.mailroom.take(account, reading.drafts, '');
  noteDropped(request, accepted);
  return {
    status: 200,
    phrase: 'OK',
    headers: { 'Content-Type': 'application/json' },
    body: answerLegacy(accepted.flatMap(({ recipients }) => recipients)),
  };
}

/** Log and journal say why a mail goes nowhere that was answered with success. */
function noteDropped(request: MailjetCall['request'], accepted: readonly Accepted[]): void {
  request.exchange.dropped = accepted.flatMap(({ dropped }) => dropped ?? []);
}

async function readBody(bytes: Buffer, contentType: string): Promise<LegacyReading> {
  try {
    return readLegacy(await readFields(bytes, contentType));
  } catch (error) {
    if (error instanceof LegacyError) return { status: error.status, reason: error.message };
    throw error;
  }
}

/** recorded: an empty body, and the message as the reason phrase alone; chunked with a 400, of no length with a 500 */
const refused = (status: number, reason: string): WireAnswer => ({
  status,
  phrase: reason,
  headers: {
    'Content-Type': 'text/html',
    ...(status === 500 ? { Vary: 'Accept-Encoding' } : { 'Transfer-Encoding': 'chunked' }),
  },
  body: '',
});

function textOf(body: unknown): string {
  return Buffer.isBuffer(body) ? body.toString('utf8') : '';
}
