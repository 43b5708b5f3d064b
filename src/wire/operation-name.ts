import type { Target } from '../engine/dispatch.ts';
import type { Resource } from '../engine/resource.ts';

/** The name of what is asked for, as log, journal and support table have it: `contact get`, `contactslist managecontact post`. */
export function nameTarget(resource: Resource, target: Target): string {
  return 'operation' in target
    ? `${resource.name} ${target.operation}`
    : `${resource.name} ${target.action.name.toLowerCase()} ${target.verb.toLowerCase()}`;
}
