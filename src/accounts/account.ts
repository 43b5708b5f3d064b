import type { Database, Statement } from 'better-sqlite3';
import { type Clock, createClock, rfc3339 } from '../lib/clock.ts';
import { createRandom, type Random } from '../lib/random.ts';
import { type Alarm, createAlarm } from './alarm.ts';
import { explainFailure, explainStatement } from './disk-failure.ts';
import type { Siblings } from './siblings.ts';

export interface Keys {
  apiKey: string;
  secretKey: string;
}

/** How an account came to be: by the settings, by the control API or the library, by another's POST apikey, or on the fly by its first use. */
export type MadeBy = 'configured' | 'control' | 'apikey' | '';

/** What an account is told by the one whose POST apikey made it. */
interface SubAccount {
  masterKey: string;
  /** Its ID among the keys of its master. */
  id: number;
  /** False keeps it out. */
  isActive: boolean;
}

/** What one API key owns: a database, a clock, a source of randomness. It stays the same object while it is reset, restored or put away. */
export interface Account extends Keys {
  /** Its owner's name; the key where none was given. */
  name: string;
  /** Kept in its database. */
  madeBy: MadeBy;
  /** Set for the account of a key that another account made; kept in its database. */
  sub: SubAccount | undefined;
  /** How it makes such accounts itself; set by the registry. */
  siblings: Siblings | undefined;
  /** Where its identifiers begin. */
  seed: string;
  /** When this process first knew of it, by the machine's clock (RFC 3339). */
  readonly since: string;
  /** Counts the databases that it had: what was begun with one must not go on with another. */
  readonly epoch: number;
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  /** False while the account is put away or gone. */
  readonly isOpen: boolean;
  /** A prepared statement, kept for the next time; its integers are `bigint`, so that none is rounded. */
  sql(text: string): Statement<unknown[]>;
  /** The same, its rows as arrays in the order of `columns`: better-sqlite3 makes them in less time than objects. */
  raw(text: string): { statement: Statement<unknown[]>; columns: readonly string[] };
  /** Wakes who waits for a time of the account's clock; cleared when the database is another or is closed. */
  readonly alarm: Alarm;
  /** Runs `work` in one transaction: all of it is stored, or, when it throws, nothing. */
  write<T>(work: () => T): T;
  /**
   * Calls back once after each transaction that was committed, in the same turn: for waits, deliveries and live views.
   * @param listener must not throw
   * @returns the way to stop it
   */
  onCommit(listener: () => void): () => void;
  /** The account's time as the wire writes it. */
  time(): string;
  /** Takes another database, and the source of randomness that belongs to it. */
  adopt(db: Database, random: Random): void;
  /** Stores where the randomness has come to, and closes the database. */
  close(): void;
  /** Stores where the randomness has come to: before the database is copied. */
  noteRandom(): void;
}

/** Dynamic SQL (filters and sorts) has few shapes, but a hostile client could ask for many. */
const keptStatements = 400;

/** An account without a database yet: `adopt` gives it one. */
export function createAccount(
  keys: Keys,
  { madeBy, seed }: { madeBy: MadeBy; seed: string },
): Account {
  const statements = new Map<string, Statement<unknown[]>>();
  const rawStatements = new Map<string, ReturnType<Account['raw']>>();
  const clock = createClock();
  const alarm = createAlarm(clock);
  const listeners = new Set<() => void>();
  let epoch = 0;
  let current:
    | { db: Database; random: Random; write: (work: () => unknown) => unknown; notedTurn: number }
    | undefined;

  const open = () => {
    if (current === undefined) throw new Error(`The account ${keys.apiKey} is closed`);
    return current;
  };

  const forget = () => {
    statements.clear();
    rawStatements.clear();
  };

  const prepare = (text: string) => {
    const { db } = open();
    return explainStatement(db.prepare<unknown[]>(text).safeIntegers(true), db.name);
  };

  const account: Account = {
    apiKey: keys.apiKey,
    secretKey: keys.secretKey,
    madeBy,
    sub: undefined,
    siblings: undefined,
    seed,
    name: keys.apiKey,
    since: rfc3339(clock.now()),
    get epoch() {
      return epoch;
    },
    clock,
    alarm,
    get db() {
      return open().db;
    },
    get random() {
      return open().random;
    },
    get isOpen() {
      return current !== undefined;
    },
    sql: (text) => keep(statements, text, prepare),
    raw: (text) =>
      keep(rawStatements, text, () => {
        const statement = prepare(text).raw(true);
        return { statement, columns: statement.columns().map(({ name }) => name) };
      }),
    write<T>(work: () => T): T {
      const { db, random, write, notedTurn } = open();
      if (db.inTransaction) return write(work) as T; // better-sqlite3's types lose the generic
      let result: T;
      try {
        result = write(() => {
          const made = work();
          // a process that is killed must not draw the same identifiers again
          if (random.turn !== notedTurn) account.noteRandom();
          return made;
        }) as T;
      } catch (error) {
        throw explainFailure(error, db.name);
      }
      for (const listener of listeners) listener();
      return result;
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    time: () => rfc3339(clock.now()),
    adopt(db, random) {
      forget();
      alarm.clear();
      epoch += 1;
      const write = db.transaction((work: () => unknown) => work()).immediate;
      current = { db, random, write, notedTurn: random.turn };
    },
    noteRandom() {
      const { seed, turn } = open().random;
      account.sql('UPDATE account SET randomSeed = ?, randomTurn = ?').run(seed, turn);
      open().notedTurn = turn;
    },
    close() {
      if (current === undefined) return;
      try {
        if (current.random.turn !== current.notedTurn) account.noteRandom();
      } catch {
        // the disk may be full or gone: what was stored last has noted its turn, and others wait for this one
      }
      forget();
      alarm.clear();
      current.db.close();
      current = undefined;
    },
  };
  return account;
}

/** What is known under a key, made where it is not. */
function keep<T>(known: Map<string, T>, text: string, make: (text: string) => T): T {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  const made = make(text);
  if (known.size >= keptStatements) known.clear();
  known.set(text, made);
  return made;
}

/** The randomness that a database was left with. */
export function randomOf(db: Database): Random {
  const row = db
    .prepare<[], { randomSeed: string; randomTurn: number }>(
      'SELECT randomSeed, randomTurn FROM account',
    )
    .get();
  if (row === undefined || row.randomSeed === '' || row.randomSeed.length > longestSeed)
    return createRandom();
  const { randomSeed, randomTurn } = row;
  return Number.isSafeInteger(randomTurn) && randomTurn >= 0
    ? createRandom(randomSeed, randomTurn)
    : createRandom();
}

/** The longest seed taken, characters: it is hashed for each identifier. */
export const longestSeed = 1000;
