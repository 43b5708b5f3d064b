import { defineResource } from '../engine/define-resource.ts';
import { caseless, int64, text } from '../engine/filter-kinds.ts';

/** Requests to get onto a list. Nothing of the API makes one: widgets do in production, a seed does here. */
export const contactslistsignup = defineResource({
  name: 'contactslistsignup',
  type: 'ContactsListSignup',
  operations: ['Get'],
  source: 'contactslistsignup',
  table: 'signup',
  uniqueKey: '',
  properties: {
    ConfirmAt: { kind: 'int64' },
    ConfirmIp: { kind: 'string' },
    ConsentID: { kind: 'int64', unlisted: true }, // documented in 2025, like those below
    Contact: { kind: 'reference', datatype: 'TContact' },
    Email: { kind: 'email', required: true },
    ID: { kind: 'int64', readOnly: true },
    List: { kind: 'reference', datatype: 'TContactsList', required: true },
    Properties: { kind: 'string', unlisted: true },
    SignupAt: { kind: 'int64' },
    SignupIp: { kind: 'string' },
    SignupKey: { kind: 'string' },
    Source: { kind: 'string', required: true },
    SourceId: { kind: 'int64' },
    ValidationResponse: { kind: 'string', unlisted: true },
  },
  filters: {
    APIKey: int64('apiKeyID'),
    Contact: int64('ContactID'),
    ContactsList: int64('ListID'),
    Domain: caseless("substr(Email, instr(Email, '@') + 1)"),
    Email: caseless('Email'),
    LocalPart: { ...caseless("substr(Email, 1, instr(Email, '@') - 1)"), needs: ['Domain'] }, // documented
    // documented in 2014: less than, larger than
    MaxConfirmAt: { datatype: 'Int64', where: 'ConfirmAt < ?' },
    MaxSignupAt: { datatype: 'Int64', where: 'SignupAt < ?' },
    MinConfirmAt: { datatype: 'Int64', where: 'ConfirmAt > ?' },
    MinSignupAt: { datatype: 'Int64', where: 'SignupAt > ?' },
    SignupIp: text('SignupIp'),
    SignupKey: { ...text('SignupKey'), unlisted: true },
    Source: caseless('Source'),
    SourceID: int64('SourceId'),
    ThrottleCheck: { datatype: 'Boolean', notBuilt: true }, // nothing tells what it does
  },
  sorts: [{ property: 'ID', descending: false }],
  actions: [],
  notes: 'rows come from a seed',
  evidence: { list: 'documented', get: 'documented' },
});
