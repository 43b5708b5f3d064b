import * as z from 'zod';
import {
  listSnapshots,
  readSnapshot,
  removeSnapshot,
  restoreSnapshot,
  saveSnapshot,
  snapshotName,
  uploadSnapshot,
} from '../../control/snapshots.ts';
import type { ControlRoute } from './route.ts';
import { accountRoute } from './typed-route.ts';

const params = z.object({ name: snapshotName });
const notBytes = 'Send the bytes of a SQLite file as application/vnd.sqlite3';
const bytes = z.custom<Buffer>((given) => Buffer.isBuffer(given), notBytes);
export const shownSnapshot = z.strictObject({
  name: z.string(),
  at: z.iso.datetime(),
  size: z.number().int(),
  contacts: z.number().int(),
});

export const snapshotRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'GET',
    path: '/snapshots',
    description: 'Lists the snapshots of the account.',
    example: '',
    answer: z.strictObject({ snapshots: z.array(shownSnapshot) }),
    handler: (account, { server }) => ({ snapshots: listSnapshots(server, account) }),
  }),
  accountRoute({
    method: 'POST',
    path: '/snapshots',
    description:
      'Saves the account under a name, in the place of a snapshot that has it: data, open jobs and the source of its identifiers. With a data directory it outlives the server.',
    example: `-d '{"name":"before"}'`,
    status: 201,
    body: z.strictObject({ name: snapshotName }),
    answer: shownSnapshot,
    handler: (account, { server, body: { name } }) => saveSnapshot(server, account, name),
  }),
  accountRoute({
    method: 'POST',
    path: '/snapshots/:name/restore',
    description:
      'Makes the account what it was when it was saved; jobs that were open then go on. Keys, clock, pace, faults and the list of calls stay as they are now.',
    example: '',
    params,
    handler: (account, { server, params: { name } }) => restoreSnapshot(server, account, name),
  }),
  accountRoute({
    method: 'GET',
    path: '/snapshots/:name',
    description: 'Downloads a snapshot, a file that any SQLite client opens.',
    example: '-o account.sqlite',
    params,
    handler: (account, { server, params: { name } }) => ({
      contentType: 'application/vnd.sqlite3',
      bytes: readSnapshot(server, account, name),
    }),
  }),
  accountRoute({
    method: 'PUT',
    path: '/snapshots/:name',
    bodySize: 'upload',
    description:
      'Uploads a snapshot; refused unless it is a sound account of this Mockjet or an older one.',
    example: `-H 'Content-Type: application/vnd.sqlite3' --data-binary @account.sqlite`,
    status: 201,
    params,
    body: bytes,
    bodyMissing: notBytes,
    answer: shownSnapshot,
    handler: (account, { server, params: { name }, body }) =>
      uploadSnapshot(server, account, name, body),
  }),
  accountRoute({
    method: 'DELETE',
    path: '/snapshots/:name',
    description: 'Removes a snapshot.',
    example: '',
    params,
    handler: (account, { server, params: { name } }) => removeSnapshot(server, account, name),
  }),
];
