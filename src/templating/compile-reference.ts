import type { Node, Reference } from './ast.ts';
import { unknownIdentifier } from './production-texts.ts';
import { readInAnyCase, readPath } from './read-path.ts';
import { fail, type Run, spend } from './run.ts';
import { type Surroundings, unknownHint } from './unknown-hints.ts';
import { member, type Value } from './values.ts';

/** Whoever knows a segment's contacts has to look for them. */
const segmentSteps = 2000;

/** Evaluates; undefined is "nothing there", or a failure that has been told. */
export type Evaluate = (run: Run) => Value | undefined;

/**
 * The names that compiled code finds by number.
 * @property withLoops bodies that have a loop in them
 */
export interface Names extends Surroundings {
  withLoops: WeakSet<readonly Node[]>;
}

/** The name as it is written in the source, without its default. */
export function nameOf({ namespace, path }: Reference): string {
  return namespace === undefined ? path.join('.') : `${namespace}:${path.join('.')}`;
}

/** A name's value, its default, or an error. */
export function compileReference(reference: Reference, names: Names): Evaluate {
  const read = compileRead(reference, names);
  const { fallback } = reference;
  if (fallback !== undefined)
    return (run) => {
      const value = read(run);
      return value === undefined ? fallback : value;
    };
  const reason = unknownIdentifier(nameOf(reference));
  return (run) => {
    const value = read(run);
    if (value !== undefined) return value;
    return fail(run, reason, () => unknownHint(reference, run, names));
  };
}

/** What a name has, without its default; undefined where there is nothing. */
export function compileRead(reference: Reference, names: Names): Evaluate {
  const { namespace, path } = reference;
  const [first = ''] = path;
  switch (namespace) {
    case 'var':
      return path.length === 1
        ? (run) =>
            member(run.input.variables, first) ?? readInAnyCase(run, run.input.variables, path)
        : (run) =>
            readPath(run.input.variables, path) ?? readInAnyCase(run, run.input.variables, path);
    case 'data':
      return (run) =>
        readPath(run.input.contact, path) ?? readInAnyCase(run, run.input.contact, path);
    case 'mj':
      return compileMj(path);
    case 'segment':
      return (run) => (spend(run, segmentSteps) ? run.input.segment?.(first) : undefined);
    default:
      return compileBare(path, reference.loop, names);
  }
}

/** documented: `mj:unsub_link_fr` is `mj:unsub_link` in a language */
function compileMj(path: readonly string[]): Evaluate {
  const link = /^(unsub_link)_[A-Za-z]{2}(?:_[A-Za-z]{2})?$/.exec(path[0] ?? '')?.[1];
  return (run) => {
    const { mj } = run.input;
    const value = readPath(mj, path) ?? readInAnyCase(run, mj, path);
    return value === undefined && link !== undefined ? member(mj, link) : value;
  };
}

function compileBare(
  path: readonly string[],
  depth: number | undefined,
  { setSlots }: Names,
): Evaluate {
  const [first = '', second] = path;
  if (depth === undefined) {
    const slot = setSlots.get(first);
    if (slot === undefined) return () => undefined;
    if (second === undefined) return (run) => run.sets[slot];
    return (run) =>
      readPath(run.sets[slot], path, 1) ?? readInAnyCase(run, run.sets[slot], path, 1);
  }
  if (second === undefined) return (run) => run.loops[depth];
  if (path.length === 2)
    return (run) =>
      member(run.loops[depth], second) ?? readInAnyCase(run, run.loops[depth], path, 1);
  return (run) =>
    readPath(run.loops[depth], path, 1) ?? readInAnyCase(run, run.loops[depth], path, 1);
}
