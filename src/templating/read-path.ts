import { type Run, spend } from './run.ts';
import { type Container, member, type Value } from './values.ts';

/** What stands at a path below `root`; undefined where nothing does. */
export function readPath(root: unknown, path: readonly string[], from = 0): Value | undefined {
  let value: unknown = root;
  for (let at = from; at < path.length; at += 1) {
    value = member(value, path[at] ?? '');
    if (value === undefined) return undefined;
  }
  return value as Value; // what members give is a value
}

/**
 * The same with the case of letters left aside: documented samples of v3 send `Day` for `{{var:day}}`, staff says since
 * that the case must match. So it is told.
 */
export function readInAnyCase(
  run: Run,
  root: unknown,
  path: readonly string[],
  from = 0,
): Value | undefined {
  let value: unknown = root;
  let written = '';
  for (let at = from; at < path.length; at += 1) {
    const name = path[at] ?? '';
    const spelling = Object.hasOwn(Object(value), name) ? name : spellingOf(run, value, name);
    if (spelling === undefined) return undefined;
    if (spelling !== name && written === '') written = spelling;
    value = member(value, spelling);
    if (value === undefined) return undefined;
  }
  if (written !== '')
    run.notes.warn(
      run.tag,
      'name-case',
      `"${path.join('.').slice(0, 100)}" was found as "${written.slice(0, 100)}": Mailjet says that capital and small letters have to match.`,
    );
  return value as Value; // what members give is a value
}

/** A name of the object that differs in its case alone. */
function spellingOf(run: Run, of: unknown, name: string): string | undefined {
  if (typeof of !== 'object' || of === null || Array.isArray(of)) return undefined;
  const container: Container = of;
  let spellings = run.spellings.get(container);
  if (spellings === undefined) {
    const names = Object.keys(container);
    if (!spend(run, names.length)) return undefined;
    spellings = new Map(names.map((each) => [each.toLowerCase(), each]));
    run.spellings.set(container, spellings);
  }
  return spellings.get(name.toLowerCase());
}
