import type { Database, Statement } from 'better-sqlite3';
import type { Clock } from '../lib/clock.ts';
import { rfc3339 } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';

/** What one API key owns: a database, a clock, a source of randomness. */
export interface Account {
  readonly apiKey: string;
  readonly secretKey: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  /** A prepared statement, kept for the next time; its integers are `bigint`, so that none is rounded. */
  sql(text: string): Statement<unknown[]>;
  /** Runs `work` in one transaction: all of it is stored, or, when it throws, nothing. */
  write<T>(work: () => T): T;
  /** The account's time as the wire writes it. */
  time(): string;
}

/** Dynamic SQL (filters and sorts) has few shapes, but a hostile client could ask for many. */
const keptStatements = 400;

/** Gives an open database the shape of an account. */
export function createAccount(
  keys: { apiKey: string; secretKey: string },
  db: Database,
  clock: Clock,
  random: Random,
): Account {
  const statements = new Map<string, Statement<unknown[]>>();
  const transaction = db.transaction((work: () => unknown) => work());
  return {
    ...keys,
    db,
    clock,
    random,
    sql(text) {
      const known = statements.get(text);
      if (known !== undefined) return known;
      const statement = db.prepare<unknown[]>(text).safeIntegers(true);
      if (statements.size >= keptStatements) statements.clear();
      statements.set(text, statement);
      return statement;
    },
    write<T>(work: () => T): T {
      return transaction.immediate(work) as T; // better-sqlite3's types lose the generic
    },
    time: () => rfc3339(clock.now()),
  };
}
