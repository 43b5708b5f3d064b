import type { Evidence } from '../lib/evidence.ts';
import type { Answer, Call } from './call.ts';
import type { Verb } from './resource.ts';
import type { Row } from './row.ts';

/** A parameter or property of an action, for metadata. */
export interface ActionField {
  name: string;
  datatype: string;
  required?: true;
}

export interface ActionCall extends Call {
  /** The object that an instance action is for, as its row. */
  object: Row;
  /** What stands behind the action in the path, e.g. a job's ID. */
  actionId: string | undefined;
}

/** A verb below a resource: one file, one function. */
export interface Action {
  /** As metadata writes it; paths may write it in any case. */
  name: string;
  /** Directly below the resource, without an object. */
  isGlobal: boolean;
  operations: readonly Verb[];
  parameters: readonly ActionField[];
  properties?: readonly ActionField[];
  /** What answers each verb; a verb without is not built. */
  handlers: Partial<Record<Verb, (call: ActionCall) => Answer>>;
  /** What a verb meets that it does not take, where that is not a 405. */
  refusals?: Partial<Record<Verb, () => Error>>;
  /** Not in the metadata of 2021: the action, or some of its verbs. */
  unlisted?: true;
  unlistedOperations?: readonly Verb[];
  evidence: Partial<Record<Verb, Evidence>>;
}

/** An action that Mailjet has and Mockjet lacks: each of its verbs answers 501. */
export function notBuiltAction(
  name: string,
  what: Pick<Action, 'isGlobal' | 'operations' | 'properties' | 'unlisted'> &
    Partial<Pick<Action, 'parameters'>>,
): Action {
  return { name, parameters: [], ...what, handlers: {}, evidence: {} };
}
