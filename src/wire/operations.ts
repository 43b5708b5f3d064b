import { isBuilt } from '../engine/declared.ts';
import type { Resource, Verb } from '../engine/resource.ts';
import type { Evidence } from '../lib/evidence.ts';
import { resources } from '../resources/all.ts';
import { mailjetRoutes } from './mailjet/routes.ts';
import { smtpCall } from './smtp/call.ts';

/** Something that Mailjet can be asked for. */
export interface Operation {
  /** As log and journal name it, e.g. `contact get`. */
  operation: string;
  isBuilt: boolean;
  /** How well its behaviour is known; undefined for what is not built. */
  evidence: Evidence | undefined;
}

/** Every operation of the resources and paths that Mockjet has, and SMTP. */
export function allOperations(): Operation[] {
  return [
    ...resources.flatMap((resource) => [...plainOperations(resource), ...actionsOf(resource)]),
    ...mailjetRoutes.map(({ operation, evidence }) =>
      evidence === undefined ? notBuilt(operation) : built(operation, evidence),
    ),
    built(smtpCall.operation, 'documented'),
  ];
}

const built = (name: string, evidence: Evidence | undefined): Operation => ({
  operation: name.toLowerCase(),
  isBuilt: true,
  evidence,
});
const notBuilt = (name: string): Operation => ({
  operation: name.toLowerCase(),
  isBuilt: false,
  evidence: undefined,
});

function plainOperations(resource: Resource): Operation[] {
  return [...resource.offered].map((operation) => {
    const name = `${resource.name} ${operation}`;
    return isBuilt(resource, operation)
      ? built(name, resource.evidence[operation])
      : notBuilt(name);
  });
}

function actionsOf({ name, actions }: Resource): Operation[] {
  return actions.flatMap((action) =>
    action.operations.map((verb: Verb) =>
      action.handlers[verb] === undefined
        ? notBuilt(`${name} ${action.name} ${verb}`)
        : built(`${name} ${action.name} ${verb}`, action.evidence[verb]),
    ),
  );
}
