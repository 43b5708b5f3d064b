import * as z from 'zod';
import type { Account } from '../accounts/account.ts';
import { type CheckedImage, checkImage } from '../accounts/check-image.ts';
import { longestSnapshotName, type Snapshot } from '../accounts/snapshots.ts';
import { isoTime } from '../lib/clock.ts';
import { ControlError } from './control-error.ts';
import type { Steering } from './steering.ts';

/** The name of a snapshot: any text that fits into the name of a file. */
export const snapshotName = z
  .string()
  .refine(
    (name) => name !== '' && Buffer.byteLength(name) <= longestSnapshotName,
    `give a name of 1 to ${longestSnapshotName} bytes`,
  )
  // a path of a URL can't hold them: they would be saved and never be found again
  .refine((name) => name !== '.' && name !== '..', 'give a name other than . and ..');

const shown = ({ name, at, size, contacts }: Snapshot) => ({
  name,
  at: isoTime(at),
  size,
  contacts,
});

export function listSnapshots({ snapshots }: Steering, { apiKey }: Account) {
  return snapshots.list(apiKey).map(shown);
}

/** Saves the account as it is, but for its secret. @throws ControlError 413 when there is no room */
export function saveSnapshot(steering: Steering, account: Account, name: string) {
  const row = account.sql('SELECT count(*) AS n FROM contact').get() as { n: bigint }; // always one row
  return store(steering, account, name, {
    bytes: steering.registry.copy(account),
    contacts: Number(row.n),
  });
}

function store({ snapshots }: Steering, account: Account, name: string, image: CheckedImage) {
  const { bytes, contacts } = image;
  const why = snapshots.lacksRoom(account.apiKey, name, bytes.length);
  if (why !== undefined) throw new ControlError(413, why);
  const about = { at: account.clock.now(), contacts };
  snapshots.save(account.apiKey, name, bytes, about);
  return shown({ name, size: bytes.length, ...about });
}

/** Keeps bytes that came from outside. @throws ControlError 400 when they are no sound account, 413 when there is no room */
export function uploadSnapshot(steering: Steering, account: Account, name: string, bytes: Buffer) {
  return store(
    steering,
    account,
    name,
    inPlainWords(() => checkImage(bytes)),
  );
}

/** @throws ControlError 404 when there is none of this name */
export function readSnapshot({ snapshots }: Steering, account: Account, name: string): Buffer {
  const bytes = snapshots.read(account.apiKey, name);
  if (bytes === undefined) throw noSnapshot(name);
  return bytes;
}

/** Makes the account what it was; its clock, pace, faults and list of calls stay. @throws ControlError 404, 400 */
export function restoreSnapshot(steering: Steering, account: Account, name: string): void {
  const bytes = readSnapshot(steering, account, name);
  inPlainWords(() => steering.registry.restore(account, bytes));
}

/** @throws ControlError 404 when there is none of this name */
export function removeSnapshot({ snapshots }: Steering, account: Account, name: string): void {
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
