import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NotBuiltError, unknownModule } from '../lib/errors.ts';
import { guid } from '../lib/random.ts';
import { accountOf } from './authenticate.ts';
import { oldError } from './old-back-end.ts';
import { allMethods, segmentsOf } from './path.ts';
import { send } from './wire-answer.ts';

/** `/v3/...` beside REST and DATA: sending, which is not built, and modules that Mailjet does not know (recorded). */
export function otherModules(scope: FastifyInstance): void {
  scope.route({ method: allMethods, url: '/v3', handler: answerModule });
  scope.route({ method: allMethods, url: '/v3/*', handler: answerModule });
}

function answerModule(request: FastifyRequest, reply: FastifyReply): void {
  const account = accountOf(request);
  const [, module = ''] = segmentsOf(request).segments;
  const error =
    module.toLowerCase() === 'send' ? new NotBuiltError('sending mail') : unknownModule(module);
  if (error instanceof NotBuiltError) request.gap = error.feature;
  request.operation = request.gap === undefined ? 'unknown module' : 'not built';
  send(reply, oldError(error, guid(account.random)), account.clock.now());
}
