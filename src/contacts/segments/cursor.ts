import type { Token } from './lexer.ts';
import { ExpressionError } from './syntax.ts';

/** How deep parentheses, calls and `not` may stand in each other (assumed). */
export const deepestNesting = 100;

/** Where a reader stands in the tokens of an expression. */
export interface Cursor {
  readonly token: Token;
  /** True when the token is this word, in any case. */
  isWord(word: string): boolean;
  /** Goes one token on; returns the one it stood at. */
  take(): Token;
  /** Goes over a sign. @throws ExpressionError when another token is there */
  expect(sign: '(' | ')' | ','): void;
  /** Runs a reader one level down. @throws ExpressionError when that is too deep */
  deeper<T>(read: (cursor: Cursor) => T): T;
}

/** @param tokens of an expression, and `end` where it stays behind them */
export function createCursor({ tokens, end }: { tokens: readonly Token[]; end: Token }): Cursor {
  let next = 0;
  let depth = 0;
  const cursor: Cursor = {
    get token() {
      return tokens[next] ?? end;
    },
    isWord: (word) => cursor.token.kind === 'word' && cursor.token.text.toLowerCase() === word,
    take() {
      const { token } = cursor;
      next += 1;
      return token;
    },
    expect(sign) {
      if (cursor.token.kind !== sign) throw unexpected(cursor.token, `"${sign}"`);
      next += 1;
    },
    deeper(read) {
      depth += 1;
      if (depth > deepestNesting)
        throw new ExpressionError(
          cursor.token.position,
          `more than ${deepestNesting} levels of nesting`,
        );
      const node = read(cursor);
      depth -= 1;
      return node;
    },
  };
  return cursor;
}

/** The error for a token where `wanted` should stand. */
export function unexpected({ kind, text, position }: Token, wanted: string): ExpressionError {
  const found = kind === 'end' ? 'the end of the expression' : `"${text}"`;
  return new ExpressionError(position, `expected ${wanted}, but found ${found}`);
}
