import { resources } from '../../src/resources/all.ts';

/** Each verb of the actions that production's metadata lists and Mockjet lacks, with a path that asks for it. */
export function actionsNotBuilt() {
  return resources.flatMap(({ name: resource, backEnd, actions }) =>
    actions
      .filter(({ unlisted }) => !unlisted)
      .flatMap(({ name: action, isGlobal, operations, handlers }) =>
        operations
          .filter((verb) => handlers[verb] === undefined)
          .map((verb) => ({
            resource,
            backEnd,
            action,
            method: verb.toUpperCase(),
            path: isGlobal ? `${resource}/${action}` : `${resource}/1/${action}`,
          })),
      ),
  );
}
