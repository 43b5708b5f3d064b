import type { Node, Reference, Tag } from './ast.ts';
import { nameOf } from './compile-reference.ts';
import { noValueFor } from './production-texts.ts';
import { readInAnyCase, readPath } from './read-path.ts';
import { type Run, spend } from './run.ts';
import { type Surroundings, unknownHint } from './unknown-hints.ts';

/**
 * Looks at the loops over variables in a branch that is not taken, once in a rendering. In 2017 production asked for
 * their lists all the same (reported); mails of 2021 rely on that it does not. So it is told, and by `strictLoops` an
 * error.
 */
export function lookAtSkipped(run: Run, body: readonly Node[], around: Surroundings) {
  if (run.skipped.has(body)) return;
  run.skipped.add(body);
  const waiting = [...body].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!spend(run, 1)) return;
    if (node.kind === 'for') {
      const { expression } = node.list;
      if (expression.namespace === 'var' && expression.fallback === undefined)
        lookAtList(run, node.tag, expression, around);
      pushAll(waiting, node.body);
    } else if (node.kind === 'if') {
      if (node.otherwise !== undefined) pushAll(waiting, node.otherwise);
      for (const branch of node.branches.toReversed()) pushAll(waiting, branch.body);
    }
  }
}

function lookAtList(run: Run, tag: Tag, reference: Reference, around: Surroundings) {
  const { variables } = run.input;
  const { path } = reference;
  const value = readPath(variables, path) ?? readInAnyCase(run, variables, path);
  const isEmpty = Array.isArray(value) && value.length === 0;
  if (value !== undefined && !isEmpty) return;
  const name = nameOf(reference);
  if (run.strictLoops)
    run.notes.error(tag, noValueFor(name), false, () =>
      isEmpty
        ? `${name} is an empty list, an error by the rule of 2017.`
        : unknownHint(reference, run, around),
    );
  else
    run.notes.warn(
      tag,
      'loop-not-reached',
      `${name} has nothing to go through, and its loop is not reached: in 2017 production blocked such mails. Send a list that is not empty.`,
    );
}

/** So that the first comes out first; a spread of very many arguments overflows the stack. */
function pushAll(waiting: Node[], nodes: readonly Node[]) {
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    const node = nodes[at];
    if (node !== undefined) waiting.push(node);
  }
}
