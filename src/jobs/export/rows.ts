import type { Account } from '../../accounts/account.ts';
import type { ExportedRows, Row } from './fields.ts';

/** The next rows in order, each with its `place`: of a list's or of all, where the list is 0; messages have none. */
export function nextRows(
  account: Account,
  rows: ExportedRows,
  list: bigint,
  after: bigint,
  limit: number,
): Row[] {
  const { all, ofList } = statements[rows];
  const found =
    list === 0n || ofList === undefined
      ? account.sql(all).all(after, limit)
      : account.sql(ofList).all(list, after, limit);
  return found as Row[]; // columns by name
}

const subscription = `SELECT r.*, r.ID AS place, l.Name AS ListName, c.Email, c.properties FROM listrecipient AS r
  CROSS JOIN contactslist AS l ON l.ID = r.ListID CROSS JOIN contact AS c ON c.ID = r.ContactID`;

const message = `SELECT m.*, m.ID AS place, '{}' AS properties, s.State FROM sentmessage AS m
  LEFT JOIN messagestate AS s ON s.ID = m.StateID`;

/** Anonymous contacts are left out (assumed), as lists of contacts leave them out; they have no subscription. */
const statements: Record<ExportedRows, { all: string; ofList?: string }> = {
  contact: {
    all: "SELECT *, ID AS place FROM contact WHERE ID > ? AND anonymizedAt = '' ORDER BY ID LIMIT ? + 0",
    ofList: `SELECT c.*, r.ContactID AS place FROM listrecipient AS r CROSS JOIN contact AS c ON c.ID = r.ContactID
      WHERE r.ListID = ? AND r.ContactID > ? ORDER BY r.ContactID LIMIT ? + 0`,
  },
  listrecipient: {
    all: `${subscription} WHERE r.ID > ? ORDER BY r.ID LIMIT ? + 0`,
    ofList: `${subscription} WHERE r.ListID = ? AND r.ID > ? ORDER BY r.ID LIMIT ? + 0`,
  },
  message: {
    all: `${message} WHERE m.ID > ? ORDER BY m.ID LIMIT ? + 0`,
  },
};
