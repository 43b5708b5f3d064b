import { readInstant, rfc3339 } from '../../lib/clock.ts';
import { join, type Sql, sql } from './sql.ts';
import type { Condition, FunctionCall, Operand, Relation } from './syntax.ts';
import {
  argumentOf,
  type Meaning,
  operandValue,
  textAt,
  type Value,
  type ValueType,
} from './values.ts';

/**
 * SQL that is 1 for the rows of `contact` for which a condition holds, else 0. Never NULL: what compares with a value
 * that is not there does not hold, so `not` and `!=` of it do (assumed). Texts are compared exactly (assumed).
 * @throws NotBuiltError for what Mockjet can't tell
 */
export function conditionSql(condition: Condition, setting: Meaning): Sql {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return join(
        condition.conditions.map((each) => conditionSql(each, setting)),
        condition.kind === 'and' ? 'AND' : 'OR',
      );
    case 'not':
      return sql`NOT ${conditionSql(condition.condition, setting)}`;
    case 'comparison':
      return compare(
        operandValue(condition.left, setting),
        condition.relation,
        operandValue(condition.right, setting),
      );
    case 'call':
      return test(condition, setting);
  }
}

/** Two values are compared as the first of these that one of them is. */
const precedence: readonly ValueType[] = ['datetime', 'truth', 'number'];

function compare(left: Value, relation: Relation, right: Value): Sql {
  const type = precedence.find((each) => left.type === each || right.type === each) ?? 'text';
  const [a, b] = [left.as(type), right.as(type)];
  switch (relation) {
    case '=':
      return holds(sql`${a} = ${b}`);
    case '!=':
      return sql`NOT ${holds(sql`${a} = ${b}`)}`;
    case '<':
      return holds(sql`${a} < ${b}`);
    case '<=':
      return holds(sql`${a} <= ${b}`);
    case '>':
      return holds(sql`${a} > ${b}`);
    case '>=':
      return holds(sql`${a} >= ${b}`);
  }
}

const holds = (condition: Sql): Sql => sql`((${condition}) IS TRUE)`;

function test(call: FunctionCall, setting: Meaning): Sql {
  const value = operandValue(argumentOf(call, 0), setting);
  switch (call.name) {
    case 'IsProvided':
      // assumed: an empty text is none
      return holds(sql`${value.as('text')} <> ''`);
    case 'Contains':
      return holds(sql`instr(${value.as('text')}, ${textAt(call, 1)}) > 0`);
    case 'StartsWith': {
      const beginning = textAt(call, 1);
      return holds(sql`substr(${value.as('text')}, 1, ${lengthOf(beginning)}) = ${beginning}`);
    }
    case 'EndsWith': {
      const end = textAt(call, 1);
      if (end === '') return holds(sql`${value.as('text')} IS NOT NULL`);
      return holds(sql`substr(${value.as('text')}, ${-lengthOf(end)}) = ${end}`);
    }
    case 'IsBetweenNumbers':
      return between(value, 'number', argumentOf(call, 1), argumentOf(call, 2), setting);
    case 'Between':
      return between(value, 'datetime', argumentOf(call, 1), argumentOf(call, 2), setting);
    case 'IsInPreviousDays':
      return within(value, setting.now - daysOf(call, 1), setting.now);
    case 'IsInNextDays':
      return within(value, setting.now, setting.now + daysOf(call, 1));
    case 'HasOpenedSince':
    case 'HasClickedSince':
      return hasDone(call, setting);
    default:
      throw new Error(`${call.name} is no condition`);
  }
}

/** Who never did has done it in no number of days. A click is no open (assumed). */
function hasDone(call: FunctionCall, { now, columns }: Meaning): Sql {
  const column = call.name === 'HasOpenedSince' ? 'lastOpenedAt' : 'lastClickedAt';
  const last = columns.nameOf(column, () => ({ text: column, values: [] }));
  return sql`(${last} > 0 AND ${last} >= ${now - daysOf(call, 0)})`;
}

/** SQLite counts characters, not halves of them. */
const lengthOf = (text: string): number => [...text].length;

/** Both ends count (assumed). */
function between(value: Value, type: ValueType, from: Operand, to: Operand, setting: Meaning): Sql {
  const [low, high] = [operandValue(from, setting).as(type), operandValue(to, setting).as(type)];
  return holds(sql`${value.as(type)} BETWEEN ${low} AND ${high}`);
}

const day = 86_400_000;
/** No date of four digits is further away. */
const mostDays = 10_000 * 366;

/** A day is 24 hours before or after now, not one of the calendar (assumed). */
function daysOf(call: FunctionCall, index: number): number {
  return Math.min(Math.max(Number(textAt(call, index)), -mostDays), mostDays) * day;
}

function within(value: Value, from: number, to: number): Sql {
  return holds(sql`${value.as('datetime')} BETWEEN ${timeText(from)} AND ${timeText(to)}`);
}

/** Years of more digits, or before the first, would not sort as texts do. */
function timeText(ms: number): string {
  return rfc3339(Math.min(Math.max(ms, firstTime), lastTime));
}

const firstTime = readInstant('0000-01-01') ?? 0;
const lastTime = readInstant('9999-12-31T23:59:59Z') ?? 0;
