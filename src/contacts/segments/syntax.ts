/** How a comparison relates its two sides; `<>` is read as `!=`. */
export type Relation = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A part of a segment's expression that has a value. */
export type Operand =
  | { kind: 'text'; value: string }
  /** As it was written, so that no digit is lost. */
  | { kind: 'number'; text: string }
  | { kind: 'truth'; value: boolean }
  | { kind: 'property'; name: string }
  | FunctionCall;

/** A call of one of `functions`; it is a value or a condition, as its function is. */
export interface FunctionCall {
  kind: 'call';
  name: FunctionName;
  arguments: Operand[];
}

/** A part of a segment's expression that holds for a contact or does not. */
export type Condition =
  | { kind: 'and' | 'or'; conditions: Condition[] }
  | { kind: 'not'; condition: Condition }
  | { kind: 'comparison'; relation: Relation; left: Operand; right: Operand }
  | FunctionCall;

/**
 * What a function takes: anything that has a value, a number, a quoted text; `date` is a value that no text was made
 * of, `plain` a value that is no call: so calls stand in each other no deeper than makes sense.
 */
export type Parameter = 'value' | 'number' | 'text' | 'date' | 'plain';

/** The functions of the language (documented), with what each takes and whether it gives a value or a condition. */
export const functions = {
  Between: { takes: ['date', 'date', 'date'], gives: 'condition' },
  Contains: { takes: ['value', 'text'], gives: 'condition' },
  DateTimeNow: { takes: [], gives: 'value' },
  EndsWith: { takes: ['value', 'text'], gives: 'condition' },
  FormatDateTime: { takes: ['text', 'date'], gives: 'value' },
  FormatDateTimeTZ: { takes: ['text', 'date', 'text'], gives: 'value' },
  HasClickedSince: { takes: ['number'], gives: 'condition' },
  HasOpenedSince: { takes: ['number'], gives: 'condition' },
  IsBetweenNumbers: { takes: ['value', 'number', 'number'], gives: 'condition' },
  IsInNextDays: { takes: ['date', 'number'], gives: 'condition' },
  IsInPreviousDays: { takes: ['date', 'number'], gives: 'condition' },
  IsProvided: { takes: ['value'], gives: 'condition' },
  StartsWith: { takes: ['value', 'text'], gives: 'condition' },
  ToDate: { takes: ['plain'], gives: 'value' },
} as const satisfies Record<string, { takes: readonly Parameter[]; gives: 'value' | 'condition' }>;

export type FunctionName = keyof typeof functions;

/** An expression that is not one of the language. */
export class ExpressionError extends Error {
  /** @param position character at which it is noticed, from 1 */
  constructor(position: number, message: string) {
    super(`Syntax error at position ${position}: ${message}`);
  }
}
