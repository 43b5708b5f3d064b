import { declarationProblems } from './check-declaration.ts';
import { isOffered, memberOf, operationNames } from './declared.ts';
import type { Declaration, Input, Member, Resource } from './resource.ts';

/**
 * Makes a resource of its declaration: what every request would look up is joined here, once.
 * @throws Error that names the resource and what makes no sense in its declaration, so that the server does not start
 */
export function defineResource(declaration: Declaration): Resource {
  const [problem] = declarationProblems(declaration);
  if (problem !== undefined) throw new Error(`The resource ${declaration.name}: ${problem}`);
  const { backEnd = 'old' } = declaration;
  const members = membersOf(declaration);
  const actionsBelow = (isGlobal: boolean) =>
    new Map(
      declaration.actions
        .filter((action) => action.isGlobal === isGlobal)
        .map((action) => [action.name.toLowerCase(), action]),
    );
  return {
    ...declaration,
    backEnd,
    members,
    inputs: inputsOf(members),
    references: members.flatMap((member) => {
      const { reference } = member.property;
      return reference === undefined ? [] : [{ ...member, reference }];
    }),
    offered: new Set(operationNames.filter((operation) => isOffered(declaration, operation))),
    filterList: Object.entries(declaration.filters),
    columns: new Map(members.map(({ name, wireName }) => [name, wireName])),
    lookups: lookupsOf(declaration),
    keyStored: (declaration.keyColumns ?? []).map(
      (column) => declaration.properties[column]?.stored ?? asItIs,
    ),
    globalActions: actionsBelow(true),
    objectActions: actionsBelow(false),
  };
}

/**
 * Properties in the order of the wire: the old back end's is by name, ignoring case (recorded: Errcount before
 * ErrTreshold), the new one's is that of its declaration (recorded of a template).
 */
function membersOf({ backEnd, properties }: Declaration): Member[] {
  const members = Object.entries(properties).map(([name, property]) => memberOf(name, property));
  return backEnd === 'new' ? members : members.sort((a, b) => byName(a.wireName, b.wireName));
}

function byName(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The names by which a body may give a property, in lower case; a reference also as `...ALT`. */
function inputsOf(members: readonly Member[]): Map<string, Input> {
  const inputs = new Map<string, Input>();
  for (const member of members) {
    inputs.set(member.wireName.toLowerCase(), { member, isAlternate: false });
    if (member.property.kind === 'reference')
      inputs.set(`${member.name}ALT`.toLowerCase(), { member, isAlternate: true });
  }
  return inputs;
}

const asItIs = (part: string) => part;

/** SQL that finds one row: long texts are slow to make, and slow to find again when they are made anew. */
function lookupsOf(declaration: Declaration): Resource['lookups'] {
  const { source, keyColumns, exists, listed, softDelete } = declaration;
  const select = (columns: readonly string[]) => {
    const conditions = [...columns.map((column) => `${column} = ?`), `(${exists?.where ?? '1'})`];
    return `SELECT * FROM ${source} WHERE ${conditions.join(' AND ')}`;
  };
  // assumed: a key that was given away again means what the list shows, else the last that was deleted
  const order =
    softDelete === undefined || listed === undefined
      ? ''
      : ` ORDER BY (${listed.where}) DESC, ID DESC`;
  return { byId: select(['ID']), byKey: select(keyColumns ?? []) + order };
}
