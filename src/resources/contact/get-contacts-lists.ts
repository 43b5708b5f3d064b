import type { Action } from '../../engine/action.ts';
import { ok } from '../../engine/call.ts';
import type { Row } from '../../engine/row.ts';

/**
 * GET contact/{id or email}/getcontactslists: the contact's lists, ascending ID (recorded). Deleted ones are left out (assumed).
 * reported: SubscribedAt of old memberships may be empty; Mockjet makes none such.
 */
export const getContactsLists: Action = {
  name: 'getcontactslists',
  isGlobal: false,
  operations: ['Get'],
  parameters: [],
  handlers: {
    Get({ account, object }) {
      const rows = account
        .sql(
          `SELECT r.IsActive, r.IsUnsubscribed, r.ListID, r.SubscribedAt
           FROM listrecipient AS r JOIN contactslist AS l ON l.ID = r.ListID AND l.IsDeleted = 0
           WHERE r.ContactID = ? ORDER BY r.ListID`,
        )
        .all(object.ID) as Row[]; // a SELECT gives rows
      return ok(
        rows.map((row) => ({
          IsActive: row.IsActive === 1n,
          IsUnsub: row.IsUnsubscribed === 1n,
          ListID: row.ListID as bigint, // an integer column
          SubscribedAt: String(row.SubscribedAt),
        })),
      );
    },
  },
  evidence: { Get: 'recorded' },
};
