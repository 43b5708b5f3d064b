import { type Definition, findDefinition } from '../../contacts/properties.ts';

/** What an export has a line for: a contact, a subscription, or a message. */
export type ExportedRows = 'contact' | 'listrecipient' | 'message';

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
  message: [
    'ID',
    'ArrivedAt',
    'AttachmentCount',
    'AttemptCount',
    'CampaignID',
    'ContactAlt',
    'ContactID',
    'CustomID',
    'DestinationID',
    'IsClickTracked',
    'IsHTMLPartIncluded',
    'IsOpenTracked',
    'IsTextPartIncluded',
    'MessageSize',
    'SenderID',
    'State',
    'StatePermanent',
    'Status',
    'Subject',
    'UUID',
  ],
};

/**
 * The columns of a file for which none are named (assumed): of contacts those with which a CSV import makes them again,
 * of the others what the resource shows.
 */
export function usualFields(rows: ExportedRows, definitions: readonly Definition[]): string[] {
  if (rows === 'message') return [...ownFields.message];
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
  // properties are a contact's
  const definition = rows === 'message' ? undefined : findDefinition(definitions, name);
  if (definition !== undefined)
    return { name, text: (_row, properties) => properties[definition.id] ?? '' };
  const column = own.find((each) => each.toLowerCase() === name.toLowerCase());
  return column === undefined ? undefined : ownField(name, column);
}

function ownField(name: string, column: string): ExportField {
  const isFlag = column.startsWith('Is') || column === 'StatePermanent';
  return {
    name,
    text: (row) => (isFlag ? String(Boolean(row[column])) : String(row[column] ?? '')),
  };
}
