import type { Chain, Expression, Operator, Parsed } from './ast.ts';
import {
  type Cursor,
  cursorOf,
  descend,
  type ExpressionScope,
  isSymbol,
  position,
  take,
  textOf,
} from './cursor.ts';
import { ExpressionError } from './expression-error.ts';
import { functionNamed } from './functions.ts';
import { parseReference } from './parse-reference.ts';
import {
  argumentCount,
  badlyTerminated,
  emptyExpression,
  missingBracket,
  unexpectedEnd,
  unknownIdentifier,
  unknownToken,
} from './production-texts.ts';
import { unknownFunction, whatFollows } from './syntax-hints.ts';
import type { Token } from './tokens.ts';

/** Weakest first. `not` stands between `and` and the comparisons, as in Free Pascal's expressions (assumed). */
const ranks: readonly (readonly Operator[])[] = [
  ['or', 'xor'],
  ['and'],
  ['=', '<>', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', 'div', 'mod'],
];
const rankOf = new Map<string, number>(
  ranks.flatMap((operators, rank) => operators.map((operator) => [operator, rank] as const)),
);
const weakest = 0;
const comparison = 2;
const tightest = ranks.length;

/** Parses what stands between `start` and `end` of the source. Throws an ExpressionError. */
export function parseExpression(
  source: string,
  start: number,
  end: number,
  scope: ExpressionScope,
): Parsed {
  const cursor = cursorOf(source, start, end, scope);
  if (cursor.token.kind === 'end')
    throw new ExpressionError(emptyExpression, 'Nothing is written where a value belongs.');
  const expression = operators(cursor, weakest);
  requireEnd(cursor, expression);
  return { expression, cost: cursor.cost };
}

function requireEnd(cursor: Cursor, expression: Expression) {
  if (cursor.token.kind === 'end') return;
  throw new ExpressionError(
    badlyTerminated(position(cursor), cursor.token.text),
    whatFollows(cursor, expression),
  );
}

/** An expression of operators that bind at least as `least` does. */
function operators(cursor: Cursor, least: number): Expression {
  let left = operand(cursor);
  for (;;) {
    const rank = rankOfNext(cursor);
    if (rank === undefined || rank < least) return left;
    // a < b < c is refused (as Free Pascal's parser does, assumed)
    if (rank === comparison && isComparison(left) && !cursor.grouped.has(left)) return left;
    left = chain(cursor, left, rank);
  }
}

function chain(cursor: Cursor, first: Expression, rank: number): Chain {
  const rest: Chain['rest'] = [];
  do {
    const operator = take(cursor).text as Operator; // a symbol that has a rank is one
    cursor.cost += 1;
    rest.push({ operator, operand: operators(cursor, rank + 1) });
  } while (rank !== comparison && rankOfNext(cursor) === rank);
  if (rank < comparison) refuseSegments([first, ...rest.map((each) => each.operand)]);
  if (rank === weakest) warnOfMixture(cursor, [first, ...rest.map((each) => each.operand)]);
  return { kind: 'chain', first, rest };
}

function rankOfNext({ token }: Cursor): number | undefined {
  return token.kind === 'symbol' ? rankOf.get(token.text) : undefined;
}

function isComparison(expression: Expression): boolean {
  return (
    expression.kind === 'chain' && rankOf.get(expression.rest[0]?.operator ?? '') === comparison
  );
}

function operand(cursor: Cursor): Expression {
  const { token } = cursor;
  cursor.cost += 1;
  if (token.kind === 'number') return { kind: 'literal', value: Number(take(cursor).text) };
  if (token.kind === 'string') return { kind: 'literal', value: textOf(cursor, take(cursor)) };
  if (token.kind === 'name') return named(cursor, take(cursor));
  if (isSymbol(cursor, '(')) return group(cursor);
  if (isSymbol(cursor, 'not')) return unary(cursor, 'not', comparison);
  if (isSymbol(cursor, '-')) return unary(cursor, '-', tightest);
  if (isSymbol(cursor, '+')) return unary(cursor, '+', tightest);
  if (token.kind === 'end')
    throw new ExpressionError(unexpectedEnd, 'A value is missing at the end of the expression.');
  throw new ExpressionError(
    unknownToken(position(cursor), token.text),
    `A value was expected where "${token.text}" stands.`,
  );
}

function unary(cursor: Cursor, operator: 'not' | '-' | '+', rank: number): Expression {
  take(cursor);
  descend(cursor);
  const inner = operators(cursor, rank);
  cursor.depth -= 1;
  refuseSegments([inner]);
  return { kind: 'unary', operator, operand: inner };
}

function group(cursor: Cursor): Expression {
  take(cursor);
  descend(cursor);
  const inner = operators(cursor, weakest);
  cursor.depth -= 1;
  closeBracket(cursor);
  cursor.grouped.add(inner);
  return inner;
}

function closeBracket(cursor: Cursor) {
  if (!isSymbol(cursor, ')'))
    throw new ExpressionError(
      missingBracket(position(cursor), cursor.token.text),
      'A parenthesis that was opened is not closed.',
    );
  take(cursor);
}

function named(cursor: Cursor, name: Token): Expression {
  if (isSymbol(cursor, '(')) return call(cursor, name);
  const lower = name.text.toLowerCase();
  const isLiteral = (lower === 'true' || lower === 'false') && cursor.token.kind !== 'colon';
  return isLiteral ? { kind: 'literal', value: lower === 'true' } : parseReference(cursor, name);
}

function call(cursor: Cursor, name: Token): Expression {
  const known = functionNamed(name.text);
  if (known === undefined)
    throw new ExpressionError(unknownIdentifier(name.text), unknownFunction(name.text));
  take(cursor);
  descend(cursor);
  const operands: Expression[] = [];
  while (!isSymbol(cursor, ')')) {
    if (operands.length > 0) {
      if (!isSymbol(cursor, ',')) break;
      take(cursor);
    }
    operands.push(operators(cursor, weakest));
  }
  cursor.depth -= 1;
  closeBracket(cursor);
  const [least, most] = known.count;
  if (operands.length < least || operands.length > most)
    throw new ExpressionError(argumentCount(known.name), `It is written ${known.usage}.`);
  return { kind: 'call', name: known.name, operands };
}

/** documented: a segment is printed or stands alone in an `if` */
function refuseSegments(operands: readonly Expression[]) {
  for (const each of operands) {
    if (each.kind === 'reference' && each.namespace === 'segment')
      throw new ExpressionError(
        unknownIdentifier(`segment:${each.path[0]}`),
        'A segment is not combined with and, or, xor, not: put one if into another, or use else.',
      );
  }
}

function warnOfMixture({ scope, grouped }: Cursor, operands: readonly Expression[]) {
  const mixes = operands.some(
    (each) => each.kind === 'chain' && each.rest[0]?.operator === 'and' && !grouped.has(each),
  );
  if (mixes)
    scope.warn(
      'and-or-mixed',
      '"and" and "or" stand side by side: Mockjet takes "and" first, production perhaps goes from left to right. Write parentheses.',
    );
}
