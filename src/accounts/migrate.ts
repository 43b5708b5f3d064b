import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { packageRoot } from '../lib/package-root.ts';

let steps: string[] | undefined;

function readSteps(): string[] {
  const folder = join(packageRoot(), 'migrations');
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
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
