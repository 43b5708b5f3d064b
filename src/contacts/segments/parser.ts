import { type Cursor, createCursor, unexpected } from './cursor.ts';
import { readTokens, type Token } from './lexer.ts';
import {
  type Condition,
  ExpressionError,
  type FunctionCall,
  type FunctionName,
  functions,
  type Operand,
  type Parameter,
  type Relation,
} from './syntax.ts';

/** Parentheses may hold either; which of them it must be is known only behind them. */
type Node = Condition | Operand;

/**
 * Reads a segment's expression (documented: comparisons, functions, AND, OR, not), in one pass. Words are taken in any
 * case; `and` binds tighter than `or`, and `not` may stand before any condition (both assumed: the documentation puts
 * parentheses around each, Mailjet's own plugins do without).
 * @throws ExpressionError for what is broken
 */
export function parseExpression(expression: string): Condition {
  const cursor = createCursor(readTokens(expression));
  const condition = readCondition(cursor, readAny);
  if (cursor.token.kind !== 'end') throw unexpected(cursor.token, 'the end of the expression');
  return condition;
}

/** What is wrong with an expression, in words; undefined for one that can be read. */
export function expressionProblem(expression: string): string | undefined {
  try {
    parseExpression(expression);
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

function readAny(cursor: Cursor): Node {
  return readChain(cursor, 'or', readAll);
}

function readAll(cursor: Cursor): Node {
  return readChain(cursor, 'and', readNegation);
}

function readChain(cursor: Cursor, kind: 'and' | 'or', read: (cursor: Cursor) => Node): Node {
  const start = cursor.token;
  const node = read(cursor);
  if (!cursor.isWord(kind)) return node;
  const conditions = [asCondition(node, start)];
  while (cursor.isWord(kind)) {
    cursor.take();
    conditions.push(readCondition(cursor, read));
  }
  return { kind, conditions };
}

function readNegation(cursor: Cursor): Node {
  if (!cursor.isWord('not')) return readComparison(cursor);
  cursor.take();
  return { kind: 'not', condition: cursor.deeper(() => readCondition(cursor, readNegation)) };
}

function readComparison(cursor: Cursor): Node {
  const start = cursor.token;
  const left = readPrimary(cursor);
  if (cursor.token.kind !== 'relation') return left;
  const { text } = cursor.take();
  const relation = (text === '<>' ? '!=' : text) as Relation; // the lexer reads no other
  return {
    kind: 'comparison',
    relation,
    left: asOperand(left, start),
    right: readOperand(cursor),
  };
}

function readPrimary(cursor: Cursor): Node {
  switch (cursor.token.kind) {
    case '(': {
      cursor.take();
      const inner = cursor.deeper(readAny);
      cursor.expect(')');
      return inner;
    }
    case 'number':
      return { kind: 'number', text: cursor.take().text };
    case 'text':
      return { kind: 'text', value: cursor.take().text };
    default:
      return readNamed(cursor);
  }
}

/** A property, whose name may be several words with one space between each (assumed), or a call. */
function readNamed(cursor: Cursor): Node {
  const start = cursor.token;
  const words: string[] = [];
  while (isPartOfName(cursor.token, words.length > 0)) words.push(cursor.take().text);
  if (words.length === 0) throw unexpected(start, 'a property, value or condition');
  const name = words.join(' ');
  if (cursor.token.kind === '(') return readCall(cursor, name, start);
  if (/^(true|false)$/i.test(name)) return { kind: 'truth', value: name.toLowerCase() === 'true' };
  return { kind: 'property', name };
}

function isPartOfName({ kind, text }: Token, hasBegun: boolean): boolean {
  if (kind === 'word') return !/^(and|or|not)$/i.test(text);
  return kind === 'number' && hasBegun && !text.startsWith('-');
}

const functionNames = new Map(
  Object.keys(functions).map((name) => [name.toLowerCase(), name as FunctionName]), // keys of `functions`
);

function readCall(cursor: Cursor, given: string, { position }: Token): FunctionCall {
  const name = functionNames.get(given.toLowerCase());
  if (name === undefined) throw new ExpressionError(position, `unknown function "${given}"`);
  cursor.expect('(');
  const taken = functions[name].takes.map((parameter: Parameter, index) => {
    if (index > 0) cursor.expect(',');
    return readArgument(cursor, parameter);
  });
  cursor.expect(')');
  return { kind: 'call', name, arguments: taken };
}

function readArgument(cursor: Cursor, parameter: Parameter): Operand {
  const start = cursor.token;
  const operand = cursor.deeper(readOperand);
  const isText = operand.kind === 'text';
  switch (parameter) {
    case 'number': {
      // assumed: it may stand in quotes
      const text = isText ? operand.value : operand.kind === 'number' ? operand.text : '';
      if (!/^-?\d+(\.\d+)?$/.test(text)) throw unexpected(start, 'a number');
      return { kind: 'number', text };
    }
    case 'text':
      if (!isText) throw unexpected(start, 'a text in quotes');
      return operand;
    case 'date':
    case 'plain':
      if (operand.kind === 'call' && (parameter === 'plain' || isOfText(operand)))
        throw unexpected(start, parameter === 'plain' ? 'a property or number' : 'a date');
      return operand;
    case 'value':
      return operand;
  }
}

function isOfText({ name }: FunctionCall): boolean {
  return name === 'FormatDateTime' || name === 'FormatDateTimeTZ';
}

function readCondition(cursor: Cursor, read: (cursor: Cursor) => Node): Condition {
  const start = cursor.token;
  return asCondition(read(cursor), start);
}

function readOperand(cursor: Cursor): Operand {
  const start = cursor.token;
  return asOperand(readPrimary(cursor), start);
}

function isCondition(node: Node): node is Condition {
  if (node.kind === 'call') return functions[node.name].gives === 'condition';
  return ['and', 'or', 'not', 'comparison'].includes(node.kind);
}

function asCondition(node: Node, start: Token): Condition {
  if (isCondition(node)) return node;
  throw new ExpressionError(start.position, 'expected a condition, but found a value');
}

function asOperand(node: Node, start: Token): Operand {
  if (!isCondition(node)) return node;
  throw new ExpressionError(start.position, 'expected a value, but found a condition');
}
