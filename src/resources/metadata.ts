import { ok } from '../engine/call.ts';
import { defineResource } from '../engine/define-resource.ts';
import { filterConditions } from '../engine/filter.ts';
import { describe } from '../engine/metadata.ts';
import type { Property, Resource } from '../engine/resource.ts';
import { objectNotFound } from '../lib/errors.ts';

const readOnly = (datatype: string): Property => ({ kind: 'json', datatype, readOnly: true });
const text: Property = { kind: 'string', readOnly: true };

/**
 * GET metadata, made of the declarations. recorded: it ignores Limit.
 * @param all every declared resource; asked for late, since this is one of them
 */
export function declareMetadata(all: () => readonly Resource[]): Resource {
  return defineResource({
    name: 'metadata',
    type: 'Metadata',
    operations: ['Get'],
    isReadOnly: true,
    source: '',
    table: '',
    uniqueKey: 'Name',
    properties: {
      Actions: readOnly('TResourceActionList'),
      APIVersion: text,
      Description: text,
      Filters: readOnly('TFilterList'),
      IsReadOnly: { kind: 'boolean', defaultValue: 'false', readOnly: true },
      Name: text,
      PrivateOperations: readOnly('TResourceOps'),
      Properties: readOnly('TPropertyList'),
      PublicOperations: readOnly('TResourceOps'),
      SortInfo: readOnly('TSortInfoList'),
      UniqueKey: text,
    },
    filters: {
      PublicResources: { datatype: 'Boolean', notBuilt: true },
      ReadOnlyResources: { datatype: 'Boolean', notBuilt: true },
      ResourceName: { datatype: 'AnsiString', readElsewhere: true },
    },
    sorts: [],
    actions: [],
    handlers: {
      list: ({ account, query, resource }) => {
        filterConditions(account, resource, query); // refuses those that are not built
        const name = query.get('ResourceName')?.toLowerCase();
        return ok(
          all()
            .filter((described) => name === undefined || described.name === name)
            .map(describe),
        );
      },
      get: ({ key }) => {
        const resource = all().find(({ name }) => name === key?.toLowerCase());
        if (resource === undefined) throw objectNotFound();
        return ok([describe(resource)]);
      },
    },
    evidence: { list: 'recorded', get: 'assumed' },
  });
}
