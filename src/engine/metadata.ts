import type { JsonObject } from '../lib/json.ts';
import type { Action, ActionField } from './action.ts';
import { kinds } from './kinds.ts';
import type { Property, Resource } from './resource.ts';

/** The version that production's metadata named in 2021. */
const apiVersion = '3.0.11095';

/** What GET metadata tells of a resource, made of its declaration; keys in the order of production's answer. */
export function describe(resource: Resource): JsonObject {
  return {
    Actions: resource.actions.filter(({ unlisted }) => !unlisted).map(describeAction),
    APIVersion: apiVersion,
    Description: '',
    Filters: Object.entries(resource.filters)
      .filter(([, filter]) => !filter.unlisted)
      .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
      .map(([name, filter]) => field({ name, datatype: filter.datatype })),
    IsReadOnly: resource.isReadOnly ?? false,
    Name: resource.name,
    Properties: propertiesOf(resource)
      .filter(([, property]) => !property.unlisted)
      .map(([name, property]) => describeProperty(name, property)),
    PublicOperations: resource.operations.join(', '),
    SortInfo: resource.sorts.map(({ descending, property }) => ({
      AllowDescending: descending,
      PropertyName: property,
    })),
    UniqueKey: resource.uniqueKey,
  };
}

/** Metadata has the order of the alphabet, as declarations have but those of the new back end. */
function propertiesOf({ backEnd, properties }: Resource): [string, Property][] {
  const entries = Object.entries(properties);
  return backEnd === 'new'
    ? entries.sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    : entries;
}

function describeProperty(name: string, property: Property): JsonObject {
  const described = field({
    name,
    datatype: property.datatype ?? kinds[property.kind].datatype,
    defaultValue: property.defaultValue,
    required: property.required,
    readOnly: property.readOnly,
  });
  return property.allowed === undefined
    ? described
    : { AllowedValues: [...property.allowed], ...described };
}

function describeAction(action: Action): JsonObject {
  return {
    Description: '',
    IsGlobalAction: action.isGlobal,
    Name: action.name,
    Parameters: action.parameters.map(describeActionField),
    Properties: (action.properties ?? []).map(describeActionField),
    PublicOperations: action.operations
      .filter((verb) => !action.unlistedOperations?.includes(verb))
      .join(', '),
  };
}

function describeActionField({ name, datatype, required }: ActionField): JsonObject {
  return field({ name, datatype, required });
}

function field(of: {
  name: string;
  datatype: string;
  defaultValue?: string | undefined;
  required?: true | undefined;
  readOnly?: true | undefined;
}): JsonObject {
  return {
    DataType: of.datatype,
    DefaultValue: of.defaultValue ?? '',
    Description: '',
    IsRequired: of.required ?? false,
    Name: of.name,
    ReadOnly: of.readOnly ?? false,
  };
}
