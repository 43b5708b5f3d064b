import type { Account } from '../accounts/account.ts';
import { objectNotFound } from '../lib/errors.ts';
import { readLookupId } from '../lib/int64.ts';
import type { JsonObject } from '../lib/json.ts';
import { type Answer, type Call, ok } from './call.ts';
import { type Condition, filterConditions } from './filter.ts';
import { decodeValue } from './kinds.ts';
import { readPage } from './page.ts';
import type { Query } from './query.ts';
import type { Resource } from './resource.ts';
import { type Row, selectRow, selectRows } from './row.ts';
import { orderBy } from './sort.ts';

/** GET of a collection: filters ANDed, sorted, one page. */
export function list(call: Call): Answer {
  const { account, resource, query } = call;
  const page = readPage(query);
  const conditions = filterConditions(account, resource, query);
  const { exists, listed } = resource;
  if (exists !== undefined) conditions.push({ sql: exists.where, values: exists.values(account) });
  if (listed?.unless.every((name) => query.get(name) === undefined)) {
    conditions.push({ sql: listed.where, values: listed.values?.(account) ?? [] });
  }
  const { from, values, idColumn } = fromWhere(resource, conditions);
  const order = orderBy(resource, query.get('Sort'), idColumn);

  const count = () => {
    const row = account.sql(`SELECT count(*) AS n FROM ${from}`).get(...values) as { n: bigint }; // count always gives a row
    return Number(row.n);
  };
  if (page.countOnly) {
    const total = count();
    return { status: 200, rows: [], total, count: total };
  }
  const rows = selectRows(
    account,
    // `+ 0`: SQLite prepares a statement anew whenever a bare parameter of LIMIT is bound (8 times as slow)
    `SELECT ${resource.source}.* FROM ${from} ORDER BY ${order} LIMIT ? + 0 OFFSET ? + 0`,
    [...values, page.limit, page.offset],
  );
  const shown = rows.map((row) => toWire(account, resource, row, query));
  return page.wantsTotal ? ok(shown, count()) : ok(shown);
}

/** What conditions make of a list's SQL from its FROM on; `idColumn` is that of the index that drives it. */
function fromWhere({ source }: Resource, conditions: Condition[]) {
  const chosen = conditions.find(({ chooses }) => chooses);
  // one of several that choose drives the list, the others are conditions on it
  const others = conditions
    .filter((each) => each !== chosen)
    .map(({ sql, values, chooses }) => ({
      sql: chooses ? `ID IN (SELECT chosenID FROM (${sql}))` : sql,
      values,
    }));
  const where =
    others.length === 0 ? '' : ` WHERE ${others.map(({ sql }) => `(${sql})`).join(' AND ')}`;
  const values = others.flatMap((each) => each.values);
  if (chosen === undefined) return { from: source + where, values, idColumn: 'ID' };
  return {
    // CROSS JOIN keeps SQLite from walking all contacts for a list of a few
    from: `(${chosen.sql}) CROSS JOIN ${source} ON ${source}.ID = chosenID${where}`,
    values: [...chosen.values, ...values],
    idColumn: 'chosenID',
  };
}

/** GET of one object. */
export function get(call: Call): Answer {
  const { account, resource, query } = call;
  const row = lookUp(call, 'get');
  const rows = [toWire(account, resource, row, query)];
  if (resource.isJob) return { status: 200, rows, job: { id: row.ID as bigint, use: 'read' } }; // ID is an integer key
  return ok(rows);
}

/**
 * The row that a path's key means: a number is an ID (recorded: `000` too), anything else the unique key.
 * @throws MailjetError 404, or 400 for a key that can't be one
 */
export function lookUp(call: Call, use: 'get' | 'change'): Row {
  const { account, resource } = call;
  const { key = '' } = call;
  if (call.key === undefined && resource.isSingle) return theOne(account, resource);
  const row = /^\d+$/.test(key)
    ? rowById(account, resource, key)
    : rowByKey(account, resource, key, use);
  if (row === undefined) throw objectNotFound();
  return row;
}

function theOne(account: Account, { source }: Resource): Row {
  return selectRow(account, `SELECT * FROM ${source}`, []) ?? {}; // an account has one of each
}

/** One row by its ID. */
export function rowById(
  account: Account,
  resource: Resource,
  id: string | bigint,
): Row | undefined {
  const number = readLookupId(id);
  return number === undefined
    ? undefined
    : findRow(account, resource, resource.lookups.byId, [number]);
}

function rowByKey(
  account: Account,
  resource: Resource,
  key: string,
  use: 'get' | 'change',
): Row | undefined {
  const columns = resource.keyColumns ?? [];
  resource.checkKey?.(key, use);
  // documented: the parts of a composite key are joined by a vertical bar
  const parts = columns.length === 1 ? [key] : key.split('|');
  if (columns.length === 0 || parts.length !== columns.length) return undefined;
  const stored = parts.map((part, i) => resource.keyStored[i]?.(part) ?? part);
  return findRow(account, resource, resource.lookups.byKey, stored);
}

function findRow(
  account: Account,
  { exists }: Resource,
  text: string,
  values: (string | bigint)[],
): Row | undefined {
  return selectRow(
    account,
    text,
    exists === undefined ? values : [...values, ...exists.values(account)],
  );
}

/** A row as the wire shows it: declared properties in the order of the back end, each by its kind. */
export function toWire(account: Account, resource: Resource, row: Row, query?: Query): JsonObject {
  const shown: JsonObject = {};
  for (const { wireName, property } of resource.members) {
    const stored = row[wireName] ?? null;
    const value =
      property.decode === undefined
        ? decodeValue(property.kind, stored)
        : property.decode(stored, account, query);
    // recorded: the old back end leaves out a reference to nothing, the new one writes null
    if (value !== null || resource.backEnd === 'new') shown[wireName] = value;
  }
  return shown;
}
