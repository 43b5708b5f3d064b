import type { Branch, Node, Parsed, Reference } from './ast.ts';
import { compileExpression } from './compile-expression.ts';
import { compileRead, type Evaluate, type Names, nameOf } from './compile-reference.ts';
import { isTrue, textOf } from './convert.ts';
import { noArray, noValueFor, unknownIdentifier } from './production-texts.ts';
import { fail, type Run, spend, write } from './run.ts';
import { lookAtSkipped } from './skipped-loops.ts';
import { unknownHint } from './unknown-hints.ts';
import { given, isContainer, type Value } from './values.ts';

export type Statement = (run: Run) => void;

/** A body that is compiled later, so that no nesting is too deep for the stack. */
interface Body {
  nodes: readonly Node[];
  run: Statement;
}

/** What the compilation of one source shares. */
interface Work {
  source: string;
  waiting: Body[];
}

/** Nodes as one function that runs them in turn, until the budget is used up. */
export function compileNodes(source: string, nodes: readonly Node[], names: Names): Statement {
  const work: Work = { source, waiting: [] };
  const whole = later(work, nodes);
  for (let body = work.waiting.pop(); body !== undefined; body = work.waiting.pop()) {
    const statements: Statement[] = [];
    for (const node of body.nodes) statements.push(compileNode(work, node, names));
    body.run = inTurn(statements);
  }
  return whole.run;
}

const nothingToDo = () => {};

function later(work: Work, nodes: readonly Node[]): Body {
  const body = { nodes, run: nothingToDo };
  if (nodes.length > 0) work.waiting.push(body);
  return body;
}

function inTurn(statements: readonly Statement[]): Statement {
  const [only = nothingToDo] = statements;
  if (statements.length < 2) return only;
  return (run) => {
    for (const statement of statements) {
      statement(run);
      if (run.isOver) return;
    }
  };
}

function compileNode(work: Work, node: Node, names: Names): Statement {
  switch (node.kind) {
    case 'text': {
      const text = work.source.slice(node.start, node.end);
      return (run) => write(run, text);
    }
    case 'print':
      return compilePrint(work.source, node, names);
    case 'bracket': {
      const read = compileRead(node.reference, names);
      const fallback = String(node.reference.fallback);
      return (run) => {
        run.tag = node.tag;
        if (!spend(run, 1)) return;
        const value = read(run);
        write(run, (value === undefined ? undefined : textOf(value)) ?? fallback);
      };
    }
    case 'set': {
      const evaluate = compileExpression(node.value.expression, names);
      const slot = names.setSlots.get(node.name) ?? 0;
      const { tag, value } = node;
      return (run) => {
        run.tag = tag;
        if (spend(run, value.cost)) run.sets[slot] = evaluate(run);
      };
    }
    case 'if':
      return compileIf(work, node, names);
    case 'for':
      return compileFor(work, node, names);
  }
}

/** Where the value fails the tag stays as it is written. */
function compilePrint(
  source: string,
  { tag, value }: Node & { kind: 'print' },
  names: Names,
): Statement {
  const { expression, cost } = value;
  const evaluate = compileExpression(expression, names);
  const asWritten = source.slice(tag.start, tag.end);
  return (run) => {
    run.tag = tag;
    run.left -= cost;
    if (run.left < 0 && !spend(run, 0)) return;
    const result = evaluate(run);
    const text = result === undefined ? undefined : textOf(result);
    if (text !== undefined) {
      write(run, text);
      return;
    }
    if (result !== undefined) refuseContainer(run, value, names);
    if (!run.isOver) write(run, asWritten);
  };
}

/** Lists and objects are no identifiers of production's parser (assumed: it knows their values by whole paths). */
function refuseContainer(run: Run, { expression }: Parsed, names: Names) {
  if (expression.kind !== 'reference') return;
  fail(run, unknownIdentifier(nameOf(expression)), () => unknownHint(expression, run, names));
}

function compileIf(
  work: Work,
  { branches, otherwise }: Node & { kind: 'if' },
  names: Names,
): Statement {
  const compiled = branches.map((branch) => ({
    holds: compileCondition(branch, names),
    body: later(work, branch.body),
    skipped: names.withLoops.has(branch.body) ? branch.body : undefined,
  }));
  const last = later(work, otherwise ?? []);
  const skippedLast = otherwise !== undefined && names.withLoops.has(otherwise) ? otherwise : [];
  return (run) => {
    let taken: Body | undefined;
    for (const { holds, body, skipped } of compiled) {
      if (taken === undefined && holds(run)) taken = body;
      else if (skipped !== undefined) lookAtSkipped(run, skipped, names);
      if (run.isOver) return;
    }
    if (taken !== undefined && skippedLast.length > 0) lookAtSkipped(run, skippedLast, names);
    (taken ?? last).run(run);
  };
}

function compileCondition({ tag, condition }: Branch, names: Names): (run: Run) => boolean {
  const evaluate = compileExpression(condition.expression, names);
  const isBare = condition.expression.kind === 'reference';
  return (run) => {
    run.tag = tag;
    if (!spend(run, condition.cost)) return false;
    const value = evaluate(run);
    if (value === undefined) return false;
    if (isBare && typeof value !== 'boolean' && typeof value !== 'number') warnOfBare(run, value);
    return isTrue(value);
  };
}

function warnOfBare(run: Run, value: Value) {
  if (typeof value === 'string')
    run.notes.warn(
      run.tag,
      'text-in-if',
      `The condition is a text, ${JSON.stringify(value.slice(0, 60))}: any but "" holds, "false" and "0" too. Send a boolean or compare it.`,
    );
  else if (isContainer(value))
    run.notes.warn(
      run.tag,
      'list-in-if',
      'The condition is a list or an object: Mockjet takes one with something in it as true, and what production does is not known.',
    );
}

function compileFor(
  work: Work,
  { tag, depth, list, body }: Node & { kind: 'for' },
  names: Names,
): Statement {
  const inside = later(work, body);
  const items = compileList(list, names);
  return (run) => {
    run.tag = tag;
    if (!spend(run, list.cost)) return;
    const values = items(run);
    for (let at = 0; at < values.length; at += 1) {
      if (!spend(run, 1)) return;
      run.loops[depth] = given(values[at]);
      inside.run(run);
      if (run.isOver) return;
      run.tag = tag;
    }
  };
}

const nothing: readonly unknown[] = [];

/** What a loop goes through: a list, or the values of an object (documented). */
function compileList(
  { expression }: Parsed & { expression: Reference },
  names: Names,
): (run: Run) => readonly unknown[] {
  const read: Evaluate = compileRead(expression, names);
  const name = nameOf(expression);
  const { fallback } = expression;
  const refuse = (run: Run, message: string, hint: string | (() => string)) => {
    if (!run.isOver) run.notes.error(run.tag, message, false, hint);
    return nothing;
  };
  return (run) => {
    const value = read(run);
    // reported: every variable is given a default, even an empty one; a loop has nothing to go through then (assumed)
    if (value === undefined && fallback === '') return nothing;
    if (value === undefined && fallback === undefined)
      return refuse(run, noValueFor(name), () => unknownHint(expression, run, names));
    const list = value ?? fallback ?? '';
    if (Array.isArray(list)) {
      if (list.length === 0 && run.strictLoops)
        return refuse(
          run,
          noValueFor(name),
          `${name} is an empty list, an error by the rule of 2017.`,
        );
      return list;
    }
    if (isContainer(list)) return Object.values(list);
    const isJson = typeof list === 'string' && /^\s*[[{]/.test(list);
    return refuse(
      run,
      noArray(name),
      isJson
        ? `${name} is a text that holds JSON: send the list itself, without JSON.stringify.`
        : `${name} is ${JSON.stringify(textOf(list)?.slice(0, 60))}: a loop goes through a list or an object.`,
    );
  };
}
