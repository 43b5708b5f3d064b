import type { Answer, Call } from '../engine/call.ts';
import { lookUp, rowById, toWire } from '../engine/read.ts';
import { readValues } from '../engine/values.ts';
import { endJob } from '../jobs/enter-state.ts';
import { invalidJobStatus } from '../lib/errors.ts';

// What csvimport and batchjob share: both are faces of a job.

/** 201 with a job that was made. */
export function startedJob({ account, resource }: Call, id: bigint): Answer {
  return {
    status: 201,
    rows: [toWire(account, resource, rowById(account, resource, id) ?? {})],
    job: { id, use: 'made' },
  };
}

/** PUT may only abort (documented in 2014; the refusal's text, which says Upload, is reported for csvimport). */
export function abortJob(call: Call): Answer {
  const { account, resource, body } = call;
  const row = lookUp(call, 'change');
  const wish = String(readValues(account, resource, body, row).Status ?? '');
  if (wish === '' || wish === row.Status) return { status: 304 }; // general rule of PUT (documented)
  if (wish.toLowerCase() !== 'abort') throw invalidJobStatus(wish);
  const id = row.ID as bigint; // ID is an integer key
  if (!endJob(account, id, 'Abort')) return { status: 304 }; // assumed
  return { status: 200, rows: [toWire(account, resource, rowById(account, resource, id) ?? row)] };
}
