import * as z from 'zod';
import type { Account } from '../accounts/account.ts';
import { checkImage } from '../accounts/image.ts';
import { longestSnapshotName, type Snapshot } from '../accounts/snapshots.ts';
import { isoTime } from '../lib/clock.ts';
import { ControlError } from './control-error.ts';
import type { Server } from './server.ts';

/** The name of a snapshot: any text that fits into the name of a file. */
export const snapshotName = z
  .string()
  .refine(
    (name) => name !== '' && Buffer.byteLength(name) <= longestSnapshotName,
    `give a name of 1 to ${longestSnapshotName} bytes`,
  );

const shown = ({ name, at, size, contacts }: Snapshot) => ({
  name,
  at: isoTime(at),
  size,
  contacts,
});

export function listSnapshots({ snapshots }: Server, { apiKey }: Account) {
  return snapshots.list(apiKey).map(shown);
}

/** Saves the account as it is. */
export function saveSnapshot({ snapshots, registry }: Server, account: Account, name: string) {
  const row = account.sql('SELECT count(*) AS n FROM contact').get() as { n: bigint }; // always one row
  const bytes = registry.copy(account);
  const about = { at: account.clock.now(), contacts: Number(row.n) };
  snapshots.save(account.apiKey, name, bytes, about);
  return shown({ name, size: bytes.length, ...about });
}

/** Keeps bytes that came from outside. @throws ControlError 400 when they are no sound account */
export function uploadSnapshot(
  { snapshots }: Server,
  account: Account,
  name: string,
  bytes: unknown,
) {
  if (!Buffer.isBuffer(bytes))
    throw new ControlError(400, 'Send the bytes of a SQLite file as application/vnd.sqlite3');
  const about = { at: account.clock.now(), contacts: inPlainWords(() => checkImage(bytes)) };
  snapshots.save(account.apiKey, name, bytes, about);
  return shown({ name, size: bytes.length, ...about });
}

/** @throws ControlError 404 when there is none of this name */
export function readSnapshot({ snapshots }: Server, account: Account, name: string): Buffer {
  const bytes = snapshots.read(account.apiKey, name);
  if (bytes === undefined) throw noSnapshot(name);
  return bytes;
}

/** Makes the account what it was; its clock, pace, faults and list of calls stay. @throws ControlError 404, 400 */
export function restoreSnapshot(server: Server, account: Account, name: string): void {
  const bytes = readSnapshot(server, account, name);
  inPlainWords(() => server.registry.restore(account, bytes));
}

/** @throws ControlError 404 when there is none of this name */
export function removeSnapshot({ snapshots }: Server, account: Account, name: string): void {
  if (!snapshots.remove(account.apiKey, name)) throw noSnapshot(name);
}

const noSnapshot = (name: string) =>
  new ControlError(404, `The account has no snapshot "${name}"; GET snapshots lists them`);

function inPlainWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new ControlError(400, (error as Error).message); // database code throws nothing else
  }
}
