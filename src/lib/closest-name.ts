import { distance } from 'fastest-levenshtein';

/** Longer names are no slips of the pen, and the distance takes the product of both lengths. */
const longest = 40;

/** The name out of `names` that somebody who wrote `given` most likely meant; undefined where none is near. */
export function closestName(given: string, names: readonly string[]): string | undefined {
  if (given.length > longest) return undefined;
  const lower = given.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.floor(given.length / 3)) + 1;
  for (const name of names) {
    const far = distance(lower, name.toLowerCase());
    if (far < least) {
      best = name;
      least = far;
    }
  }
  return best;
}
