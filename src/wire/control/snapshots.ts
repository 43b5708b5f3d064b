import * as z from 'zod';
import { readBodyAs } from '../../control/read-body.ts';
import {
  listSnapshots,
  readSnapshot,
  removeSnapshot,
  restoreSnapshot,
  saveSnapshot,
  snapshotName,
  uploadSnapshot,
} from '../../control/snapshots.ts';
import type { ControlCall, ControlRoute } from './route.ts';
import { needAccount } from './route.ts';

const named = z.object({ name: snapshotName });
const nameOf = (call: ControlCall) => readBodyAs(named, call.params).name;

export const snapshotRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/snapshots',
    scope: 'account',
    description: 'Lists the snapshots of the account.',
    example: '',
    handler: (call) => ({ snapshots: listSnapshots(call.server, needAccount(call)) }),
  },
  {
    method: 'POST',
    path: '/snapshots',
    scope: 'account',
    description:
      'Saves the account under a name, in the place of a snapshot that has it: data, open jobs and the source of its identifiers. With a data directory it outlives the server.',
    example: `-d '{"name":"before"}'`,
    status: 201,
    handler: (call) =>
      saveSnapshot(
        call.server,
        needAccount(call),
        readBodyAs(z.strictObject(named.shape), call.body).name,
      ),
  },
  {
    method: 'POST',
    path: '/snapshots/:name/restore',
    scope: 'account',
    description:
      'Makes the account what it was when it was saved; jobs that were open then go on. Keys, clock, pace, faults and the list of calls stay as they are now.',
    example: '',
    handler: (call) => restoreSnapshot(call.server, needAccount(call), nameOf(call)),
  },
  {
    method: 'GET',
    path: '/snapshots/:name',
    scope: 'account',
    description: 'Downloads a snapshot, a file that any SQLite client opens.',
    example: '-o account.sqlite',
    handler: (call) => ({
      contentType: 'application/vnd.sqlite3',
      bytes: readSnapshot(call.server, needAccount(call), nameOf(call)),
    }),
  },
  {
    method: 'PUT',
    path: '/snapshots/:name',
    scope: 'account',
    bodySize: 'upload',
    description:
      'Uploads a snapshot; refused unless it is a sound account of this Mockjet or an older one.',
    example: `-H 'Content-Type: application/vnd.sqlite3' --data-binary @account.sqlite`,
    status: 201,
    handler: (call) => uploadSnapshot(call.server, needAccount(call), nameOf(call), call.body),
  },
  {
    method: 'DELETE',
    path: '/snapshots/:name',
    scope: 'account',
    description: 'Removes a snapshot.',
    example: '',
    handler: (call) => removeSnapshot(call.server, needAccount(call), nameOf(call)),
  },
];
