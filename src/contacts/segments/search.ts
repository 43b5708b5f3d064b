import type { Account } from '../../accounts/account.ts';
import { definitions } from '../properties.ts';
import { createColumns } from './columns.ts';
import { conditionSql } from './conditions.ts';
import type { Condition } from './syntax.ts';

/** A contact that a segment has. */
interface SegmentContact {
  id: bigint;
  email: string;
}

/** Which of a segment's contacts are looked for. */
export interface SearchPage {
  /** Only contacts whose ID is greater. */
  after: bigint;
  /** How many are found at most. */
  limit: number;
  /** How many steps are taken at most. */
  steps: number;
}

/** A search through the contacts of an account, in the order of their IDs, some at a time. */
export interface Search {
  readonly found: readonly SegmentContact[];
  /** Where the next page begins; undefined when there is none. */
  readonly after: bigint | undefined;
  readonly isDone: boolean;
  /** Looks at the next contacts: few enough for some milliseconds. */
  step(): void;
}

/** How many values a step reads and compares: some milliseconds of work. */
const valuesPerStep = 4000;
/** SQLite takes as long to prepare a long condition as to try it on some dozens of contacts. */
const fewestPerStep = 50;

/**
 * Looks for the contacts for which a condition holds, by the time, properties and activity that the account has now.
 * @throws NotBuiltError for a condition that Mockjet can't tell
 */
export function searchSegment(account: Account, condition: Condition, page: SearchPage): Search {
  const columns = createColumns();
  const fits = conditionSql(condition, {
    definitions: definitions(account),
    now: account.clock.now(),
    columns,
  });
  const rows = Math.max(
    fewestPerStep,
    Math.floor(valuesPerStep / (columns.count + fits.values.length + 1)),
  );
  const read = columns.select();
  const find = onceForDatabase(account, findText(read.text, fits.text));
  const found: SegmentContact[] = [];
  let after: bigint | undefined = page.after;
  let steps = 0;
  const step = () => {
    if (after === undefined) return;
    steps += 1;
    const last = lastOf(account, after, rows);
    if (last === null) {
      after = undefined;
      return;
    }
    const wanted = page.limit - found.length;
    const more = find().all(
      ...read.values,
      after,
      last,
      rows,
      ...fits.values,
      wanted,
    ) as SegmentContact[]; // the columns selected
    found.push(...more);
    after = more.length === wanted ? more.at(-1)?.id : last;
  };
  return {
    found,
    get after() {
      return after;
    },
    get isDone() {
      return after === undefined || found.length >= page.limit || steps >= page.steps;
    },
    step,
  };
}

/**
 * The LIMIT keeps SQLite from putting the columns into the condition, where they would be read anew each time; `+ 0`
 * keeps it from preparing the statement anew for each limit.
 */
const findText = (columns: string, condition: string) =>
  `SELECT ID AS id, Email AS email FROM (
     SELECT ID, Email${columns} FROM contact WHERE ID > ? AND ID <= ? AND anonymizedAt = '' ORDER BY ID LIMIT ? + 0
   ) WHERE ${condition} ORDER BY ID LIMIT ? + 0`;

/** The ID of the last of the next `rows` contacts, null when there are none. */
function lastOf(account: Account, after: bigint, rows: number): bigint | null {
  const row = account
    .sql(
      'SELECT max(ID) AS last FROM (SELECT ID FROM contact WHERE ID > ? ORDER BY ID LIMIT ? + 0)',
    )
    .get(after, rows) as { last: bigint | null }; // max always gives a row
  return row.last;
}

/**
 * Prepares a statement for as long as the account has the same database, which a reset or restore changes. The account
 * itself keeps the statements that it prepares, and one of a long expression is too large for that.
 */
function onceForDatabase(account: Account, text: string): () => ReturnType<Account['sql']> {
  let prepared: { db: Account['db']; statement: ReturnType<Account['sql']> } | undefined;
  return () => {
    const { db } = account;
    if (prepared?.db !== db)
      prepared = { db, statement: db.prepare<unknown[]>(text).safeIntegers(true) };
    return prepared.statement;
  };
}
