import {
  actionNeedsId,
  methodNotAllowed,
  NotBuiltError,
  objectNotFound,
  operationNotAllowed,
  unknownAction,
} from '../lib/errors.ts';
import type { Action } from './action.ts';
import type { Answer, Call } from './call.ts';
import { get, list, lookUp } from './read.ts';
import type { OperationName, Resource, Verb } from './resource.ts';
import { create, remove, update } from './write.ts';

const verbs: Record<string, Verb> = { GET: 'Get', PUT: 'Put', POST: 'Post', DELETE: 'Delete' };

/** What a path below a resource asks for. */
export type Target =
  | { operation: OperationName }
  | { action: Action; verb: Verb; actionId: string | undefined };

/**
 * Finds what a method and path mean, in the order in which production checks: resource, then method.
 * @param path segments behind the resource: `[id[, action[, actionId]]]`, decoded
 * @throws MailjetError
 */
export function findTarget(
  resource: Resource,
  method: string,
  path: readonly string[],
): { key: string | undefined; target: Target } {
  const [first, second, third] = path;
  if (first === undefined) {
    const isObject = resource.isSingle === true && method === 'PUT';
    return { key: undefined, target: { operation: operationOf(resource, method, isObject) } };
  }
  const global = actionOf(resource, first, true);
  if (global !== undefined) return { key: undefined, target: actionTarget(global, method, second) };
  if (second === undefined) {
    if (actionOf(resource, first, false) !== undefined) throw actionNeedsId();
    return { key: first, target: { operation: operationOf(resource, method, true) } };
  }
  const action = actionOf(resource, second, false);
  if (action !== undefined) return { key: first, target: actionTarget(action, method, third) };
  // reported: /contact/{job}/managemanycontacts
  throw actionOf(resource, second, true) === undefined ? unknownAction(second) : objectNotFound();
}

/** Does what was asked for. */
export function carryOut(target: Target, call: Call): Answer {
  if ('operation' in target) {
    const own = call.resource.handlers?.[target.operation];
    return own === undefined ? operations[target.operation](call) : own(call);
  }
  const { action, verb, actionId } = target;
  const handler = action.handlers[verb];
  if (handler === undefined)
    throw new NotBuiltError(`the action ${action.name} of ${call.resource.name}`);
  const object = action.isGlobal ? {} : lookUp(call, verb === 'Get' ? 'get' : 'change');
  return handler({ ...call, object, actionId });
}

const operations = { list, get, create, update, remove };
const onCollection: Partial<Record<Verb, OperationName>> = { Get: 'list', Post: 'create' };
const onInstance: Partial<Record<Verb, OperationName>> = {
  Get: 'get',
  Put: 'update',
  Delete: 'remove',
};

function operationOf(resource: Resource, method: string, hasKey: boolean): OperationName {
  const verb = verbs[method];
  // assumed for HEAD, OPTIONS, PATCH
  if (verb === undefined) throw methodNotAllowed();
  // recorded: a verb outside PublicOperations; that the new back end has one error for both is assumed
  if (!resource.operations.includes(verb))
    throw resource.backEnd === 'new' ? methodNotAllowed() : operationNotAllowed();
  // reported
  if (verb === 'Put' && !hasKey) throw objectNotFound();
  const operation = (hasKey ? onInstance : onCollection)[verb];
  if (operation === undefined || !resource.offered.has(operation)) throw methodNotAllowed();
  if (resource.notBuilt?.includes(verb)) throw new NotBuiltError(`${method} of ${resource.name}`);
  return operation;
}

function actionTarget(action: Action, method: string, actionId: string | undefined): Target {
  const verb = verbs[method];
  if (verb === undefined) throw methodNotAllowed();
  if (!action.operations.includes(verb)) throw action.refusals?.[verb]?.() ?? methodNotAllowed();
  return { action, verb, actionId };
}

function actionOf(resource: Resource, name: string, isGlobal: boolean): Action | undefined {
  return (isGlobal ? resource.globalActions : resource.objectActions).get(name.toLowerCase());
}
