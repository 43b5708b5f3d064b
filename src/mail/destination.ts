import { createHash } from 'node:crypto';

const known = new Map<string, number>();
const mostKnown = 1000;

/** `DestinationID` of an address: the same for all of its domain. Its size is recorded, its way is assumed. */
export function destinationOf(email: string): number {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  const found = known.get(domain);
  if (found !== undefined) return found;
  const id = 100_000 + (createHash('sha1').update(domain).digest().readUInt32BE() % 900_000);
  if (known.size >= mostKnown) known.clear();
  known.set(domain, id);
  return id;
}
