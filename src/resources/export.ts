import type { Account } from '../accounts/account.ts';
import { definitions } from '../contacts/properties.ts';
import { listIsOpen } from '../contacts/subscribe.ts';
import type { Action, ActionCall } from '../engine/action.ts';
import type { Answer } from '../engine/call.ts';
import { fieldsOf } from '../engine/fields.ts';
import { type ExportedRows, fieldOf, usualFields } from '../jobs/export/fields.ts';
import type { ExportRequest } from '../jobs/export/kind.ts';
import { insertJob } from '../jobs/job.ts';
import {
  emptyProperty,
  invalidKeyName,
  longProperty,
  NotBuiltError,
  objectNotFound,
  unlistedValue,
} from '../lib/errors.ts';
import { readLookupId } from '../lib/int64.ts';
import type { Json } from '../lib/json.ts';
import { jobFields, jobOfPath } from './job-action.ts';

/**
 * POST and GET contact/export, listrecipient/export and message/export. The parameters and the answer of POST are Mailjet's own names
 * (its style guide for APIs, without words on their meaning); how they are read, what GET shows and the file, which is at
 * `/v3/DATA/batchjob/{job}/CSVData/text:csv`, are assumed.
 */
export const exportOf = (rows: ExportedRows): Action => ({
  name: 'export',
  isGlobal: true,
  operations: ['Get', 'Post'],
  parameters: [],
  handlers: {
    Get(call): Answer {
      const job = jobOfPath(call, 'export');
      if (job.request.rows !== rows) throw objectNotFound();
      return {
        status: 200,
        rows: [{ ...jobFields(call, job), JobId: job.id }],
        job: { id: job.id, use: 'read' },
      };
    },
    Post: (call) => start(call, rows),
  },
  evidence: { Get: 'assumed', Post: 'assumed' },
});

type Given = ReadonlyMap<string, Json>;

function start({ account, body }: ActionCall, rows: ExportedRows): Answer {
  // without parameters it needs no body (assumed)
  const given = body.text.trim() === '' ? new Map<string, Json>() : fieldsOf(body.object());
  requireUsual(given, rows);
  const list = listOf(account, given);
  const request: ExportRequest = {
    rows,
    fields: namesOf(account, given, rows),
    separator: oneOf(given, 'FieldSeparator', [',', ';', '|', '\t']),
    hasHeader: oneOf(given, 'Headers', ['true', 'false']) === 'true',
    hasMark: oneOf(given, 'Charset', ['utf8', 'utf8bom']) === 'utf8bom',
  };
  const id = account.write(() =>
    insertJob(account, {
      kind: 'export',
      jobType: rows === 'message' ? 'Unknown' : 'Contacts export',
      status: 'Allocated',
      refId: list,
      request: { ...request },
    }),
  );
  return { status: 201, rows: [{ JobId: id }], job: { id, use: 'made' } };
}

/** Parameters of which only one value is built: what others do to the file is not known. */
const usual: Readonly<Record<string, readonly string[]>> = {
  ExportFormat: ['csv'],
  FieldValues: [],
  TimezoneOffset: ['0'],
  TimeFormat: [],
  DateTimeFormat: [],
  Locale: ['en_us'],
  Action: [],
};

/** @throws NotBuiltError for a parameter that would change the file in a way that is not built */
function requireUsual(given: Given, rows: ExportedRows): void {
  // a message is on no list
  const known = rows === 'message' ? { ...usual, ListId: [] } : usual;
  for (const [name, values] of Object.entries(known)) {
    const value = textOf(given, name);
    if (value !== '' && !values.includes(value.toLowerCase()))
      throw new NotBuiltError(`${name} "${value.slice(0, 50)}" of ${rows}/export`);
  }
}

/** @throws MailjetError 400 for another value than these; the first stands for none */
function oneOf(given: Given, name: string, values: readonly [string, ...string[]]): string {
  const value = textOf(given, name).toLowerCase();
  if (value === '') return values[0];
  if (!values.includes(value)) throw unlistedValue(name, values);
  return value;
}

/** @throws MailjetError 400 for a list that is not there */
function listOf(account: Account, given: Given): bigint {
  const value = given.get('listid');
  if (value === undefined || value === null || value === '') return 0n;
  const id = readLookupId(value);
  if (id === undefined || !listIsOpen(account, id)) throw emptyProperty('ListId'); // assumed, as in importlist
  return id;
}

/** More than any account has. */
const mostFields = 500;

/** FieldNames as an array, or a text with commas between them (assumed). @throws MailjetError 400 for an unknown one */
function namesOf(account: Account, given: Given, rows: ExportedRows): string[] {
  const known = definitions(account);
  const value = given.get('fieldnames');
  const listed = Array.isArray(value) ? value : textOf(given, 'FieldNames').split(',');
  if (listed.length > mostFields) throw longProperty('FieldNames', mostFields);
  const names = [...new Set(listed.map((name) => String(name).trim()))].filter(
    (name) => name !== '',
  );
  const unknown = names.find((name) => fieldOf(name, rows, known) === undefined);
  if (unknown !== undefined) throw invalidKeyName(unknown); // assumed, as in contactdata
  return names.length === 0 ? usualFields(rows, known) : names;
}

/** A parameter as text; '' for none. */
function textOf(given: Given, name: string): string {
  const value = given.get(name.toLowerCase());
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
