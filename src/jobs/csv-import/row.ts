import type { BulkRow } from '../../contacts/bulk-rows.ts';
import type { CsvRecord } from '../../lib/csv/reader.ts';
import { emailProblem } from '../../lib/email-address.ts';
import { coerceProperty, isTooLong, lengthProblem } from '../../lib/property-value.ts';
import type { Column, Columns } from './columns.ts';

/** Why a record is rejected, as the error file tells it: a message, and the field where there is one. */
export interface Rejection {
  message: string;
  field?: string;
}

/** Reads a date as the import's options say, or undefined. */
export type ReadDate = (text: string) => string | undefined;

/** Makes a row of a record, or says why there is none; duplicates are looked for elsewhere. */
export function readRow(
  record: CsvRecord,
  { width, used }: Columns,
  readDate: ReadDate,
): BulkRow | Rejection {
  if (record.problem !== undefined) return { message: record.problem };
  const { fields } = record;
  if (fields.length < width) return { message: 'Too few columns at line' }; // documented
  if (fields.length > width) return { message: 'Too many columns at line' }; // assumed
  let email = '';
  const properties: string[] = [];
  for (const column of used) {
    const text = fields[column.at] ?? '';
    if (column.use === 'email') {
      email = text.trim();
      if (emailProblem(email) !== undefined) return { message: 'Invalid email', field: 'email' }; // assumed
    } else if (text !== '') {
      if (isTooLong(text)) return { message: lengthProblem(text), field: column.name };
      const stored = fitted(column, text, readDate);
      if (stored === undefined) return { message: 'Could not convert value', field: column.name }; // documented wording
      properties.push(
        `${properties.length === 0 ? '{' : ','}"${column.id}":${JSON.stringify(stored)}`,
      );
    }
  }
  if (properties.length === 0) properties.push('{');
  properties.push('}');
  // joined, it is one string; added up it would keep all its parts, which the garbage collector then has to copy
  return { key: email.toLowerCase(), email, properties: properties.join('') };
}

function fitted(
  column: Extract<Column, { use: 'property' }>,
  text: string,
  readDate: ReadDate,
): string | undefined {
  if (column.datatype === 'str') return text;
  if (column.datatype === 'datetime') return readDate(text.trim());
  const result = coerceProperty(column.datatype, text.trim());
  return 'stored' in result ? result.stored : undefined;
}
