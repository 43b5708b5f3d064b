import { lackOfRoom, storedName } from '../contacts/properties.ts';
import { defineResource } from '../engine/define-resource.ts';
import { caseless } from '../engine/filter-kinds.ts';
import { propertyExists, unknownDatatype, unknownNamespace } from '../lib/errors.ts';

export const contactmetadata = defineResource({
  name: 'contactmetadata',
  type: 'ContactMetaData',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  source: 'contactmetadata',
  table: 'contactmetadata',
  uniqueKey: 'Namespace|Name',
  keyColumns: ['NameSpace', 'Name'],
  properties: {
    Datatype: {
      kind: 'string',
      datatype: 'TContactDataType',
      defaultValue: 'str',
      required: true,
      allowed: ['str', 'int', 'float', 'bool', 'datetime', 'collection'],
      misfit: unknownDatatype,
      initial: 'str',
    },
    ID: { kind: 'int64', readOnly: true },
    Name: {
      kind: 'string',
      required: true,
      needed: 'MJ04',
      stored: storedName,
      check: (_name, account, before) => (before === undefined ? lackOfRoom(account) : undefined),
    },
    NameSpace: {
      kind: 'string',
      defaultValue: 'static',
      required: true,
      readOnly: true,
      input: 'once',
      initial: 'static',
      oneOf: ['static', 'historic'],
      misfit: unknownNamespace,
    },
  },
  filters: {
    DataType: caseless('Datatype'),
    Namespace: caseless('NameSpace'),
  },
  sorts: [
    { property: 'ID', descending: true },
    { property: 'Name', descending: true },
  ],
  actions: [],
  unique: [{ columns: ['NameSpace', 'Name'], error: ([, name = '']) => propertyExists(name) }],
  evidence: {
    list: 'recorded',
    get: 'documented',
    create: 'recorded',
    update: 'documented',
    remove: 'documented',
  },
});
