import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';

// From src/accounts and from dist alike (the bundle is one folder deep, its chunks two).
const folder = ['../migrations/', '../../migrations/']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find(hasMigrations);

function hasMigrations(path: string): boolean {
  try {
    return readdirSync(path).some((name) => name.endsWith('.sql'));
  } catch {
    return false;
  }
}

let steps: string[] | undefined;

function readSteps(): string[] {
  if (folder === undefined)
    throw new Error('The folder migrations/ of the mockjet package is missing');
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name) => readFileSync(`${folder}${name}`, 'utf8'));
}

/**
 * Brings a database to today's schema, each step in a transaction of its own.
 * @throws Error when the database is newer than this Mockjet
 */
export function migrate(db: Database): void {
  steps ??= readSteps();
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > steps.length) {
    throw new Error(
      `its schema has version ${version} and this Mockjet knows ${steps.length}: run the Mockjet that wrote it, or a newer one`,
    );
  }
  for (const [index, sql] of steps.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${index + 1}`);
    })();
  }
}
