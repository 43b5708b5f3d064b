import type { Account } from '../accounts/account.ts';
import { definitions, findDefinition } from '../contacts/properties.ts';
import { defineResource } from '../engine/define-resource.ts';
import { int64, text } from '../engine/filter-kinds.ts';
import type { Row } from '../engine/row.ts';
import { invalidKeyName, MailjetError } from '../lib/errors.ts';
import { coerceProperty, propertyErrorMessage } from '../lib/property-value.ts';

/** Values of historic properties, which stay beside each other where a static one has its last value alone. */
export const contacthistorydata = defineResource({
  name: 'contacthistorydata',
  type: 'ContactHistoryData',
  operations: ['Get', 'Post', 'Delete'],
  source: 'contacthistorydata',
  table: 'contacthistorydata',
  uniqueKey: '',
  properties: {
    Contact: {
      kind: 'reference',
      datatype: 'TContact',
      needed: 'MJ03', // assumed
      reference: { table: 'contact', key: 'Email', where: "anonymizedAt = ''" },
    },
    CreatedAt: { kind: 'datetime', defaultValue: 'Current time' },
    Data: { kind: 'string', maxLength: 0 },
    ID: { kind: 'int64', readOnly: true },
    Name: { kind: 'string' },
  },
  filters: {
    Contact: int64('ContactID'),
    Last: {
      datatype: 'TBooleanFilter',
      where: `(NOT ? OR ID = (
        SELECT other.ID FROM contacthistorydata AS other
        WHERE other.ContactID = contacthistorydata.ContactID AND other.Name = contacthistorydata.Name
        ORDER BY other.CreatedAt DESC, other.ID DESC LIMIT 1))`,
      needs: ['Contact', 'Name'], // documented
    },
    MaxCreatedAt: { datatype: 'TRFC3339DateTime', where: 'CreatedAt < ?' }, // documented: strictly
    MinCreatedAt: { datatype: 'TRFC3339DateTime', where: 'CreatedAt >= ?' },
    Name: text('Name'),
  },
  sorts: [
    { property: 'ID', descending: false },
    { property: 'CreatedAt', descending: true },
  ],
  actions: [],
  rules: { create: fitted },
  evidence: { list: 'documented', get: 'documented', create: 'assumed', remove: 'assumed' },
});

/** A value as its property holds it; errors are those of contactdata (assumed). @throws MailjetError 400 */
function fitted(account: Account, { CreatedAt, Data = '', Name = '' }: Row): Row {
  const property = findDefinition(definitions(account, 'historic'), String(Name));
  if (property === undefined) throw invalidKeyName(String(Name));
  const value = String(Data);
  const result = coerceProperty(property.datatype, value);
  if (!('stored' in result))
    throw new MailjetError(
      400,
      propertyErrorMessage([{ key: property.name, code: result.code, value }]),
    );
  return { CreatedAt: CreatedAt || account.time(), Data: result.stored, Name: property.name };
}
