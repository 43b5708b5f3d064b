import { ExpressionError } from './syntax.ts';

/** A piece of an expression. */
export interface Token {
  kind: 'word' | 'number' | 'text' | 'relation' | '(' | ')' | ',' | 'end';
  /** As written; of a text, what stands between its quotes. */
  text: string;
  /** Of its first character, from 1. */
  position: number;
}

/**
 * One token or space. Words may begin with a digit and have hyphens and points in them, as names of properties do
 * (assumed); a quote inside a text is written twice (assumed).
 */
const piece =
  /(?<space>\s+)|(?<number>-?\d+(?:\.\d+)?(?![\p{L}\p{N}_.-]))|(?<word>[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]*)|"(?<double>[^"]*(?:""[^"]*)*)"|'(?<single>[^']*(?:''[^']*)*)'|(?<relation><=|>=|<>|!=|=|<|>)|(?<sign>[(),])/uy;

/**
 * Cuts an expression into tokens, in one pass; `end` stands behind them.
 * @throws ExpressionError for a character that begins none
 */
export function readTokens(expression: string): { tokens: Token[]; end: Token } {
  const tokens: Token[] = [];
  piece.lastIndex = 0;
  let at = 0;
  while (at < expression.length) {
    const groups = piece.exec(expression)?.groups;
    const position = at + 1;
    if (groups === undefined) throw new ExpressionError(position, unreadable(expression, at));
    at = piece.lastIndex;
    const { number, word, double, single, relation, sign } = groups;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, position });
    else if (word !== undefined) {
      if (/^[\d.-]*$/.test(word))
        throw new ExpressionError(
          position,
          `"${word}" is no number, and as a text it needs quotes`,
        );
      tokens.push({ kind: 'word', text: word, position });
    } else if (double !== undefined)
      tokens.push({ kind: 'text', text: double.replaceAll('""', '"'), position });
    else if (single !== undefined)
      tokens.push({ kind: 'text', text: single.replaceAll("''", "'"), position });
    else if (relation !== undefined) tokens.push({ kind: 'relation', text: relation, position });
    else if (sign === '(' || sign === ')' || sign === ',')
      tokens.push({ kind: sign, text: sign, position });
  }
  return { tokens, end: { kind: 'end', text: '', position: expression.length + 1 } };
}

function unreadable(expression: string, at: number): string {
  const character = String.fromCodePoint(expression.codePointAt(at) ?? 0);
  return character === '"' || character === "'"
    ? 'the text has no closing quote'
    : `unexpected character "${character}"`;
}
