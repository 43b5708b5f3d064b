import Sqlite, { type Database } from 'better-sqlite3';
import { migrate, refuseNewer } from './migrate.ts';
import type { Schema, SchemaRow } from './schema-row.ts';

/** What `ANALYZE` of any SQL client leaves behind, in exactly these words. */
const statistics = [
  ['sqlite_stat1', 'tbl,idx,stat'],
  ['sqlite_stat4', 'tbl,idx,neq,nlt,ndlt,sample'],
].map(([name, columns]): SchemaRow => {
  const table = String(name);
  return { type: 'table', name: table, table, root: 1, sql: `CREATE TABLE ${table}(${columns})` };
});

const optional = new Set(statistics.map(identity));

const models = new Map<number, ReadonlySet<string>>();

/** What a database of ours holds that has seen the first `version` migrations, SQLite's own objects included. */
function modelOf(version: number): ReadonlySet<string> {
  const known = models.get(version);
  if (known !== undefined) return known;
  const db = new Sqlite(':memory:');
  migrate(db, version);
  const model = new Set(schemaOf(db).rows.map(identity));
  db.close();
  models.set(version, model);
  return model;
}

/** Version and schema of an open database. SQLite parses the schema for it, and runs nothing of it. */
export function schemaOf(db: Database): Schema {
  const version = Number(db.pragma('user_version', { simple: true }));
  const rows = db
    .prepare<[], SchemaRow>(
      'SELECT type, name, tbl_name AS "table", rootpage AS root, sql FROM sqlite_schema',
    )
    .all();
  return { version, rows };
}

/**
 * Compares a database with what its version's schema is: every table, index, view and trigger must be ours to the
 * letter, and none may lack. A trigger, view, check or index of somebody else could do anything, so this comes before
 * any other statement.
 * @throws Error that names what differs
 */
export function checkSchema({ version, rows }: Schema): void {
  if (version <= 0) throw new Error('it is no account of Mockjet');
  refuseNewer(version);
  const model = modelOf(version);
  const given = new Set(rows.map(identity));
  const missing = [...model].find((entry) => !given.has(entry));
  const foreign = [...given].find((entry) => !model.has(entry) && !optional.has(entry));
  const different = missing ?? foreign;
  if (different !== undefined) {
    const [type, name] = JSON.parse(different) as string[]; // what identity() wrote
    throw new Error(
      `it is no account of Mockjet: the ${type?.slice(0, 20)} ${name?.slice(0, 100)} is ${missing === undefined ? 'not ours' : 'missing or changed'}`,
    );
  }
  const roots = rows.map(({ root }) => root).filter((root) => root !== 0);
  if (given.size < rows.length || new Set(roots).size < roots.length || roots.includes(1))
    throw new Error('it is no account of Mockjet: two of its tables are one');
}

function identity({ type, name, table, root, sql }: SchemaRow): string {
  return JSON.stringify([type, name, table, root !== 0, sql]);
}
