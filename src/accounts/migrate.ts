import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { packageRoot } from '../lib/package-root.ts';
import { newSeed } from '../lib/random.ts';
import { longestSeed } from './account.ts';
import { beginCounting } from './id-ranges.ts';

let steps: string[] | undefined;

function readSteps(): string[] {
  const folder = join(packageRoot(), 'migrations');
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** @throws Error when a database is newer than this Mockjet */
export function refuseNewer(version: number): void {
  steps ??= readSteps();
  if (version <= steps.length) return;
  throw new Error(
    `its schema has version ${version} and this Mockjet knows ${steps.length}: run the Mockjet that wrote it, or a newer one`,
  );
}

/**
 * Brings a database to today's schema, or to that of an older version, each step in a transaction of its own.
 * @throws Error when the database is newer than this Mockjet
 */
export function migrate(db: Database, upTo = Number.POSITIVE_INFINITY): void {
  steps ??= readSteps();
  const version = Number(db.pragma('user_version', { simple: true }));
  refuseNewer(version);
  for (const [index, sql] of steps.entries()) {
    if (index < version || index >= upTo) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${index + 1}`);
    })();
  }
  // a database without tables yet is made an account's by whoever fills it
  if (version > 0 && version < steps.length && upTo >= steps.length) beginCounting(db, seedOf(db));
}

/** The seed that an account draws from; those of early schemas have none. */
function seedOf(db: Database): string {
  const seed = db.prepare<[], string>('SELECT randomSeed FROM account').pluck().get();
  return seed === undefined || seed === '' || seed.length > longestSeed ? newSeed() : seed;
}
