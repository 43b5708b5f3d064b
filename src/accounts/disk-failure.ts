/**
 * Names the file and the remedy where SQLite failed for a reason of the disk.
 * @returns any other error as it is
 */
export function explainFailure(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (!/^SQLITE_(FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN)/.test(code)) return error;
  const { message } = error as Error; // better-sqlite3 throws Errors
  return Object.assign(
    new Error(`Cannot use the account database ${path}: ${message}. ${remedyFor(error)}`, {
      cause: error,
    }),
    { code },
  );
}

/** What can be done about an error of better-sqlite3 or fs, a sentence without its full stop. */
export function remedyFor(error: unknown): string {
  const code = codeOf(error);
  if (code === '' || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return 'Move the file out of the data directory, or put a sound copy in its place';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return 'Make room on the disk';
  if (/^(SQLITE_CANTOPEN|SQLITE_READONLY|EACCES)/.test(code))
    return 'Let the user that runs Mockjet write to the file and its folder';
  if (code.startsWith('SQLITE_IOERR'))
    return 'Look whether the disk is full or at fault, and whether files may grow so large';
  return 'Other accounts go on without it';
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? ''; // better-sqlite3 and fs name their errors so
}
