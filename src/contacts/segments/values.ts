import { rfc3339 } from '../../lib/clock.ts';
import { parseDateTime } from '../../lib/datetime-format.ts';
import { coerceProperty, type PropertyDatatype } from '../../lib/property-value.ts';
import { type Definition, findDefinition } from '../properties.ts';
import type { Columns } from './columns.ts';
import { formatDate } from './date-format.ts';
import { type Sql, sql } from './sql.ts';
import type { FunctionCall, Operand } from './syntax.ts';

/** What values are compared as. */
export type ValueType = 'text' | 'number' | 'truth' | 'datetime';

/** A value of an expression: its own type, and SQL for it as any type, which is NULL where it does not fit. */
export interface Value {
  type: ValueType;
  as(type: ValueType): Sql;
}

/** What the parts of an expression refer to. */
export interface Meaning {
  /** Properties of the account. */
  definitions: readonly Definition[];
  /** Its time, ms since 1970. */
  now: number;
  columns: Columns;
}

const typeOf: Record<PropertyDatatype, ValueType> = {
  str: 'text',
  int: 'number',
  float: 'number',
  bool: 'truth',
  datetime: 'datetime',
};

/** The value of an operand, for the row of a contact. @throws NotBuiltError */
export function operandValue(operand: Operand, meaning: Meaning): Value {
  switch (operand.kind) {
    case 'text':
      return constant('text', operand.value);
    case 'number':
      return constant('number', operand.text);
    case 'truth':
      return constant('truth', String(operand.value));
    case 'property':
      return property(operand.name, meaning);
    case 'call':
      return called(operand, meaning);
  }
}

function constant(type: ValueType, text: string): Value {
  return {
    type,
    as(wanted) {
      switch (wanted) {
        case 'text':
          return sql`${text}`;
        case 'number':
          return sql`${numberOf(text)}`;
        case 'truth':
          return sql`${truthOf(text)}`;
        case 'datetime':
          return sql`${parseDateTime(text) ?? null}`;
      }
    },
  };
}

function numberOf(text: string): bigint | number | null {
  const whole = coerceProperty('int', text);
  if ('stored' in whole) return BigInt(whole.stored);
  const number = coerceProperty('float', text);
  return 'stored' in number ? Number(number.stored) : null;
}

function truthOf(text: string): bigint | null {
  const truth = coerceProperty('bool', text);
  return 'stored' in truth ? BigInt(truth.stored === 'true') : null;
}

/** True for the name of a contact's address, where no property has it (assumed). */
export const isAddress = (name: string): boolean => name.toLowerCase() === 'email';

/** A property by its name; `email` is the address where none has that name; another name has no value (both assumed). */
function property(name: string, { definitions, columns }: Meaning): Value {
  const definition = findDefinition(definitions, name);
  if (definition === undefined) return computed('text', isAddress(name) ? sql`Email` : sql`NULL`);
  const { id, datatype } = definition;
  const value = computed(typeOf[datatype], sql`properties ->> ${`$."${id}"`}`);
  return {
    type: value.type,
    as: (type) => columns.nameOf(`${id} ${type}`, () => value.as(type)),
  };
}

/** A value whose text SQL gives; of type `datetime` that is RFC 3339 in UTC, as properties are stored. */
function computed(type: ValueType, text: Sql): Value {
  return {
    type,
    as(wanted) {
      switch (wanted) {
        case 'text':
          return text;
        case 'number':
          return asNumber(text);
        case 'truth':
          return sql`CASE lower(${text}) WHEN 'true' THEN 1 WHEN '1' THEN 1 WHEN 'false' THEN 0 WHEN '0' THEN 0 END`;
        case 'datetime':
          if (type === 'datetime') return text;
          return type === 'number' ? fromUnix(asNumber(text)) : asDateTime(text);
      }
    },
  };
}

/** A text that reads as a number becomes one by the affinity of the other side; any other text is greater than all of them. */
const asNumber = (text: Sql): Sql =>
  sql`CASE WHEN ${text} <= CAST(9e999 AS NUMERIC) THEN CAST(${text} AS NUMERIC) END`;
/** SQLite takes a bare number for a Julian day, and `now` for its own time: neither is a date here. */
const asDateTime = (text: Sql): Sql =>
  sql`CASE WHEN ${text} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' THEN strftime('%Y-%m-%dT%H:%M:%SZ', ${text}) END`;
const fromUnix = (seconds: Sql): Sql =>
  sql`strftime('%Y-%m-%dT%H:%M:%SZ', ${seconds}, 'unixepoch')`;

function called(call: FunctionCall, meaning: Meaning): Value {
  const dateAt = (index: number) => operandValue(argumentOf(call, index), meaning).as('datetime');
  switch (call.name) {
    case 'DateTimeNow':
      return computed('datetime', sql`${rfc3339(meaning.now)}`);
    case 'ToDate':
      return computed(
        'datetime',
        fromUnix(operandValue(argumentOf(call, 0), meaning).as('number')),
      );
    case 'FormatDateTime':
      return computed('text', formatDate(textAt(call, 0), dateAt(1), '+00:00'));
    case 'FormatDateTimeTZ':
      return computed('text', formatDate(textAt(call, 0), dateAt(1), textAt(call, 2)));
    default:
      throw new Error(`${call.name} gives no value`);
  }
}

/** An argument of a call; the parser has counted them. */
export function argumentOf({ name, arguments: given }: FunctionCall, index: number): Operand {
  const operand = given[index];
  if (operand === undefined) throw new Error(`${name} has no argument ${index}`);
  return operand;
}

/** An argument that the parser has found to be a text or number, as it was written. */
export function textAt(call: FunctionCall, index: number): string {
  const operand = argumentOf(call, index);
  if (operand.kind === 'text') return operand.value;
  if (operand.kind === 'number') return operand.text;
  throw new Error(`Argument ${index} of ${call.name} is no constant`);
}
