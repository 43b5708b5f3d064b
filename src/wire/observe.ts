import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../control/faults.ts';
import type { Call, Excerpt } from '../control/journal.ts';
import type { Steering } from '../control/steering.ts';
import { type Asked, accountOf } from './exchange.ts';
import { faultAnswer, tooManyRequests } from './fault-answers.ts';
import { send, type WireAnswer } from './wire-answer.ts';

/** Keeps the journal of a scope's calls, and applies the faults and the rate limit that a test has set. */
export function observeScope(scope: FastifyInstance, steering: Steering, bodyBytes: number): void {
  scope.addHook('preHandler', (request, reply, done) => {
    const account = accountOf(request);
    const { journal, faults, rateLimit, coverage } = steering.control(account);
    const { exchange } = request;
    exchange.answered = (answer) => {
      journal.add(callTaken(request, reply, answer, bodyBytes));
      coverage.add(exchange.operation, exchange.gap);
      steering.coverage.add(exchange.operation, exchange.gap);
    };
    const fault =
      steering.faults.isEmpty && faults.isEmpty
        ? undefined
        : (steering.faults.take(callOf(request)) ?? faults.take(callOf(request)));
    exchange.fault = fault;
    // a call that is answered instead of carried out has a name all the same
    if (fault !== undefined) Object.assign(exchange, askedBy(request));
    const go = () => {
      if (fault?.cut === 'before') {
        exchange.answered?.({ status: 0, phrase: '', headers: {}, body: undefined });
        request.raw.socket.destroy();
        return;
      }
      const instead = fault === undefined ? undefined : faultAnswer(fault, request);
      if (instead !== undefined) send(reply, instead, account.clock.now());
      else if (rateLimit.take()) done();
      else {
        Object.assign(exchange, askedBy(request));
        send(reply, tooManyRequests, account.clock.now());
      }
    };
    if (fault?.delay === undefined) return go();
    const { socket } = request.raw;
    const forget = steering.holds.hold(account, fault.delay, go, () => socket.destroy());
    socket.once('close', forget);
    reply.raw.once('finish', () => socket.off('close', forget));
  });
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
    url: (request.raw.url ?? '').slice(0, longestText),
    headers: shownHeaders(request.raw.headers),
    unread: (unread?.() ?? []).slice(0, mostNames).map((name) => name.slice(0, longestText)),
    body: Buffer.isBuffer(request.body) ? excerpt(request.body, limit) : undefined,
    status: answer.status,
    answer: answer.body === undefined ? undefined : excerpt(answer.body, limit),
    duration: Math.round(reply.elapsedTime * 10) / 10,
    fault: fault === undefined ? undefined : describeFault(fault),
    dropped: dropped.slice(0, mostNames),
  };
}

/** A head may have 256 KB, of which the journal keeps less: characters of a URL or header, headers and names. */
const longestText = 4096;
const mostNames = 100;

/** What opens an account or the control API. */
const secrets = new Set(['authorization', 'proxy-authorization', 'x-mockjet-token']);

function shownHeaders(headers: Call['headers']): Call['headers'] {
  const shown: Call['headers'] = {};
  for (const name of Object.keys(headers).slice(0, mostNames)) {
    const value = headers[name];
    if (value !== undefined && !secrets.has(name))
      shown[name] = String(value).slice(0, longestText);
  }
  return shown;
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
