import type { Account } from '../accounts/account.ts';
import { appendToFile, beginFile } from '../accounts/data-store.ts';
import { optionsOf, readHeader } from './csv-header.ts';
import type { Rejection } from './csv-row.ts';
import { progressOf } from './csv-upload.ts';
import type { Job } from './job.ts';

/** A line of the error file: the record's bytes as they came, and what is wrong with it. */
export function errorLine(record: Buffer, { message, field }: Rejection): Buffer {
  // documented: `, ###message`, and `###field` where a field is at fault
  const end = `, ###${message}${field === undefined ? '' : `###${field}`}\n`;
  return Buffer.concat([record, Buffer.from(end)]);
}

/** Appends lines to a job's error file, made with the first; returns what the progress must remember. */
export function appendErrors(
  account: Account,
  job: Job,
  lines: readonly Buffer[],
): { errorFile?: string } {
  if (lines.length === 0) return {};
  const { errorFile, format } = progressOf(job);
  if (errorFile !== undefined) {
    appendToFile(account, BigInt(errorFile), Buffer.concat(lines));
    return { errorFile };
  }
  const id = beginFile(account, {
    owner: 'batchjob',
    ownerId: job.id,
    kind: 'CSVError',
    mime: 'text/csv',
    isOpen: true,
  });
  const options = optionsOf(job);
  // names that a file gave go back in its encoding, as its lines do
  const encoding = options.fieldNames === undefined ? format?.encoding : 'utf8';
  // documented: the header without its quotes, and `,error`; that it keeps its separator is assumed
  const header = format === undefined ? [] : readHeader(account, job, format, options).names;
  const names = header.join(format?.separator ?? ',');
  appendToFile(account, id, Buffer.concat([Buffer.from(`${names},error\n`, encoding), ...lines]));
  return { errorFile: String(id) };
}
