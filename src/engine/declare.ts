import type { Property, Resource } from './resource.ts';

/** A property under the names by which it goes. */
export interface Member {
  /** Metadata's name, e.g. `List`. */
  name: string;
  /** Name on the wire and of the column, e.g. `ListID`. */
  wireName: string;
  property: Property;
}

const members = new Map<Resource, Member[]>();
const inputs = new Map<Resource, Map<string, { member: Member; isAlternate: boolean }>>();

/** Sorts as the old back end does: by name, ignoring case (recorded: Errcount before ErrTreshold). */
function byName(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A resource's properties in the order of the wire. */
export function membersOf(resource: Resource): Member[] {
  const known = members.get(resource);
  if (known !== undefined) return known;
  const made = Object.entries(resource.properties)
    .map(([name, property]) => ({ name, wireName: wireName(name, property), property }))
    .sort((a, b) => byName(a.wireName, b.wireName));
  members.set(resource, made);
  return made;
}

/** A property that holds the ID of another object. */
interface ReferenceMember extends Member {
  reference: NonNullable<Property['reference']>;
}

const references = new Map<Resource, ReferenceMember[]>();

/** A resource's properties that refer to others. */
export function referencesOf(resource: Resource): ReferenceMember[] {
  const known = references.get(resource);
  if (known !== undefined) return known;
  const made = membersOf(resource).flatMap((member) => {
    const { reference } = member.property;
    return reference === undefined ? [] : [{ ...member, reference }];
  });
  references.set(resource, made);
  return made;
}

/** Finds a property by a name that a body gives, in any case; a reference also as `...ALT`. */
export function inputOf(resource: Resource, given: string) {
  let known = inputs.get(resource);
  if (known === undefined) {
    known = new Map();
    for (const member of membersOf(resource)) {
      known.set(member.wireName.toLowerCase(), { member, isAlternate: false });
      if (member.property.kind === 'reference') {
        known.set(`${member.name}ALT`.toLowerCase(), { member, isAlternate: true });
      }
    }
    inputs.set(resource, known);
  }
  return known.get(given.toLowerCase());
}

/** The column of a property that metadata names. */
export function columnOf(resource: Resource, name: string): string {
  return membersOf(resource).find((member) => member.name === name)?.wireName ?? name;
}

function wireName(name: string, property: Property): string {
  return property.kind === 'reference' && !name.endsWith('ID') ? `${name}ID` : name;
}
