import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../engine/call.ts';
import { carryOut, findTarget } from '../../engine/dispatch.ts';
import { readQuery } from '../../engine/query.ts';
import { NotBuiltError, unknownResource } from '../../lib/errors.ts';
import { notBuilt } from '../../resources/not-built.ts';
import { readBody } from '../body.ts';
import { type Asked, type Dialect, identifierOf } from '../exchange.ts';
import { newResourceAnswer } from '../new-back-end.ts';
import { oldAnswer } from '../old-back-end.ts';
import { nameTarget } from '../operation-name.ts';
import { segmentsOf } from '../path.ts';
import type { WireAnswer } from '../wire-answer.ts';
import type { MailjetCall, MailjetParts } from './route.ts';

/** What a request to `/v3/REST/{resource}[/{id}[/{action}[/{actionId}]]]` asks for; refusals come when it is carried out. */
export function askedOfRest(request: FastifyRequest, parts: MailjetParts): Asked {
  const [, , name = '', ...path] = segmentsOf(request).segments;
  const resource = parts.findResource(name);
  const dialect = dialectOfRest(request, parts);
  if (resource === undefined) return { operation: '', dialect };
  try {
    const { target } = findTarget(resource, request.method, path);
    return { operation: nameTarget(resource, target), dialect };
  } catch {
    return { operation: '', dialect };
  }
}

/** Which back end a request to `/v3/REST` is for. */
export function dialectOfRest(request: FastifyRequest, { findResource }: MailjetParts): Dialect {
  const name = segmentsOf(request).segments[2] ?? '';
  return findResource(name)?.backEnd ?? notBuilt.get(name.toLowerCase()) ?? 'old';
}

/** Carries out a request to a resource. @throws MailjetError */
export function answerRest({
  account,
  request,
  parts,
}: MailjetCall): WireAnswer | Promise<WireAnswer> {
  const { segments, search } = segmentsOf(request);
  const [, , name = '', ...path] = segments;
  const resource = parts.findResource(name);
  if (resource === undefined)
    throw notBuilt.has(name.toLowerCase())
      ? new NotBuiltError(`the resource ${name.toLowerCase()}`)
      : unknownResource(name);
  const { key, target } = findTarget(resource, request.method, path);
  request.exchange.operation = nameTarget(resource, target);
  const query = readQuery(search);
  request.exchange.unread = query.unread;
  const made = carryOut(target, {
    account,
    resource,
    key,
    query,
    body: readBody(request, parts.limits.values),
  });
  const written =
    resource.backEnd === 'new' ? newResourceAnswer(made, identifierOf(request)) : oldAnswer(made);
  const settled = settle(made, account, parts);
  return settled === undefined ? written : settled.then(() => written);
}

/** An answer that shows a job is held back until the job's pace allows it. */
function settle(
  answer: Answer,
  account: MailjetCall['account'],
  { scheduler, mailroom, testHook }: MailjetParts,
): Promise<void> | undefined {
  if ('message' in answer && answer.message !== undefined)
    mailroom.life.read(account, answer.message);
  if ('hook' in answer && answer.hook !== undefined) testHook(account, answer.hook);
  if (!('job' in answer) || answer.job === undefined) return undefined;
  const { use, id } = answer.job;
  return use === 'made' ? scheduler.made(account, id) : scheduler.read(account, id);
}
