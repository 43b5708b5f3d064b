import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../accounts/account.ts';
import type { Fault } from '../control/faults.ts';
import { guid } from '../lib/random.ts';
import type { WireAnswer } from './wire-answer.ts';

/** Which of Mailjet's back ends answers: the old one (REST, DATA, v3 send) or the new one (v3.1, v4, v1, templates). */
export type Dialect = 'old' | 'new';

/** What a request turns out to ask for, before it is carried out. */
export interface Asked {
  /** As log, journal, faults and coverage name it: `contact get`; '' for what means nothing. */
  operation: string;
  dialect: Dialect;
}

/** What is known of a request while it is answered. */
interface Exchange extends Asked {
  /** Whose credentials came; set by authentication. */
  account: Account | undefined;
  /** A fault that spoils the answer or its connection; see `writeCut`. */
  fault: Fault | undefined;
  /** Told of the answer before it is written; set where a journal is kept. */
  answered:
    | ((request: FastifyRequest, reply: FastifyReply, answer: WireAnswer) => void)
    | undefined;
  /** What Mockjet lacks to answer; see `NotBuiltError`. */
  gap: string | undefined;
  /** Why the call was refused, for the log. */
  reason: string | undefined;
  /** Why mails that the call was told success of go nowhere. */
  dropped: readonly string[];
  /** Query parameters that the operation did not read. */
  unread: (() => string[]) | undefined;
  /** Resolves when the rest of a body that was refused has been thrown away. */
  rest: Promise<void> | undefined;
  /** The path in parts, once it was asked for; see `segmentsOf`. */
  path: { segments: string[]; search: string } | undefined;
  /** The GUID of the answer, once it was asked for; see `identifierOf`. */
  identifier: string | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange;
  }
  interface FastifyContextConfig {
    /** What a request to this route asks for; the route's handler goes by the same answer. */
    asks?: (request: FastifyRequest) => Asked;
    /** Bytes that a body of the route may have where production's limit is lower than ours. */
    mostBytes?: number;
    /** Answers a body over the route's limit; the page of nginx without. */
    tooLarge?: WireAnswer;
    /** As in `ControlRoute`. */
    bodySize?: 'json' | 'upload';
  }
}

/** Gives every request of a server an exchange of its own. */
export function beginExchanges(server: FastifyInstance): void {
  server.decorateRequest('exchange');
  server.addHook('onRequest', (request, _reply, done) => {
    request.exchange = {
      operation: '',
      dialect: 'old',
      account: undefined,
      fault: undefined,
      answered: undefined,
      gap: undefined,
      reason: undefined,
      dropped: [],
      unread: undefined,
      rest: undefined,
      path: undefined,
      identifier: undefined,
    };
    done();
  });
}

/** The account of an authenticated request. */
export function accountOf({ exchange }: FastifyRequest): Account {
  if (exchange.account === undefined) throw new Error('The route has no authentication');
  return exchange.account;
}

/**
 * The GUID of a request's answer: the new back end shows it in a header, the old one with what it did not expect.
 * Drawn from the account's randomness when it is first asked for, since most answers of the old back end show none.
 */
export function identifierOf(request: FastifyRequest): string {
  request.exchange.identifier ??= guid(accountOf(request).random);
  return request.exchange.identifier;
}

/** Which back end a path belongs to by its first part; undefined for what is none of Mailjet's. */
export function dialectOf(url: string): Dialect | undefined {
  const [family = ''] = url.replace(/^\/+/, '').split(/[/?]/, 1);
  return families.get(family.toLowerCase());
}

const families = new Map<string, Dialect>([
  ['v3', 'old'],
  ['v3.1', 'new'],
  ['v4', 'new'],
  ['v1', 'new'],
]);
