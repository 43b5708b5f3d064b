import type { Account } from '../../accounts/account.ts';
import { findFile, readFile } from '../../accounts/data-store.ts';
import { isJsonObject, type Json } from '../../lib/json.ts';
import { parseJson } from '../../lib/json-text.ts';
import type { Job } from '../job.ts';

/** What a managemanycontacts job remembers of its request; IDs as text, they may be too long for a number. */
export interface BatchRequest {
  /** Where the body is kept until the job has ended. */
  payload?: string;
  lists: { ListID: string; Action: string }[];
}

export function requestOf(job: Job): BatchRequest {
  return job.request as unknown as BatchRequest; // written by the two actions alone
}

/** What was read of a body already, until its job takes it; after a restart the stored body is read again. */
const readItems = new WeakMap<Account, Map<bigint, Json[]>>();

/** How many jobs' contacts are kept, of all accounts: those of more are read again, which costs less than the room. */
const mostKept = 8;
let keptJobs = 0;

/** Hands the contacts of a body to the job that was made of it. */
export function keepItems(account: Account, id: bigint, items: Json[]): void {
  const kept = readItems.get(account) ?? new Map<bigint, Json[]>();
  if (keptJobs >= mostKept) return;
  keptJobs += 1;
  readItems.set(account, kept.set(id, items));
}

/** Lets go of the contacts of an account's jobs. */
export function forgetItems(account: Account): void {
  keptJobs -= readItems.get(account)?.size ?? 0;
  readItems.delete(account);
}

/** The contacts of a job's body, which are not kept any longer. */
export function takeItems(account: Account, job: Job): Json[] {
  const kept = readItems.get(account)?.get(job.id);
  dropItems(account, job.id);
  return kept ?? storedItems(account, job);
}

export function dropItems(account: Account, id: bigint): void {
  if (readItems.get(account)?.delete(id)) keptJobs -= 1;
}

function storedItems(account: Account, job: Job): Json[] {
  const { payload } = requestOf(job);
  const file = payload === undefined ? undefined : findFile(account, BigInt(payload));
  if (file === undefined) return [];
  const body = parseJson(readFile(account, file.id, 0, file.size).toString('utf8'));
  const contacts = Object.entries(isJsonObject(body) ? body : {}).find(
    ([name]) => name.toLowerCase() === 'contacts',
  )?.[1];
  return Array.isArray(contacts) ? contacts : [];
}
