import { rowsAtOnce } from '../../contacts/bulk-rows.ts';
import { type Definition, definitions } from '../../contacts/properties.ts';
import { membershipRows, readSubscriptionAction } from '../../contacts/subscribe.ts';
import { type BulkWish, writeContacts } from '../../contacts/write-contact.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { Job } from '../job.ts';
import type { Slice, SliceResult } from '../kind.ts';
import { createRowOrder, type RowOrder } from '../row-order.ts';
import { requestOf, takeItems } from './body.ts';
import { appendItems } from './error-file.ts';
import { readItem } from './item.ts';

/**
 * Importing: reads all contacts of the body and appends those that can't be stored to the error file, in the order of
 * the body; then stores the others in theirs. What a slice stored and how far it came are one transaction. After a
 * restart the body is read again, and what was stored of it is passed over.
 */
export function importItems(slice: Slice): SliceResult {
  const work = workOf(slice);
  return work.read < work.items.length ? readItems(slice, work) : storeRows(slice, work);
}

interface BatchProgress {
  /** The properties when the work began: the body is read by the same ones after a restart. */
  known?: Definition[];
  /** Items whose errors are in the error file. */
  read?: number;
  stored?: number;
  errorFile?: string;
}

export function progressOf(job: Job): BatchProgress {
  return job.progress as BatchProgress; // written here alone
}

interface Work {
  items: Json[];
  /** How many of them were read since the start of the process, and how many rows were taken. */
  read: number;
  taken: number;
  order: RowOrder<BulkWish>;
}

function workOf({ account, job, scratch }: Slice): Work {
  const begun = scratch.get('importing') as Work | undefined; // only this function sets it
  if (begun !== undefined) return begun;
  const items = takeItems(account, job);
  const work: Work = { items, read: 0, taken: 0, order: createRowOrder(items.length) };
  scratch.set('importing', work);
  return work;
}

function readItems({ account, job, hasTime }: Slice, work: Work): SliceResult {
  const progress = progressOf(job);
  const { known = definitions(account), read = 0 } = progress;
  const rejected: JsonObject[] = [];
  const readOne = () => {
    const item = work.items[work.read];
    const row = readItem(item, known);
    if ('key' in row) work.order.add(row);
    else if (work.read >= read)
      rejected.push({ ...(isJsonObject(item) ? item : {}), Error: row.fault });
    // the row has all that is needed of it
    work.items[work.read] = undefined;
    work.read += 1;
  };
  do {
    for (let n = 0; n < 16 && work.read < work.items.length; n += 1) readOne();
  } while (work.read < work.items.length && hasTime());
  return {
    next: 'more',
    changes: {
      current: job.current + rejected.length,
      errcount: job.errcount + rejected.length,
      progress: asJson({
        ...progress,
        known,
        read: Math.max(read, work.read),
        ...appendItems(account, job.id, progress.errorFile, rejected),
      }),
    },
  };
}

function storeRows({ account, job, hasTime }: Slice, work: Work): SliceResult {
  const progress = progressOf(job);
  const { stored = 0 } = progress;
  while (work.taken < stored) {
    const passed = Math.min(stored - work.taken, 1000);
    work.order.take(passed);
    work.taken += passed;
    if (!hasTime()) return { next: 'more' };
  }
  const actions = requestOf(job).lists.flatMap(({ ListID, Action }) => {
    const action = readSubscriptionAction(Action);
    return action === undefined ? [] : [{ listId: BigInt(ListID), action }];
  });
  let isDone = false;
  do {
    const rows = work.order.take(rowsAtOnce);
    for (const group of withoutRepeats(rows)) {
      const ids = writeContacts(account, group);
      for (const { listId, action } of actions) membershipRows(account, ids, listId, action);
    }
    work.taken += rows.length;
    isDone = rows.length < rowsAtOnce;
  } while (!isDone && hasTime());
  const changes = {
    current: job.current + work.taken - stored,
    count: work.taken,
    progress: asJson({ ...progress, stored: work.taken }),
  };
  if (!isDone) return { next: 'more', changes };
  // assumed: a job of which nothing could be done has failed
  return job.errcount > 0 && work.taken === 0
    ? { next: 'Error', changes: { ...changes, error: 'None of the contacts could be processed' } }
    : { next: 'done', changes };
}

/** Cuts rows where an address comes again: what a body says of it later counts last. */
function withoutRepeats(rows: readonly BulkWish[]): BulkWish[][] {
  const groups: BulkWish[][] = [];
  let keys = new Set<string>();
  for (const row of rows) {
    const group = keys.has(row.key) ? undefined : groups.at(-1);
    if (group === undefined) {
      groups.push([row]);
      keys = new Set([row.key]);
    } else {
      group.push(row);
      keys.add(row.key);
    }
  }
  return groups;
}

function asJson(progress: BatchProgress): JsonObject {
  return progress as unknown as JsonObject; // plain data, stored as JSON
}
