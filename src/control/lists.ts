import type { Account } from '../accounts/account.ts';
import { definitions } from '../contacts/properties.ts';

/** How many members a list is shown with. */
const mostMembers = 1000;

interface ListRow {
  id: bigint;
  name: string;
  address: string;
  createdAt: string;
  subscribers: number;
}

const columns =
  'ID AS id, Name AS name, Address AS address, CreatedAt AS createdAt, SubscriberCount AS subscribers';

/** A count is a number, whatever the database gives. */
const shown = (row: ListRow): ListRow => ({ ...row, subscribers: Number(row.subscribers) });

/** The lists that are not deleted, the first thousand by ID. */
export function readLists(account: Account): ListRow[] {
  const rows = account
    .sql(`SELECT ${columns} FROM contactslist WHERE IsDeleted = 0 ORDER BY ID LIMIT 1000`)
    .all() as ListRow[]; // the columns selected
  return rows.map(shown);
}

/** A list by its name, with its first members; undefined for none. */
export function readList(account: Account, name: string) {
  const row = account
    .sql(`SELECT ${columns} FROM contactslist WHERE Name = ? AND IsDeleted = 0`)
    .get(name) as ListRow | undefined; // the columns selected
  if (row === undefined) return undefined;
  const members = account
    .sql(
      `SELECT c.ID AS id, c.Email AS email, r.IsUnsubscribed AS isUnsubscribed, r.SubscribedAt AS subscribedAt
       FROM listrecipient AS r JOIN contact AS c ON c.ID = r.ContactID WHERE r.ListID = ? ORDER BY r.ID LIMIT ? + 0`,
    )
    .all(row.id, mostMembers) as {
    id: bigint;
    email: string;
    isUnsubscribed: bigint;
    subscribedAt: string;
  }[]; // the columns selected
  const { count } = account
    .sql('SELECT count(*) AS count FROM listrecipient WHERE ListID = ?')
    .get(row.id) as { count: bigint }; // one row
  return {
    ...shown(row),
    memberCount: Number(count),
    members: members.map((member) => ({ ...member, isUnsubscribed: member.isUnsubscribed === 1n })),
  };
}

/** The contact properties, by ID. */
export function readProperties(account: Account) {
  return definitions(account).map(({ name, datatype }) => ({ name, datatype }));
}
