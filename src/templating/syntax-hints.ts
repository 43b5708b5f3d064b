import { distance } from 'fastest-levenshtein';
import type { Expression } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { functionNames } from './functions.ts';

/** The function that was meant, or what there is. */
export function unknownFunction(name: string): string {
  const near = closest(name, functionNames);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  return `There is no function ${name.slice(0, 60)}.${meant} The functions are ${functionNames.join(', ')}.`;
}

/** Why what stands behind a whole expression does not belong there. */
export function whatFollows({ token, source }: Cursor, before: Expression): string {
  const hasDefault = before.kind === 'reference' && before.fallback !== undefined;
  if (hasDefault && (token.kind === 'name' || token.kind === 'string'))
    return 'A default of more than one word stands in quotes, and has no quotes in it.';
  if (token.kind === 'string') return 'Texts are joined by +.';
  if (token.kind === 'name' && before.kind === 'reference' && before.namespace === undefined)
    return `Two names stand side by side: "${token.text.slice(0, 60)}" is what is too much.`;
  if (['<', '<=', '>', '>=', '=', '<>'].includes(token.text) && source[token.at] !== '!')
    return 'Comparisons are not chained: join two of them by "and".';
  return `An operator is missing before "${token.text.slice(0, 60)}".`;
}

/** Longer names are no slips of the pen. */
const longest = 40;

/** How many names are looked at. */
const mostNames = 500;

/** The name that somebody who wrote `given` most likely meant; undefined where none is near. */
export function closest(given: string, names: readonly string[]): string | undefined {
  if (given.length > longest) return undefined;
  const lower = given.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const name of names.slice(0, mostNames)) {
    if (name.length > longest) continue;
    const far = distance(lower, name.toLowerCase());
    if (far < least) {
      best = name;
      least = far;
    }
  }
  return best;
}
