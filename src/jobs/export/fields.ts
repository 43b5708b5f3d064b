import { type Definition, findDefinition } from '../../contacts/properties.ts';

/** What an export has a line for: a contact, or a subscription. */
export type ExportedRows = 'contact' | 'listrecipient';

/** Columns of a row, by name. */
export type Row = Readonly<Record<string, unknown>>;

/** A column of the file: its name, and its text in a row. */
export interface ExportField {
  name: string;
  text(row: Row, properties: Record<string, string>): string;
}

/** What rows have beside the properties of the contact, as the wire names it. */
const ownFields: Record<ExportedRows, readonly string[]> = {
  contact: [
    'Email',
    'ID',
    'Name',
    'CreatedAt',
    'DeliveredCount',
    'ExclusionFromCampaignsUpdatedAt',
    'IsExcludedFromCampaigns',
    'IsOptInPending',
    'IsSpamComplaining',
    'LastActivityAt',
    'LastUpdateAt',
    'UnsubscribedAt',
    'UnsubscribedBy',
  ],
  listrecipient: [
    'Email',
    'ID',
    'ContactID',
    'IsActive',
    'IsUnsubscribed',
    'ListID',
    'ListName',
    'SubscribedAt',
    'UnsubscribedAt',
  ],
};

/**
 * The columns of a file for which none are named (assumed): of contacts those with which a CSV import makes them again,
 * of subscriptions what the resource shows.
 */
export function usualFields(rows: ExportedRows, definitions: readonly Definition[]): string[] {
  return rows === 'contact'
    ? ['email', ...definitions.map(({ name }) => name)]
    : ['email', ...ownFields.listrecipient.filter((name) => name !== 'Email')];
}

/** A column by its name: `Name` is that of the contact, `name` the property; else any case does (assumed). */
export function fieldOf(
  name: string,
  rows: ExportedRows,
  definitions: readonly Definition[],
): ExportField | undefined {
  const own = ownFields[rows];
  if (own.includes(name)) return ownField(name, name);
  const definition = findDefinition(definitions, name);
  if (definition !== undefined)
    return { name, text: (_row, properties) => properties[definition.id] ?? '' };
  const column = own.find((each) => each.toLowerCase() === name.toLowerCase());
  return column === undefined ? undefined : ownField(name, column);
}

function ownField(name: string, column: string): ExportField {
  const isFlag = column.startsWith('Is');
  return {
    name,
    text: (row) => (isFlag ? String(Boolean(row[column])) : String(row[column] ?? '')),
  };
}
