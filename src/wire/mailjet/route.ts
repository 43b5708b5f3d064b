import type { FastifyRequest } from 'fastify';
import type { Account } from '../../accounts/account.ts';
import type { Resource } from '../../engine/resource.ts';
import type { Scheduler } from '../../jobs/scheduler.ts';
import type { MailjetError } from '../../lib/errors.ts';
import type { Evidence } from '../../lib/evidence.ts';
import type { Mailroom } from '../../mail/mailroom.ts';
import type { BodyLimits } from '../body-limits.ts';
import type { Dialect } from '../exchange.ts';
import type { WireAnswer } from '../wire-answer.ts';

/** The parts of the application that Mailjet's routes act on. */
export interface MailjetParts {
  scheduler: Scheduler;
  mailroom: Mailroom;
  /** Posts a test event to the URL for events of an ID. */
  testHook: (account: Account, id: bigint) => void;
  /** A resource by its name in any case. */
  findResource: (name: string) => Resource | undefined;
  limits: BodyLimits;
}

/** A request to one of Mailjet's routes, its credentials checked. */
export interface MailjetCall {
  account: Account;
  /** The parts of the path that the route names, decoded. */
  params: Readonly<Record<string, string>>;
  request: FastifyRequest;
  parts: MailjetParts;
}

/**
 * One of Mailjet's routes outside `/v3/REST`. Routing, the names in log, journal, faults and coverage, the dialect of
 * errors and the support table all come from it.
 */
export interface MailjetRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Whole, parts as `:name`; a last part `*` takes any further ones. Names are met in any case. */
  path: string;
  /** As log, journal, faults and coverage name it; in lower case. */
  operation: string;
  dialect: Dialect;
  /** How well it is known; undefined for what Mailjet has and Mockjet lacks. */
  evidence: Evidence | undefined;
  /** Bytes of the largest body, where it is less than the server's; and what answers a larger one. */
  body?: { limit: number; tooLarge: WireAnswer };
  /** The body is handed on as a stream instead of as bytes. */
  streams?: true;
  /** @throws MailjetError what Mailjet refuses, NotBuiltError what Mockjet lacks */
  handler: (call: MailjetCall) => WireAnswer | Promise<WireAnswer>;
  /** Shapes an error where the dialect's own way is not it. */
  shapeError?: (error: MailjetError, call: MailjetCall) => WireAnswer;
}
