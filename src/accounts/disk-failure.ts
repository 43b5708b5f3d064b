import type { Statement } from 'better-sqlite3';
import { lacksFiles } from './open-files.ts';

/**
 * Names the file and the remedy where SQLite failed for a reason of the disk.
 * @returns any other error as it is, and one that is explained already
 */
export function explainFailure(error: unknown, path: string): unknown {
  const code = codeOf(error);
  const { name, message } = error as Error; // nothing else is thrown
  if (name !== 'SqliteError') return error;
  if (!/^SQLITE_(FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN)/.test(code)) return error;
  const text =
    path === ':memory:'
      ? `Cannot use the account's database in memory: ${message}. ${remedyInMemory}`
      : `Cannot use the account database ${path}: ${message}. ${remedyFor(error)}`;
  return Object.assign(new Error(text, { cause: error }), { code });
}

/** SQLite holds 1 GB of a database that was restored into memory. */
const remedyInMemory = 'Run Mockjet with --data, where an account grows as far as the disk';

/** Makes a statement throw explained failures: a read of a damaged file fails outside of any transaction. */
export function explainStatement(
  statement: Statement<unknown[]>,
  path: string,
): Statement<unknown[]> {
  const explained =
    <T>(method: (...parameters: unknown[]) => T) =>
    (...parameters: unknown[]): T => {
      try {
        return method.apply(statement, parameters);
      } catch (error) {
        throw explainFailure(error, path);
      }
    };
  function* iterated(...parameters: unknown[]): IterableIterator<unknown> {
    try {
      yield* iterate.apply(statement, parameters);
    } catch (error) {
      throw explainFailure(error, path);
    }
  }
  const { get, all, run, iterate } = statement;
  return Object.assign(statement, {
    iterate: iterated,
    get: explained(get),
    all: explained(all),
    run: explained(run),
  });
}

/**
 * What can be done about an error of better-sqlite3 or fs, a sentence without its full stop.
 * @param lacks tells whether the process can open no more files, which SQLite's error does not
 */
export function remedyFor(error: unknown, lacks = lacksFiles): string {
  const code = codeOf(error);
  if (['EMFILE', 'ENFILE'].includes(code) || (code === 'SQLITE_CANTOPEN' && lacks()))
    return 'Allow the process more open files (ulimit -n), or lower --open-accounts';
  if (code === '' || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return 'Move the file out of the data directory, or put a sound copy in its place';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return 'Make room on the disk';
  if (/^(SQLITE_CANTOPEN|SQLITE_READONLY|EACCES|EPERM|EROFS)/.test(code))
    return 'Let the user that runs Mockjet write to the file and its folder';
  if (code.startsWith('SQLITE_IOERR'))
    return 'Look whether the disk is full or at fault, and whether files may grow so large';
  return 'Other accounts go on without it';
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? ''; // better-sqlite3 and fs name their errors so
}
