import { expressionProblem } from '../contacts/segments/parser.ts';
import { defineResource } from '../engine/define-resource.ts';
import { caseless, likeFilters, text } from '../engine/filter-kinds.ts';
import { duplicateKey, invalidProperty } from '../lib/errors.ts';

export const contactfilter = defineResource({
  name: 'contactfilter',
  type: 'ContactFilter',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  source: 'contactfilter',
  table: 'contactfilter',
  uniqueKey: 'Name',
  keyColumns: ['Name'],
  properties: {
    Description: { kind: 'string', maxLength: 0 },
    Expression: {
      kind: 'string',
      needed: 'MJ03', // assumed
      maxLength: 10_000, // assumed
      // documented: the syntax is checked; the words are assumed
      check(value) {
        const problem = value === '' ? undefined : expressionProblem(String(value));
        return problem === undefined ? undefined : invalidProperty('Expression', problem);
      },
    },
    ID: { kind: 'int64', readOnly: true },
    Name: { kind: 'string', needed: 'MJ04' }, // assumed, as that of a list
    Status: {
      kind: 'string',
      datatype: 'TContactFilterStatus',
      defaultValue: 'unused',
      allowed: ['unused', 'used', 'deleted'],
      initial: 'unused',
    },
  },
  filters: {
    Name: { ...text('Name'), unlisted: true },
    ...likeFilters('Name', 'Name'),
    // documented: along with the others
    ShowDeleted: { datatype: 'TBooleanFilter', where: "(? OR Status <> 'deleted')" },
    Status: caseless('Status'),
  },
  sorts: [{ property: 'ID', descending: true }],
  actions: [],
  // assumed: who asks for `Status=deleted` wants to see them
  listed: { where: "Status <> 'deleted'", unless: ['ShowDeleted', 'Status'] },
  softDelete: { column: 'Status', value: 'deleted' }, // inferred of ShowDeleted
  unique: [
    {
      columns: ['Name'],
      where: "Status <> 'deleted'", // assumed, as recorded for the name of a list
      error: ([name = '']) => duplicateKey('ContactFilter', name, 'Name'),
    },
  ],
  evidence: {
    list: 'reported',
    get: 'documented',
    create: 'reported',
    update: 'documented',
    remove: 'assumed',
  },
  notes: 'who is in one: `GET /_mockjet/segments/:id/contacts`',
});
