import type { Account } from '../accounts/account.ts';
import { emptyProperty, objectNotFound } from '../lib/errors.ts';
import { type Answer, type Call, created, ok } from './call.ts';
import { kinds } from './kinds.ts';
import { lookUp, rowById, toWire } from './read.ts';
import type { Resource } from './resource.ts';
import { type Row, selectRow } from './row.ts';
import { readValues, requireNeeded } from './values.ts';

/** POST of a collection. */
export function create(call: Call): Answer {
  const { account, resource, body } = call;
  return account.write(() =>
    created(
      toWire(account, resource, insert(account, resource, readValues(account, resource, body))),
    ),
  );
}

/** Stores a new object whose values were read from a body; returns its row. Runs inside a transaction. */
function insert(account: Account, resource: Resource, given: Row): Row {
  const { members } = resource;
  requireNeeded(members, given);
  for (const { wireName, property } of members) {
    if (property.initial !== undefined && given[wireName] === undefined)
      given[wireName] = property.initial;
  }
  const row = { ...given, ...resource.rules?.create?.(account, given) };
  checkReferences(account, resource, row);
  const columns = Object.keys(row);
  const insertion = `INSERT INTO ${resource.table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  const values = Object.values(row);
  return uniquely(account, resource, row, undefined, () => {
    if (resource.source === resource.table)
      return selectRow(account, `${insertion} RETURNING *`, values) ?? {};
    return stored(account, resource, BigInt(account.sql(insertion).run(...values).lastInsertRowid));
  });
}

/**
 * PUT of one object: only what the body names changes. Without a change the old back end answers 304 (recorded), the new
 * one as ever (assumed).
 */
export function update(call: Call): Answer {
  const { account, resource, body } = call;
  return account.write(() => {
    const before = lookUp(call, 'change');
    const changes = differences(before, readValues(account, resource, body, before));
    requireNeeded(
      resource.members.filter(({ wireName }) => wireName in changes),
      changes,
    );
    if (Object.keys(changes).length === 0)
      return resource.backEnd === 'new' ? ok([toWire(account, resource, before)]) : { status: 304 };
    return ok([toWire(account, resource, change(account, resource, before, changes))]);
  });
}

/** Stores changes to an object and what its rules add to them; returns its row. Runs inside a transaction. */
function change(account: Account, resource: Resource, before: Row, changes: Row): Row {
  const row = { ...changes, ...resource.rules?.update?.(account, before, changes) };
  checkReferences(account, resource, changes);
  const settings = Object.keys(row).map((column) => `${column} = ?`);
  const statement = `UPDATE ${resource.table} SET ${settings.join(', ')} WHERE ID = ?`;
  uniquely(account, resource, row, before, () =>
    account.sql(statement).run(...Object.values(row), before.ID),
  );
  return stored(account, resource, before.ID as bigint); // ID is an integer key
}

/** DELETE of one object. */
export function remove(call: Call): Answer {
  const { account, resource } = call;
  return account.write(() => {
    const { ID } = lookUp(call, 'change');
    const { softDelete, table } = resource;
    if (softDelete === undefined) account.sql(`DELETE FROM ${table} WHERE ID = ?`).run(ID);
    else
      account
        .sql(`UPDATE ${table} SET ${softDelete.column} = ? WHERE ID = ?`)
        .run(softDelete.value, ID);
    return { status: 204 };
  });
}

function stored(account: Account, resource: Resource, id: bigint): Row {
  const row = rowById(account, resource, id);
  if (row === undefined) throw objectNotFound();
  return row;
}

function differences(before: Row, values: Row): Row {
  return Object.fromEntries(
    Object.entries(values).filter(([column, value]) => before[column] !== value),
  );
}

/** @throws MailjetError for a reference to nothing */
export function checkReferences(account: Account, resource: Resource, row: Row): void {
  for (const { name, wireName, reference } of resource.references) {
    const id = row[wireName];
    if (id === undefined || id === kinds.reference.empty) continue;
    const where = reference.where === undefined ? '' : ` AND ${reference.where}`;
    const found = account.sql(`SELECT 1 FROM ${reference.table} WHERE ID = ?${where}`).get(id);
    // assumed: no report tells what an ID of nothing gets
    if (found === undefined) throw emptyProperty(name);
  }
}

/**
 * Runs a statement that the database may refuse because of another row; which one is asked only then, as each
 * `unique` has an index of the database behind it.
 * @throws MailjetError for a value that another object has
 */
function uniquely<T>(
  account: Account,
  resource: Resource,
  row: Row,
  before: Row | undefined,
  store: () => T,
): T {
  try {
    return store();
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_CONSTRAINT_UNIQUE')
      checkUnique(account, resource, row, before);
    throw error;
  }
}

function checkUnique(
  account: Account,
  resource: Resource,
  row: Row,
  before: Row | undefined,
): void {
  for (const { columns, where, error } of resource.unique ?? []) {
    const values = columns.map((column) => row[column] ?? before?.[column] ?? null);
    const condition = columns.map((column) => `${column} = ?`).join(' AND ');
    const more = where === undefined ? '' : ` AND ${where}`;
    const other = account
      .sql(`SELECT ID FROM ${resource.table} WHERE ${condition}${more} AND ID <> ?`)
      .get(...values, before?.ID ?? 0n);
    if (other !== undefined) throw error(values.map(String));
  }
}
