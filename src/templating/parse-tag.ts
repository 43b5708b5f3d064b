import type { Parsed, Reference, Tag } from './ast.ts';
import type { ExpressionScope } from './cursor.ts';
import { ExpressionError } from './expression-error.ts';
import type { ParseNotes } from './parse.ts';
import { parseExpression } from './parse-expression.ts';
import { notValid, parsingError } from './production-texts.ts';
import { unknownStatement } from './statement-hints.ts';
import { nearTag } from './template-error.ts';
import { nameEnd } from './tokens.ts';

/** What a `{% %}` says. */
export type Control =
  | { word: 'if' | 'elseif'; condition: Parsed }
  | { word: 'else' | 'endif' | 'endfor' }
  | { word: 'for'; name: string; list: Parsed & { expression: Reference } }
  | { word: 'set'; name: string; value: Parsed };

/** What a `{{ }}` prints; undefined where that is no expression, which has been told. */
export function parseValue(
  source: string,
  tag: Tag,
  scope: ExpressionScope,
  notes: ParseNotes,
): Parsed | undefined {
  return tried(source, tag, notes, () =>
    parseExpression(source, tag.start + 2, tag.end - 2, scope),
  );
}

/**
 * What a `{% %}` says. A condition that is no expression is told, and taken as true, so that its block is still read;
 * undefined where nothing can be made of the tag.
 */
export function parseControl(
  source: string,
  tag: Tag,
  scope: ExpressionScope,
  notes: ParseNotes,
): Control | undefined {
  const end = tag.end - 2;
  const from = skipBlanks(source, tag.start + 2, end);
  const to = nameEnd(source, from, end);
  const word = source.slice(from, to).toLowerCase();
  const rest = skipBlanks(source, to, end);
  const value = (at: number) =>
    tried(source, tag, notes, () => parseExpression(source, at, end, scope));
  const refuse = (hint: string) => {
    notes.error(tag, notValid(nearTag(source, tag.start, tag.end)), hint);
    return undefined;
  };
  switch (word) {
    case 'if':
    case 'elseif':
      return { word, condition: value(to) ?? holds };
    case 'else':
    case 'endif':
    case 'endfor':
      if (rest < end) refuse(unknownStatement(source.slice(from, end)));
      return { word };
    case 'set': {
      const name = nameAt(source, rest, end);
      const equals = skipBlanks(source, rest + name.length, end);
      if (name === '' || source[equals] !== '=' || source[equals + 1] === '=')
        return refuse('It is written {% set name = value %}.');
      return { word, name, value: value(equals + 1) ?? holds };
    }
    case 'for': {
      const name = nameAt(source, rest, end);
      const between = skipBlanks(source, rest + name.length, end);
      const isIn =
        /^in[\s]/i.test(source.slice(between, between + 3)) && between > rest + name.length;
      // the block goes on, so that its endfor is not told as another error
      const none = { word, name: name === '' ? 'item' : name, list: emptyList } as const;
      if (name === '' || !isIn) {
        refuse('It is written {% for item in var:list %}, with one name.');
        return none;
      }
      const list = value(between + 2);
      if (list === undefined) return none;
      if (isReference(list)) return { word, name, list };
      refuse('A loop goes through what a name holds, as in {% for item in var:list %}.');
      return none;
    }
    default:
      return refuse(unknownStatement(source.slice(from, end)));
  }
}

const holds: Parsed = { expression: { kind: 'literal', value: true }, cost: 1 };
const emptyList = {
  expression: { kind: 'reference', namespace: 'var', path: [''], fallback: '' },
  cost: 1,
} satisfies Parsed;

function isReference(parsed: Parsed): parsed is Parsed & { expression: Reference } {
  return parsed.expression.kind === 'reference';
}

/** A name of a loop or a `set`: letters, digits, `_` and `-`, no dot. */
function nameAt(source: string, at: number, end: number): string {
  const name = source.slice(at, nameEnd(source, at, end));
  return name.includes('.') || /^[\d-]/.test(name) ? '' : name;
}

function skipBlanks(source: string, at: number, end: number): number {
  let to = at;
  while (to < end && /\s/.test(source[to] ?? '')) to += 1;
  return to;
}

function tried<T>(source: string, tag: Tag, notes: ParseNotes, parsing: () => T): T | undefined {
  try {
    return parsing();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const near = nearTag(source, tag.start, tag.end);
    notes.error(tag, parsingError(error.message, near), error.hint);
    return undefined;
  }
}
