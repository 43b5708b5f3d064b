import { defineResource } from '../engine/define-resource.ts';
import { int64 } from '../engine/filter-kinds.ts';

/** Name, address and company of the user; applications read it at start to check a key. */
export const myprofile = defineResource({
  name: 'myprofile',
  type: 'MyProfile',
  operations: ['Get', 'Put'],
  source: 'myprofile',
  table: 'myprofile',
  isSingle: true, // documented: PUT myprofile
  uniqueKey: '',
  properties: {
    AddressCity: { kind: 'string' },
    AddressCountry: { kind: 'string' },
    AddressPostalCode: { kind: 'string' },
    AddressState: { kind: 'string' },
    AddressStreet: { kind: 'string' },
    BillingEmail: { kind: 'email', datatype: 'TBillingEmail' },
    BirthdayAt: { kind: 'datetime' },
    CompanyName: { kind: 'string' },
    CompanyNumOfEmployees: { kind: 'string' },
    ContactPhone: { kind: 'string' },
    EstimatedVolume: { kind: 'int32' },
    Features: { kind: 'string' },
    Firstname: { kind: 'string' },
    ID: { kind: 'int64', readOnly: true },
    Industry: { kind: 'string' },
    JobTitle: { kind: 'string' },
    Lastname: { kind: 'string' },
    User: { kind: 'reference', datatype: 'TUser', input: 'ignore' }, // assumed: it stays the user's
    VAT: {
      kind: 'currency',
      defaultValue: "Depends on AddressCountry's value",
      readOnly: true,
    },
    VATNumber: { kind: 'string' },
    Website: { kind: 'string' },
  },
  filters: { User: int64('UserID') },
  sorts: [{ property: 'ID', descending: false }],
  actions: [],
  evidence: { list: 'assumed', get: 'assumed', update: 'documented' },
});
