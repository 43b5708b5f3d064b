import type { Account } from '../accounts/account.ts';
import {
  appendToFile,
  beginFile,
  findFile,
  finishFile,
  readFile,
  removeFile,
} from '../accounts/data-store.ts';
import { rowsAtOnce } from '../contacts/bulk-rows.ts';
import { type Definition, definitions } from '../contacts/properties.ts';
import { membershipRows, readSubscriptionAction } from '../contacts/subscribe.ts';
import { type ContactWish, writeContacts } from '../contacts/write-contact.ts';
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import { parseJson } from '../lib/json-text.ts';
import { readItem } from './batch-item.ts';
import { deletedList } from './deleted-list.ts';
import { type Job, updateJob } from './job.ts';
import { writeErrorItem } from './json-error-file.ts';
import type { JobKind, Slice, SliceResult } from './kind.ts';

/** The work of both managemanycontacts: documented states; `Count` is what was processed so far. */
export const contactBatch: JobKind = {
  name: 'contact-batch',
  states: ['Allocated', 'Upload', 'Prepare', 'Importing', 'Completed'],
  work: {
    Importing: (slice) =>
      deletedList(
        slice,
        requestOf(slice.job).lists.map(({ ListID }) => BigInt(ListID)),
      ) ?? importItems(slice),
  },
  ended(account, job) {
    takeItems(account, job.id);
    const { payload } = requestOf(job);
    if (payload !== undefined) removeFile(account, BigInt(payload));
    const { errorFile } = progressOf(job);
    if (errorFile === undefined) return;
    appendToFile(account, BigInt(errorFile), Buffer.from(']'));
    finishFile(account, BigInt(errorFile)); // not found before it is valid JSON
    const path = `DATA/Batchjob/${job.id}/JSONError/application:json/LAST`; // reported
    updateJob(account, job.id, { errorFile: path });
  },
};

/** What a managemanycontacts job remembers of its request; IDs as text, they may be too long for a number. */
export interface BatchRequest {
  /** Where the body is kept until the job has ended. */
  payload?: string;
  lists: { ListID: string; Action: string }[];
}

export function requestOf(job: Job): BatchRequest {
  return job.request as unknown as BatchRequest; // written by the two actions alone
}

interface BatchProgress {
  position?: number;
  errorFile?: string;
}

function progressOf(job: Job): BatchProgress {
  return job.progress as BatchProgress; // written here alone
}

function importItems(slice: Slice): SliceResult {
  const { account, job, scratch } = slice;
  const items = itemsOf(account, job, scratch);
  const known = definitions(account);
  const { lists } = requestOf(job);
  const actions = lists.flatMap(({ ListID, Action }) => {
    const action = readSubscriptionAction(Action);
    return action === undefined ? [] : [{ listId: BigInt(ListID), action }];
  });
  const rejected: JsonObject[] = [];
  let { position = 0, errorFile } = progressOf(job);
  do {
    const group = readGroup(items, position, known);
    const ids = writeContacts(account, group.wishes);
    for (const { listId, action } of actions) membershipRows(account, ids, listId, action);
    rejected.push(...group.rejected);
    position = group.end;
  } while (position < items.length && slice.hasTime());
  if (rejected.length > 0) {
    const isNew = errorFile === undefined;
    const id = isNew
      ? beginFile(account, {
          owner: 'batchjob',
          ownerId: job.id,
          kind: 'JSONError',
          mime: 'application/json',
        })
      : BigInt(errorFile ?? 0);
    appendToFile(
      account,
      id,
      Buffer.from((isNew ? '[' : ', ') + rejected.map(writeErrorItem).join(', ')),
    );
    errorFile = String(id);
  }
  const errcount = job.errcount + rejected.length;
  const isDone = position >= items.length;
  return {
    // assumed: a job of which nothing could be done has failed
    next: !isDone ? 'more' : errcount > 0 && errcount === items.length ? 'Error' : 'done',
    changes: {
      current: position,
      count: position - errcount,
      errcount,
      progress: { position, errorFile },
      ...(isDone && errcount === items.length && errcount > 0
        ? { error: 'None of the contacts could be processed' }
        : {}), // assumed
    },
  };
}

/** The next items that can be written together: some dozens, and no address twice, since the later one counts last. */
function readGroup(items: readonly Json[], from: number, known: readonly Definition[]) {
  const wishes: ContactWish[] = [];
  const rejected: JsonObject[] = [];
  const addresses = new Set<string>();
  let end = from;
  for (; end < items.length && wishes.length + rejected.length < rowsAtOnce; end += 1) {
    const item = items[end];
    const read = readItem(item, known);
    if ('fault' in read) {
      rejected.push({ ...(isJsonObject(item) ? item : {}), Error: read.fault });
      continue;
    }
    const address = read.email.toLowerCase();
    if (addresses.has(address)) break;
    addresses.add(address);
    wishes.push(read);
  }
  return { wishes, rejected, end };
}

/** What was read of a body already, until its job takes it; after a restart the stored body is read again. */
const readItems = new WeakMap<Account, Map<bigint, Json[]>>();

/** Hands the contacts of a body to the job that was made of it. */
export function keepItems(account: Account, id: bigint, items: Json[]): void {
  const kept = readItems.get(account) ?? new Map<bigint, Json[]>();
  readItems.set(account, kept.set(id, items));
}

/** Lets go of the contacts of an account's jobs. */
export function forgetItems(account: Account): void {
  readItems.delete(account);
}

function takeItems(account: Account, id: bigint): Json[] | undefined {
  const items = readItems.get(account)?.get(id);
  readItems.get(account)?.delete(id);
  return items;
}

function itemsOf(account: Account, job: Job, scratch: Map<string, unknown>): Json[] {
  const known = scratch.get('items') as Json[] | undefined; // set below alone
  if (known !== undefined) return known;
  const kept = takeItems(account, job.id);
  if (kept !== undefined) {
    scratch.set('items', kept);
    return kept;
  }
  const { payload } = requestOf(job);
  const file = payload === undefined ? undefined : findFile(account, BigInt(payload));
  const body =
    file === undefined ? {} : parseJson(readFile(account, file.id, 0, file.size).toString('utf8'));
  const contacts = Object.entries(isJsonObject(body) ? body : {}).find(
    ([name]) => name.toLowerCase() === 'contacts',
  )?.[1];
  const items = Array.isArray(contacts) ? contacts : [];
  scratch.set('items', items);
  return items;
}
