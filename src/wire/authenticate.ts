import basicAuth from '@fastify/basic-auth';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../accounts/account.ts';
import type { Registry } from '../accounts/registry.ts';
import type { InFlight } from './in-flight.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose credentials came; set by the scope's authentication. */
    account: Account | undefined;
    /** What was asked for, for the log: `contact get`. */
    operation: string;
  }
}

/** The account of an authenticated request. */
export function accountOf(request: FastifyRequest): Account {
  if (request.account === undefined) throw new Error('The route has no authentication');
  return request.account;
}

/**
 * Makes a scope check Basic credentials before anything else.
 * @param inFlight counts the requests that are let in
 * @param refuse writes the answer to bad or missing credentials
 */
export async function authenticateScope(
  scope: FastifyInstance,
  registry: Registry,
  inFlight: InFlight,
  refuse: (request: FastifyRequest, reply: FastifyReply) => void,
): Promise<void> {
  await scope.register(basicAuth, {
    validate(apiKey, secretKey, request, _reply, done) {
      request.account = registry.authenticate(apiKey, secretKey);
      done(request.account === undefined ? new Error('Unauthorized') : undefined);
    },
  });
  scope.addHook('onRequest', (request, reply, done) => {
    scope.basicAuth(request, reply, (error?: Error) => {
      if (error === undefined) {
        inFlight.enter(accountOf(request), reply.raw);
        return done();
      }
      request.operation = 'unauthorized';
      refuse(request, reply);
    });
  });
}
