import { numberOf, textOf } from './convert.ts';
import type { Value } from './values.ts';

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/**
 * Compares two values. Numbers, and texts that say numbers beside them, by number (reported: `var:n:"0" >= "1"` with a
 * number in the variables); two texts by `=` as they are, in order by number where both say one, else by their
 * characters; a boolean and a text by `true` and `false`. Undefined for lists and objects.
 */
export function compare(operator: Comparison, left: Value, right: Value): boolean | undefined {
  const order = orderOf(left, right, operator === '=' || operator === '<>');
  if (order === undefined) return undefined;
  switch (operator) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function orderOf(left: Value, right: Value, isEquality: boolean): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'bigint' && typeof right === 'bigint') return sign(left, right);
  const areTexts = typeof left === 'string' && typeof right === 'string';
  if (areTexts && isEquality) return left === right ? 0 : 1;
  const isWord = typeof left === 'boolean' || typeof right === 'boolean';
  const hasText = typeof left === 'string' || typeof right === 'string';
  if (isWord && hasText) return sign(word(left), word(right));
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== undefined && b !== undefined) return a - b;
  const [leftText, rightText] = [textOf(left), textOf(right)];
  if (leftText === undefined || rightText === undefined) return undefined;
  return sign(leftText, rightText);
}

/** reported: `"False"` and `"True"` are sent where booleans are meant */
function word(value: Value): string {
  return (textOf(value) ?? '').toLowerCase();
}

function sign<T extends string | bigint>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
