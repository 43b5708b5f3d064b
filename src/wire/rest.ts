import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { carryOut, findTarget } from '../engine/dispatch.ts';
import { readQuery } from '../engine/query.ts';
import type { Scheduler } from '../jobs/scheduler.ts';
import { MailjetError, NotBuiltError, unknownResource } from '../lib/errors.ts';
import { guid } from '../lib/random.ts';
import { findResource } from '../resources/all.ts';
import { notBuilt } from '../resources/not-built.ts';
import { accountOf } from './authenticate.ts';
import { readBody } from './body.ts';
import { newError } from './new-back-end.ts';
import { asMailjetError, oldAnswer, oldError } from './old-back-end.ts';
import { nameTarget } from './operation-name.ts';
import { allMethods, segmentsOf } from './path.ts';
import { send } from './wire-answer.ts';

/** `/v3/REST/{resource}[/{id}[/{action}[/{actionId}]]]`. */
export function restRoutes(scope: FastifyInstance, scheduler: Scheduler): void {
  const handler = (request: FastifyRequest, reply: FastifyReply) =>
    answerRest(request, reply, scheduler);
  scope.route({ method: allMethods, url: '/v3/REST', handler });
  scope.route({ method: allMethods, url: '/v3/REST/*', handler });
}

function answerRest(request: FastifyRequest, reply: FastifyReply, scheduler: Scheduler): void {
  const account = accountOf(request);
  const { segments, search } = segmentsOf(request);
  const [, , name = '', ...path] = segments;
  try {
    const resource = findResource(name);
    if (resource === undefined)
      throw notBuilt.has(name.toLowerCase())
        ? new NotBuiltError(`the resource ${name.toLowerCase()}`)
        : unknownResource(name);
    const { key, target } = findTarget(resource, request.method, path);
    request.operation = nameTarget(resource, target);
    const query = readQuery(search);
    request.unread = query.unread;
    const answer = carryOut(target, {
      account,
      resource,
      key,
      query,
      body: readBody(request),
    });
    const written = oldAnswer(answer);
    const job = 'job' in answer ? answer.job : undefined;
    const settled =
      job === undefined
        ? undefined
        : job.use === 'made'
          ? scheduler.made(account, job.id)
          : scheduler.read(account, job.id);
    if (settled === undefined) send(reply, written, account.clock.now());
    else void settled.then(() => send(reply, written, account.clock.now()));
  } catch (error) {
    const shaped = asMailjetError(error);
    if (shaped instanceof NotBuiltError) request.gap = shaped.feature;
    if (shaped !== error) request.log.error({ err: error }, 'unexpected failure');
    const identifier = guid(account.random);
    const written =
      notBuilt.get(name.toLowerCase()) === 'new' && shaped instanceof MailjetError
        ? newError(shaped.status, shaped.message, identifier)
        : oldError(shaped, identifier);
    send(reply, written, account.clock.now());
  }
}
