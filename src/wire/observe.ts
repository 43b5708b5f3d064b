import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../accounts/account.ts';
import type { Fault } from '../control/faults.ts';
import type { Call, Excerpt } from '../control/journal.ts';
import type { Steering } from '../control/steering.ts';
import { type Asked, accountOf } from './exchange.ts';
import { faultAnswer, tooManyRequests } from './fault-answers.ts';
import { send, type WireAnswer } from './wire-answer.ts';

/** Keeps the journal of a scope's calls, and applies the faults and the rate limit that a test has set. */
export function observeScope(scope: FastifyInstance, steering: Steering, bodyBytes: number): void {
  const answered = (request: FastifyRequest, reply: FastifyReply, answer: WireAnswer) => {
    const { operation, gap } = request.exchange;
    const { journal, coverage } = steering.control(accountOf(request));
    journal.add(callTaken(request, reply, answer, bodyBytes));
    coverage.add(operation, gap);
    steering.coverage.add(operation, gap);
  };
  scope.addHook('preHandler', (request, reply, done) => {
    request.exchange.answered = answered;
    const account = accountOf(request);
    const { faults, rateLimit } = steering.control(account);
    const fault =
      steering.faults.isEmpty && faults.isEmpty
        ? undefined
        : (steering.faults.take(callOf(request)) ?? faults.take(callOf(request)));
    const go = () => {
      if (rateLimit.take()) return done();
      Object.assign(request.exchange, askedBy(request));
      send(reply, tooManyRequests, account.clock.now());
    };
    if (fault === undefined) go();
    else applyFault(fault, { steering, account, request, reply, go });
  });
}

/** Delays a call, cuts it off or answers it, as its fault wants it; `go` carries it out. */
function applyFault(
  fault: Fault,
  {
    steering,
    account,
    request,
    reply,
    go,
  }: {
    steering: Steering;
    account: Account;
    request: FastifyRequest;
    reply: FastifyReply;
    go: () => void;
  },
): void {
  const { exchange, raw } = request;
  exchange.fault = fault;
  // a call that is answered instead of carried out has a name all the same
  Object.assign(exchange, askedBy(request));
  const meet = () => {
    if (fault.cut === 'before') {
      const nothing = { status: 0, phrase: '', headers: {}, body: undefined };
      exchange.answered?.(request, reply, nothing);
      raw.socket.destroy();
      return;
    }
    const instead = faultAnswer(fault, request);
    if (instead !== undefined) send(reply, instead, account.clock.now());
    else go();
  };
  if (fault.delay === undefined) {
    meet();
    return;
  }
  const { socket } = raw;
  const forget = steering.holds.hold(account, fault.delay, meet, () => socket.destroy());
  socket.once('close', forget);
  reply.raw.once('finish', () => socket.off('close', forget));
}

/** What a request turns out to ask for, before it is carried out. */
function askedBy(request: FastifyRequest): Asked {
  const { asks } = request.routeOptions.config;
  return asks?.(request) ?? { operation: '', dialect: 'old' };
}

/** What a fault is matched against. */
function callOf(request: FastifyRequest) {
  const path = (request.raw.url ?? '').split('?', 1)[0] ?? '';
  return { method: request.method, path, operation: askedBy(request).operation };
}

function callTaken(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: WireAnswer,
  limit: number,
): Call {
  const { fault, operation, unread, dropped } = request.exchange;
  return {
    at: accountOf(request).clock.now(),
    operation,
    method: request.method,
    url: cut(request.raw.url ?? ''),
    headers: withoutSecrets(request.raw.headers),
    unread: unread === undefined ? none : shortened(unread()),
    body: Buffer.isBuffer(request.body) ? excerpt(request.body, limit) : undefined,
    status: answer.status,
    answer: answer.body === undefined ? undefined : excerpt(answer.body, limit),
    duration: Math.round(reply.elapsedTime * 10) / 10,
    fault: fault === undefined ? undefined : describeFault(fault),
    dropped: dropped.length === 0 ? none : dropped.slice(0, mostNames),
  };
}

/** A head may have 256 KB, of which the journal keeps less: characters of a URL or a name, and names. */
const longestText = 4096;
const mostNames = 100;

/** Most calls have none of them. */
const none: readonly string[] = [];

const cut = (text: string) => (text.length > longestText ? text.slice(0, longestText) : text);
const shortened = (names: readonly string[]) =>
  names.length === 0 ? none : names.slice(0, mostNames).map(cut);

/** What opens an account or the control API. */
const secrets = ['authorization', 'proxy-authorization', 'x-mockjet-token'];

/**
 * The headers for the journal, which shows them when it is asked: a copy of them for each call would cost more than
 * anything else of it. Nobody reads the secrets any more once a call is answered.
 */
function withoutSecrets(headers: Call['headers']): Call['headers'] {
  for (const name of secrets) if (headers[name] !== undefined) headers[name] = undefined;
  return headers;
}

export function describeFault({ id, error, status, cut, malformed, delay }: Fault): string {
  return `${id}: ${error ?? malformed ?? (cut === undefined ? (status ?? `delay ${delay} ms`) : `cut ${cut}`)}`;
}

/** Copies the beginning, so that a large body is not kept for it. */
export function excerpt(body: string | Buffer, limit: number): Excerpt {
  const size = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  if (typeof body === 'string' && size <= limit) return { text: body, size };
  const bytes =
    typeof body === 'string' ? Buffer.from(body.slice(0, limit)) : body.subarray(0, limit);
  return { text: bytes.toString('utf8'), size };
}
