import type { Expression } from './ast.ts';
import { ExpressionError } from './expression-error.ts';
import { type Token, tokenAt } from './tokens.ts';

/**
 * What an expression may refer to, and whom its oddities are told.
 * @property isKnown whether a loop or `set` of the template has that name
 * @property loopOf how deep the loop around stands that gives a name, the outermost being 0
 * @property warn told of oddities: a stable code and a sentence
 */
export interface ExpressionScope {
  isKnown: (name: string) => boolean;
  loopOf: (name: string) => number | undefined;
  warn: (code: string, message: string) => void;
}

/**
 * Where the parser of an expression stands.
 * @property token what is to be read next
 * @property cost steps counted so far
 * @property grouped expressions in parentheses of their own
 */
export interface Cursor {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly scope: ExpressionScope;
  token: Token;
  depth: number;
  cost: number;
  readonly grouped: WeakSet<Expression>;
}

export function cursorOf(
  source: string,
  start: number,
  end: number,
  scope: ExpressionScope,
): Cursor {
  const token = tokenAt(source, start, end, start);
  return { source, start, end, scope, token, depth: 0, cost: 0, grouped: new WeakSet() };
}

/** Takes the token, and reads the one behind it. */
export function take(cursor: Cursor): Token {
  const { token } = cursor;
  jump(cursor, token.end);
  return token;
}

/** Reads the token at `at` next. */
export function jump(cursor: Cursor, at: number) {
  cursor.token = tokenAt(cursor.source, at, cursor.end, cursor.start);
}

export function isSymbol({ token }: Cursor, text: string): boolean {
  return token.kind === 'symbol' && token.text === text;
}

/** Production counts positions from 1, from behind the braces (assumed). */
export function position({ token, start }: Cursor): number {
  return token.at - start + 1;
}

/** The text of a string token. */
export function textOf({ source, scope }: Cursor, token: Token): string {
  if (source[token.at] === "'")
    scope.warn(
      'single-quotes',
      "Texts stand in double quotes: Mailjet's editor is reported to refuse single ones.",
    );
  return token.text;
}

/** Deepest nesting of parentheses, functions and signs. */
const deepest = 1000;

/** Goes one level down. Throws where that is too deep. */
export function descend(cursor: Cursor) {
  cursor.depth += 1;
  if (cursor.depth > deepest)
    throw new ExpressionError(
      `nested deeper than ${deepest} levels`,
      `Mockjet reads ${deepest} levels of an expression: name its parts with {% set %}.`,
    );
}
