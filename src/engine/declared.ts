import type { Declaration, Member, OperationName, Property, Verb } from './resource.ts';

/** The five operations of a resource, in the order of the support table. */
export const operationNames = ['list', 'get', 'create', 'update', 'remove'] as const;

const requests: Record<OperationName, { verb: Verb; of: 'collection' | 'instance' }> = {
  list: { verb: 'Get', of: 'collection' },
  get: { verb: 'Get', of: 'instance' },
  create: { verb: 'Post', of: 'collection' },
  update: { verb: 'Put', of: 'instance' },
  remove: { verb: 'Delete', of: 'instance' },
};

/** True for an operation that the resource has on Mailjet, built or not. */
export function isOffered(declaration: Declaration, operation: OperationName): boolean {
  const { verb, of } = requests[operation];
  return declaration.operations.includes(verb) && (declaration[of]?.includes(verb) ?? true);
}

/** True for an operation that Mockjet answers. */
export function isBuilt(declaration: Declaration, operation: OperationName): boolean {
  const { verb } = requests[operation];
  return isOffered(declaration, operation) && !declaration.notBuilt?.includes(verb);
}

/** A property under the names by which it goes: a reference is `List` in metadata and `ListID` on the wire. */
export function memberOf(name: string, property: Property): Member {
  const isReference = property.kind === 'reference' && !name.endsWith('ID');
  return { name, wireName: isReference ? `${name}ID` : name, property };
}

/** What a body that names a property meets. */
export function inputRule({ input, readOnly }: Property): NonNullable<Property['input']> {
  return input ?? (readOnly ? 'ignore' : 'store');
}
