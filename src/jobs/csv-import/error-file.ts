import type { Account } from '../../accounts/account.ts';
import { appendToFile, beginFile, findFile } from '../../accounts/data-store.ts';
import type { Job } from '../job.ts';
import { optionsOf, readHeader } from './header.ts';
import { progressOf } from './progress.ts';
import type { Rejection } from './row.ts';

/** A line of the error file: the record's bytes as they came, and what is wrong with it. */
export function errorLine(record: Buffer, { message, field }: Rejection): Buffer {
  // documented: `, ###message`, and `###field` where a field is at fault
  const end = `, ###${message}${field === undefined ? '' : `###${field}`}\n`;
  return Buffer.concat([record, Buffer.from(end)]);
}

/**
 * Says in the error file why a job failed as a whole: the file then is the one place where the API tells it. The texts
 * are those that the help centre shows in such a file; that they stand on a line of their own, behind nothing, is assumed.
 */
export function appendFailure(account: Account, job: Job): void {
  if (job.error !== '')
    appendErrors(account, job, [errorLine(Buffer.alloc(0), { message: job.error })]);
}

/** A file of two letters a line would make errors of fifteen times its size; what is above is left out, bytes. */
const mostErrors = 64 * 1024 * 1024;
const leftOut = errorLine(Buffer.alloc(0), {
  message: 'Mockjet leaves out further errors: this file is long enough',
});

/** Appends lines to a job's error file, made with the first; returns what the progress must remember. */
export function appendErrors(
  account: Account,
  job: Job,
  lines: readonly Buffer[],
): { errorFile?: string } {
  if (lines.length === 0) return {};
  const { errorFile, format } = progressOf(job);
  if (errorFile !== undefined) {
    const { size = 0 } = findFile(account, BigInt(errorFile)) ?? {};
    if (size < mostErrors) {
      const bytes = Buffer.concat(lines);
      appendToFile(account, BigInt(errorFile), bytes);
      if (size + bytes.length >= mostErrors) appendToFile(account, BigInt(errorFile), leftOut);
    }
    return { errorFile };
  }
  const id = beginFile(account, {
    owner: 'batchjob',
    ownerId: job.id,
    kind: 'CSVError',
    mime: 'text/csv',
    isOpen: true,
  });
  // documented: the header without its quotes, and `,error`; that it keeps its separator is assumed
  const names = namesOf(account, job).join(format?.separator ?? ',');
  // names that a file gave go back in its encoding, as its lines do
  const encoding = optionsOf(job).fieldNames === undefined ? format?.encoding : 'utf8';
  appendToFile(account, id, Buffer.concat([Buffer.from(`${names},error\n`, encoding), ...lines]));
  return { errorFile: String(id) };
}

/** None before Prepare has looked at the file, or where it can't be read: a job must be able to fail then as well. */
function namesOf(account: Account, job: Job): readonly string[] {
  const { format } = progressOf(job);
  try {
    return format === undefined ? [] : readHeader(account, job, format, optionsOf(job)).names;
  } catch {
    return [];
  }
}
