import type { Account } from '../../accounts/account.ts';
import type { CsvPosition } from '../../lib/csv/batch.ts';
import type { CsvFormat } from '../../lib/csv/format.ts';
import { openCsv } from '../../lib/csv/reader.ts';
import { type ImportOptions, parseImportOptions } from '../../lib/import-options.ts';
import type { Job } from '../job.ts';
import { csvSource, uploadOf } from './upload.ts';

/** The options of a job's import; those that Prepare refused count as none. */
export function optionsOf(job: Job): ImportOptions {
  const options = parseImportOptions(job.importOptions);
  return 'problem' in options ? { timezoneOffset: 0 } : options;
}

/** Names of a file's columns, by its options or its first line, and where its first record is. */
export function readHeader(
  account: Account,
  job: Job,
  format: CsvFormat,
  { fieldNames }: ImportOptions,
): { names: readonly string[]; first: CsvPosition } {
  const start = { offset: format.start, line: 1 };
  if (fieldNames !== undefined) return { names: fieldNames, first: start };
  const upload = uploadOf(account, job);
  if (upload === undefined) return { names: [], first: start };
  const reader = openCsv(csvSource(account, upload), format, start);
  return { names: reader.next()?.fields ?? [], first: reader.position };
}
