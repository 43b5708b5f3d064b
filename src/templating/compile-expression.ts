import type { Expression } from './ast.ts';
import { type Comparison, compare } from './compare.ts';
import { compileReference, type Evaluate, type Names } from './compile-reference.ts';
import { isTrue, kindOf, numberOf, textOf } from './convert.ts';
import { functionNamed } from './functions.ts';
import { divisionByZero, mismatch } from './production-texts.ts';
import { fail, outOfBytes, type Run, spendOnText } from './run.ts';
import type { Value } from './values.ts';

type Apply = (run: Run, left: Value, right: Value) => Value | undefined;

/** An expression as a function. Where it fails it has told so, and gives undefined. */
export function compileExpression(expression: Expression, names: Names): Evaluate {
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'reference':
      return compileReference(expression, names);
    case 'unary':
      return compileUnary(expression.operator, compileExpression(expression.operand, names));
    case 'call':
      return compileCall(
        expression.name,
        expression.operands.map((each) => compileExpression(each, names)),
      );
    case 'chain':
      return compileChain(
        compileExpression(expression.first, names),
        expression.rest.map(({ operator, operand }) => ({
          operator,
          operand: compileExpression(operand, names),
        })),
      );
  }
}

type Links = readonly { operator: string; operand: Evaluate }[];

function compileChain(first: Evaluate, links: Links): Evaluate {
  const [link, second] = links;
  if (link === undefined) return first;
  if (link.operator === 'and' || link.operator === 'or' || link.operator === 'xor')
    return compileLogic(first, links);
  const { operand } = link;
  const apply = applyOf(link.operator);
  if (second === undefined)
    return (run) => {
      const left = first(run);
      if (left === undefined) return undefined;
      const right = operand(run);
      return right === undefined ? undefined : apply(run, left, right);
    };
  const steps = links.map((each) => ({ apply: applyOf(each.operator), operand: each.operand }));
  return (run) => {
    let value = first(run);
    for (const step of steps) {
      if (value === undefined) return undefined;
      const right = step.operand(run);
      value = right === undefined ? undefined : step.apply(run, value, right);
    }
    return value;
  };
}

/** Both sides are looked at, so that a name that is not given is an error wherever it stands (documented). */
function compileLogic(first: Evaluate, links: Links): Evaluate {
  return (run) => {
    const start = first(run);
    let failed = start === undefined;
    let value = start !== undefined && isTrue(start);
    for (const { operator, operand } of links) {
      const right = operand(run);
      if (right === undefined) {
        failed = true;
        continue;
      }
      const holds = isTrue(right);
      if (operator === 'and') value = value && holds;
      else value = operator === 'or' ? value || holds : value !== holds;
    }
    return failed ? undefined : value;
  };
}

function compileUnary(operator: 'not' | '-' | '+', operand: Evaluate): Evaluate {
  if (operator === 'not')
    return (run) => {
      const value = operand(run);
      return value === undefined ? undefined : !isTrue(value);
    };
  const factor = operator === '-' ? -1 : 1;
  return (run) => {
    const value = operand(run);
    if (value === undefined) return undefined;
    const number = numberOf(value);
    return number === undefined ? refuse(run, 'Integer', value) : factor * number || 0;
  };
}

function refuse(run: Run, expected: string, value: Value): undefined {
  return fail(run, mismatch(expected, kindOf(value)), () => {
    const text = textOf(value);
    return text === undefined
      ? 'Lists and objects are not computed with: name one of their values.'
      : `A number is needed, and "${text.slice(0, 60)}" is none.`;
  });
}

function applyOf(operator: string): Apply {
  if (operator === '+') return add;
  const arithmetic = arithmetics[operator];
  if (arithmetic !== undefined) return arithmetic;
  const comparison = operator as Comparison; // the parser makes no others
  return (run, left, right) => {
    if (typeof left === 'number' && typeof right === 'number')
      return compare(comparison, left, right);
    if (!payForTexts(run, left, right)) return undefined;
    const holds = compare(comparison, left, right);
    if (holds === undefined)
      return fail(
        run,
        mismatch(kindOf(left), kindOf(right)),
        'Lists and objects are not compared: compare one of their values.',
      );
    if (typeof left !== typeof right) warnOfKinds(run, left, right);
    return holds;
  };
}

/** In the parser that production seems to have, a text beside a number is an error; reported mails show that it is not. */
function warnOfKinds(run: Run, left: Value, right: Value) {
  run.notes.warn(
    run.tag,
    'kinds-mixed',
    `${kindOf(left)} is compared with ${kindOf(right)}: Mockjet converts, which production does not do everywhere.`,
  );
}

function payForTexts(run: Run, left: Value, right: Value): boolean {
  const isPaid = typeof left !== 'string' || spendOnText(run, left);
  return isPaid && (typeof right !== 'string' || spendOnText(run, right));
}

/** Two numbers are added; where one is a text both are joined as texts (reported: `"Hello " + var:name`). */
const add: Apply = (run, left, right) => {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'string' || typeof right === 'string') {
    const [a, b] = [textOf(left), textOf(right)];
    if (a === undefined) return refuse(run, 'String', left);
    if (b === undefined) return refuse(run, 'String', right);
    if (a.length + b.length <= run.longestText) return a + b;
    outOfBytes(run);
    return undefined;
  }
  return compute(run, left, right, (a, b) => a + b);
};

function compute(
  run: Run,
  left: Value,
  right: Value,
  of: (left: number, right: number) => number,
): number | undefined {
  const a = numberOf(left);
  if (a === undefined) return refuse(run, kindOf(right), left);
  const b = numberOf(right);
  if (b === undefined) return refuse(run, kindOf(left), right);
  return of(a, b) || 0;
}

/** Texts that say numbers are taken as numbers (assumed, as in comparisons). */
const arithmetics: Readonly<Record<string, Apply>> = {
  '-': (run, left, right) => compute(run, left, right, (a, b) => a - b),
  '*': (run, left, right) => compute(run, left, right, (a, b) => a * b),
  '/': divided((a, b) => a / b),
  div: divided((a, b) => Math.trunc(Math.trunc(a) / b), Math.trunc),
  mod: divided((a, b) => Math.trunc(a) % b, Math.trunc),
};

function divided(
  of: (left: number, divisor: number) => number,
  divisorOf = (number: number) => number,
): Apply {
  return (run, left, right) => {
    if (divisorOf(numberOf(right) ?? 1) === 0)
      return fail(run, divisionByZero, 'A number is divided by 0.');
    return compute(run, left, right, (a, b) => of(a, divisorOf(b)));
  };
}

function compileCall(name: string, operands: readonly Evaluate[]): Evaluate {
  const known = functionNamed(name);
  if (known === undefined) return () => undefined;
  const { apply, usage } = known;
  return (run) => {
    const values: Value[] = [];
    for (const operand of operands) {
      const value = operand(run);
      if (value === undefined) return undefined;
      if (typeof value === 'string' && !spendOnText(run, value)) return undefined;
      values.push(value);
    }
    const { input } = run;
    const result = apply(values, {
      offsetMinutes: input.offsetMinutes ?? 0,
      hasOpenedSince: input.hasOpenedSince ?? never,
      hasClickedSince: input.hasClickedSince ?? never,
      refuse: (hint) =>
        fail(run, mismatch(name, values.map(kindOf).join(', ')), `${hint} It is written ${usage}.`),
    });
    if (typeof result === 'string' && result.length > run.longestText) outOfBytes(run);
    return result;
  };
}

const never = () => false;
