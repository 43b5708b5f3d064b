import Sqlite from 'better-sqlite3';

const mend =
  'Remove node_modules and install again. Where a better-sqlite3 before 13 was put in its place, whose install script is blocked, allow it: "npm install-scripts approve better-sqlite3" and "npm rebuild better-sqlite3", or "pnpm approve-builds"';

/**
 * Opens a database, so that a server without its binary stops at the start instead of failing at each call.
 * @throws Error with the cause and the mend
 */
export function requireDatabase(): void {
  try {
    new Sqlite(':memory:').close();
  } catch (error) {
    const [cause = ''] = (error as Error).message.split('\n'); // better-sqlite3 and require throw Errors
    throw new Error(`The database library better-sqlite3 cannot be used: ${cause}. ${mend}`, {
      cause: error,
    });
  }
}
