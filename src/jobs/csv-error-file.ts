import type { Account } from '../accounts/account.ts';
import { appendToFile, beginFile } from '../accounts/data-store.ts';
import type { CsvSource } from '../lib/csv-batch.ts';
import type { CsvRecord } from '../lib/csv-reader.ts';
import type { Rejection } from './csv-row.ts';
import { progressOf } from './csv-upload.ts';
import type { Job } from './job.ts';

/** Collects the rejected lines of a slice and appends them to the job's error file. */
export function createErrorFile(account: Account, job: Job, source: CsvSource) {
  const { header = [], errorFile, format, options } = progressOf(job);
  // names that a file gave go back in its encoding, as its lines do
  const encoding = options?.fieldNames === undefined ? format?.encoding : 'utf8';
  const parts: Buffer[] = [];
  return {
    add(record: CsvRecord, { message, field }: Rejection) {
      parts.push(source.read(record.start, record.end - record.start));
      // documented: `, ###message`, and `###field` where a field is at fault
      parts.push(Buffer.from(`, ###${message}${field === undefined ? '' : `###${field}`}\n`));
    },
    /** Stores what was collected; returns what the progress must remember. */
    finish(): { errorFile: string } | undefined {
      if (parts.length === 0) return undefined;
      const isNew = errorFile === undefined;
      const id = isNew
        ? beginFile(account, {
            owner: 'batchjob',
            ownerId: job.id,
            kind: 'CSVError',
            mime: 'text/csv',
            isOpen: true,
          })
        : BigInt(errorFile);
      // documented: the header without its quotes, and `,error`; that it keeps its separator is assumed
      const names = header.join(format?.separator ?? ',');
      if (isNew) parts.unshift(Buffer.from(`${names},error\n`, encoding));
      appendToFile(account, id, Buffer.concat(parts));
      return { errorFile: String(id) };
    },
  };
}
