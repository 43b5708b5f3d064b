import type { Account } from '../accounts/account.ts';
import { readableContacts } from '../contacts/anonymize.ts';
import { checkEmailKey } from '../contacts/email-key.ts';
import {
  applyChanges,
  definitions,
  findDefinition,
  namedValues,
  type PropertyChange,
  unsets,
} from '../contacts/properties.ts';
import { bind, type Given } from '../engine/bind.ts';
import type { Answer, Call } from '../engine/call.ts';
import { defineResource } from '../engine/define-resource.ts';
import { fieldsOf } from '../engine/fields.ts';
import { caseless } from '../engine/filter-kinds.ts';
import type { Query } from '../engine/query.ts';
import { lookUp, rowById } from '../engine/read.ts';
import type { Row } from '../engine/row.ts';
import { emptyProperty, invalidKeyName, MailjetError, objectNotFound } from '../lib/errors.ts';
import { readLookupId } from '../lib/int64.ts';
import type { Json } from '../lib/json.ts';
import { coerceProperty, type PropertyError, propertyErrorMessage } from '../lib/property-value.ts';
import { contactFilters } from './contact-filters.ts';

export const contactdata = defineResource({
  name: 'contactdata',
  type: 'ContactData',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  source: 'contactdata',
  table: 'contact',
  uniqueKey: 'Email',
  keyColumns: ['Email'],
  checkKey: checkEmailKey,
  properties: {
    ContactID: { kind: 'int64' },
    Data: {
      kind: 'json',
      datatype: 'TContactDataKeyValueList',
      // its class is reported
      items: { type: 'KeyValue', properties: { Name: 'value', Value: 'value' }, most: 10_000 },
      decode: shownValues,
    },
    ID: { kind: 'int64', readOnly: true },
    // recorded in 2021 and reported of a PUT in 2020; bodies of 2014, 2017 and 2019 lack it
    MethodCollection: { kind: 'string' },
  },
  filters: {
    ...contactFilters('contactdata'),
    ContactEmail: caseless('Email'),
    DateFormat: { datatype: 'AnsiString', notBuilt: true },
    Fields: { datatype: 'AnsiString', readElsewhere: true },
    TimeZone: { datatype: 'AnsiString', notBuilt: true },
  },
  sorts: [
    { property: 'ID', descending: false },
    { property: 'Email', descending: true, column: 'Email' },
    { property: 'DeliveredCount', descending: true, column: 'DeliveredCount' },
    { property: 'CreatedAt', descending: true, column: 'CreatedAt' },
  ],
  actions: [],
  exists: readableContacts,
  listed: { where: "anonymizedAt = ''", unless: ['IncludeAnonymized'] },
  softDelete: { column: 'properties', value: '{}' }, // assumed: 204, and the contact keeps no value
  handlers: { create: createData, update: updateData },
  evidence: {
    list: 'documented',
    get: 'recorded',
    create: 'documented',
    update: 'recorded',
    remove: 'documented',
  },
});

/** documented: Fields names the values to show; that it may be a comma list, and that GET of one takes it, is assumed. */
function shownValues(stored: unknown, account: Account, query?: Query) {
  const values = namedValues(definitions(account), stored);
  const fields = query?.get('Fields')?.toLowerCase().split(',');
  return fields === undefined
    ? values
    : values.filter(({ Name }) => fields.includes(Name.toLowerCase()));
}

/** documented: an upsert for the contact that the body names. */
function createData({ account, resource, body }: Call): Answer {
  const given = bind(resource, body);
  const id = readLookupId(given.find(({ member }) => member.name === 'ContactID')?.value);
  if (id === undefined) throw emptyProperty('ContactID'); // assumed
  return account.write(() => {
    const row = rowById(account, resource, id);
    if (row === undefined) throw objectNotFound(); // assumed
    return { status: 201, rows: [store(account, row, readData(given))] };
  });
}

function updateData(call: Call): Answer {
  const { account, resource, body } = call;
  return account.write(() => {
    const row = lookUp(call, 'change');
    const items = readData(bind(resource, body));
    const before = row.Data;
    const answer = store(account, row, items);
    const after = rowById(account, resource, row.ID as bigint); // ID is an integer key
    // general rule of PUT (documented), and a client handles it here
    return after?.Data === before ? { status: 304 } : { status: 200, rows: [answer] };
  });
}

interface Item {
  name: string;
  value: Json;
}

function readData(given: Given[]): Item[] {
  const data = given.find(({ member }) => member.name === 'Data')?.value ?? [];
  if (!Array.isArray(data)) throw emptyProperty('Data'); // assumed
  return data.map((item) => {
    const fields = fieldsOf(item);
    return { name: String(fields.get('name') ?? ''), value: fields.get('value') };
  });
}

/** Stores values; recorded: the answer has those of the request alone, in its order, as they were sent. */
function store(account: Account, row: Row, items: Item[]) {
  const known = definitions(account);
  const changes: PropertyChange[] = [];
  const problems: PropertyError[] = [];
  for (const { name, value } of items) {
    const definition = findDefinition(known, name);
    if (definition === undefined) throw invalidKeyName(name); // reported
    if (unsets(value)) changes.push({ definition, stored: null });
    else {
      const scalar = typeof value === 'object' ? JSON.stringify(value) : value; // assumed: taken as its text
      const result = coerceProperty(definition.datatype, scalar);
      if ('stored' in result) changes.push({ definition, stored: result.stored });
      else problems.push({ key: definition.name, code: result.code, value: scalar });
    }
  }
  // recorded for one; that nothing is stored when one is bad agrees with the recording
  if (problems.length > 0) throw new MailjetError(400, propertyErrorMessage(problems));
  account
    .sql('UPDATE contact SET properties = ? WHERE ID = ?')
    .run(applyChanges(row.Data, changes), row.ID);
  const shown = items
    .filter(({ value }) => !unsets(value))
    .map(({ name, value }) => ({
      Name: findDefinition(known, name)?.name ?? name,
      Value: String(value),
    }));
  return { ContactID: row.ID as bigint, Data: shown, ID: row.ID as bigint, MethodCollection: '' }; // ID is an integer key
}
