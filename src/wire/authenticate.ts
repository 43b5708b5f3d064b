import basicAuth from '@fastify/basic-auth';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Keys } from '../accounts/account.ts';
import type { Registry } from '../accounts/registry.ts';
import { accountOf } from './exchange.ts';
import type { InFlight } from './in-flight.ts';

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
      request.exchange.account = registry.authenticate(apiKey, secretKey);
      done(request.exchange.account === undefined ? new Error('Unauthorized') : undefined);
    },
  });
  scope.addHook('onRequest', (request, reply, done) => {
    scope.basicAuth(request, reply, (error?: Error) => {
      if (error === undefined) {
        inFlight.enter(accountOf(request), reply.raw);
        return done();
      }
      request.exchange.operation = 'unauthorized';
      refuse(request, reply);
    });
  });
}

/**
 * Reads the pair of Basic credentials as strictly as Mailjet's paths do, for a scope that can do without it.
 * @returns undefined for credentials that are none
 */
export async function pairReader(
  scope: FastifyInstance,
): Promise<(request: FastifyRequest, reply: FastifyReply) => Keys | undefined> {
  let pair: Keys | undefined;
  await scope.register(basicAuth, {
    validate(apiKey, secretKey, _request, _reply, done) {
      pair = { apiKey, secretKey };
      done();
    },
  });
  return (request, reply) => {
    pair = undefined;
    scope.basicAuth(request, reply, () => undefined); // it calls back at once
    return pair;
  };
}
