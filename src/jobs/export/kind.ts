import type { Account } from '../../accounts/account.ts';
import { appendToFile, beginFile, finishFile, removeFile } from '../../accounts/data-store.ts';
import { definitions } from '../../contacts/properties.ts';
import { deletedList } from '../deleted-list.ts';
import type { Job } from '../job.ts';
import type { JobKind, Slice, SliceResult } from '../kind.ts';
import { type ExportedRows, type ExportField, fieldOf, type Row } from './fields.ts';
import { nextRows } from './rows.ts';

/** What an export remembers of its request. */
export interface ExportRequest {
  rows: ExportedRows;
  /** Names of the columns. */
  fields: string[];
  separator: string;
  /** Whether the first line has the names. */
  hasHeader: boolean;
  /** Whether the file begins with the byte order mark of UTF-8. */
  hasMark: boolean;
}

/** The work of contact/export, listrecipient/export and message/export: a CSV file, found once it is whole. States and file are assumed. */
export const contactExport: JobKind = {
  name: 'export',
  states: ['Allocated', 'Upload', 'Prepare', 'Importing', 'Completed'],
  work: {
    Importing: (slice) => deletedList(slice, [slice.job.refId]) ?? writeRows(slice),
  },
  ended(account, { id, status, progress }) {
    if (progress.file === undefined) return;
    const file = BigInt(String(progress.file));
    if (status !== 'Completed') return removeFile(account, file);
    finishFile(account, file);
    account.sql('UPDATE job SET DataID = ? WHERE ID = ?').run(file, id);
  },
};

function requestOf({ request }: Job): ExportRequest {
  return request as unknown as ExportRequest; // written by the action alone
}

/** Few: a contact may have large values. */
const rowsAtOnce = 50;

function writeRows({ account, job, hasTime }: Slice): SliceResult {
  const { rows, fields: names, separator } = requestOf(job);
  const known = definitions(account);
  // a property that was deleted meanwhile has no values
  const fields = names.map(
    (name): ExportField => fieldOf(name, rows, known) ?? { name, text: () => '' },
  );
  const file = String(job.progress.file ?? begin(account, job));
  let last = BigInt(String(job.progress.last ?? 0));
  let { current } = job;
  let isWhole = false;
  do {
    const next = nextRows(account, rows, job.refId, last, rowsAtOnce);
    const text = next.map((row) => lineOf(row, fields, separator)).join('');
    appendToFile(account, BigInt(file), Buffer.from(text));
    last = (next.at(-1)?.place as bigint | undefined) ?? last; // an integer column
    current += next.length;
    isWhole = next.length < rowsAtOnce;
  } while (!isWhole && hasTime());
  const changes = { current, count: current, progress: { file, last: String(last) } };
  return { next: isWhole ? 'done' : 'more', changes };
}

/** Begins the file, with what stands before the rows. */
function begin(account: Account, job: Job): bigint {
  const { fields, separator, hasHeader, hasMark } = requestOf(job);
  const id = beginFile(account, {
    owner: 'batchjob',
    ownerId: job.id,
    kind: 'CSVData',
    mime: 'text/csv',
  });
  const names = `${fields.map((name) => quoted(name, separator)).join(separator)}\n`;
  appendToFile(account, id, Buffer.from((hasMark ? '\uFEFF' : '') + (hasHeader ? names : '')));
  return id;
}

function lineOf(row: Row, fields: readonly ExportField[], separator: string): string {
  const properties = JSON.parse(String(row.properties)) as Record<string, string>; // written by us alone
  return `${fields.map(({ text }) => quoted(text(row, properties), separator)).join(separator)}\n`;
}

/** Quoted where it must be, as RFC 4180 has it. A space at either end is quoted too: readers may cut it off. */
function quoted(text: string, separator: string): string {
  const isPlain = !/["\r\n]|^\s|\s$/.test(text) && !text.includes(separator);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}
