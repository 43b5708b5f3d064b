import { inputRule, isBuilt, isOffered, memberOf, operationNames } from './declared.ts';
import type { Filter } from './filter.ts';
import { filterTypes } from './filter-types.ts';
import { kinds } from './kinds.ts';
import type { Declaration, Property } from './resource.ts';

/** The most operations that a resource may answer by itself: one that replaces more needs routes of its own. */
const mostHandlers = 2;

/** What makes no sense in a declaration, one sentence each. Whether its columns are there, only a database can tell. */
export function declarationProblems(declaration: Declaration): string[] {
  return [
    ...nameProblems(declaration),
    ...operationProblems(declaration),
    ...Object.entries(declaration.properties).flatMap(([name, property]) =>
      propertyProblems(property).map((problem) => `the property ${name} ${problem}`),
    ),
    ...Object.entries(declaration.filters).flatMap(([name, filter]) =>
      filterProblems(filter).map((problem) => `the filter ${name} ${problem}`),
    ),
    ...partProblems(declaration),
    ...actionProblems(declaration),
  ];
}

function nameProblems({ name, properties, filters, actions, sorts }: Declaration): string[] {
  const twice = (what: string, names: string[]) =>
    names
      .map((each) => each.toLowerCase())
      .filter((each, index, all) => all.indexOf(each) < index)
      .map((each) => `${what} ${each} is declared twice`);
  return [
    ...(/^[a-z]+$/.test(name) ? [] : ['its name is not in lower-case letters']),
    ...twice('the property', Object.keys(properties)),
    ...twice('the filter', Object.keys(filters)),
    ...twice(
      'the sort',
      sorts.map(({ property }) => property),
    ),
    ...twice(
      'the action',
      actions.map(({ isGlobal, name: action }) => `${isGlobal ? '' : '{id}/'}${action}`),
    ),
  ];
}

function operationProblems(declaration: Declaration): string[] {
  const { operations, notBuilt = [], evidence, handlers = {}, rules = {} } = declaration;
  const own = Object.keys(handlers);
  return [
    ...notBuilt
      .filter((verb) => !operations.includes(verb))
      .map((verb) => `${verb} is "not built" and not among its operations`),
    ...operationNames.flatMap((operation) => {
      const known = evidence[operation] !== undefined;
      if (isBuilt(declaration, operation) === known) return [];
      return [
        known
          ? `${operation} has evidence and is not built`
          : `${operation} is built and has no evidence`,
      ];
    }),
    ...operationNames
      .filter((operation) => handlers[operation] && !isBuilt(declaration, operation))
      .map((operation) => `${operation} has a handler and is not built`),
    ...(own.length > mostHandlers
      ? [`it answers ${own.join(', ')} by itself: more than ${mostHandlers} need own routes`]
      : []),
    ...(rules.create !== undefined && handlers.create !== undefined
      ? ['rules.create would never run, since it creates by itself']
      : []),
    ...(rules.update !== undefined && handlers.update !== undefined
      ? ['rules.update would never run, since it updates by itself']
      : []),
  ];
}

function propertyProblems(property: Property): string[] {
  const rule = inputRule(property);
  const { kind, reference, items, needed, refusal, misfit, check, initial } = property;
  const allowed = property.oneOf ?? property.allowed;
  if (kinds[kind] === undefined) return [`has the unknown kind "${kind}"`];
  const sentences: [boolean, string][] = [
    [reference !== undefined && kind !== 'reference', 'refers to a table and is no reference'],
    [items !== undefined && kind !== 'json', 'has items and is not of the kind json'],
    [needed !== undefined && rule === 'ignore', 'must be given and is ignored'],
    [check !== undefined && rule === 'ignore', 'has a check and is ignored'],
    [refusal !== undefined && /store|ignore/.test(rule), 'has a refusal and is never refused'],
    [misfit !== undefined && allowed === undefined, 'has a misfit and takes every value'],
    [allowed?.length === 0, 'allows no value at all'],
    [
      initial !== undefined && allowed !== undefined && !allowed.includes(String(initial)),
      `starts as "${initial}", which it does not allow`,
    ],
  ];
  return sentences.filter(([applies]) => applies).map(([, sentence]) => sentence);
}

function filterProblems({ datatype, where, choose, notBuilt, readElsewhere }: Filter): string[] {
  if (filterTypes[datatype] === undefined) return [`has the unknown type "${datatype}"`];
  const ways = [where, choose, notBuilt, readElsewhere].filter((way) => way !== undefined).length;
  if (ways === 0)
    return ['names nothing: give it `where`, `choose`, `readElsewhere` or `notBuilt`'];
  if (ways > 1) return ['is told in two ways'];
  const sql = where ?? choose;
  if (sql !== undefined && sql.split('?').length !== 2) return ['needs one ? for its value'];
  if (choose !== undefined && !/\bchosenID\b/.test(choose)) return ['chooses no chosenID'];
  return [];
}

/** Parts that name other parts. */
function partProblems(declaration: Declaration): string[] {
  const { properties, filters, sorts, uniqueKey, keyColumns, listed, softDelete } = declaration;
  const { handlers = {}, source, table } = declaration;
  const columns = new Set(
    Object.entries(properties).map(([name, property]) => memberOf(name, property).wireName),
  );
  const finds = uniqueKey !== '' && isOffered(declaration, 'get') && handlers.get === undefined;
  const keys = uniqueKey === '' ? 0 : uniqueKey.split('|').length;
  const ofEngine = operationNames.filter(
    (operation) => isBuilt(declaration, operation) && handlers[operation] === undefined,
  );
  const sentences: [boolean, string][] = [
    [
      (keyColumns !== undefined || finds) && keyColumns?.length !== keys,
      `its unique key "${uniqueKey}" has ${keys} parts, its keyColumns ${keyColumns?.length ?? 0}`,
    ],
    [
      softDelete !== undefined &&
        (!isBuilt(declaration, 'remove') || handlers.remove !== undefined),
      'it has softDelete, and the engine deletes nothing of it',
    ],
    [
      ofEngine.length > 0 && (source === '' || table === ''),
      `the engine shall answer ${ofEngine[0]}, and it names no source and table`,
    ],
  ];
  return [
    ...Object.entries(filters).flatMap(([name, { needs = [] }]) =>
      needs
        .filter((other) => filters[other] === undefined)
        .map((other) => `the filter ${name} needs ${other}, which it has not`),
    ),
    ...(listed?.unless ?? [])
      .filter((name) => filters[name] === undefined)
      .map((name) => `its list depends on the filter ${name}, which it has not`),
    ...sorts
      .filter(({ property, column }) => column === undefined && !(property in properties))
      .filter(() => isBuilt(declaration, 'list'))
      .filter(({ property }) => property !== 'ID' && !columns.has(property))
      .map(({ property }) => `the sort ${property} is no property and names no column`),
    ...sentences.filter(([applies]) => applies).map(([, sentence]) => sentence),
  ];
}

function actionProblems({ actions }: Declaration): string[] {
  return actions.flatMap(({ name, operations, handlers, evidence }) =>
    (['Get', 'Put', 'Post', 'Delete'] as const).flatMap((verb) => {
      const place = `${verb} of the action ${name}`;
      const isBuiltHere = handlers[verb] !== undefined;
      if (isBuiltHere && !operations.includes(verb))
        return [`${place} has a handler and is not among its operations`];
      if (isBuiltHere && evidence[verb] === undefined) return [`${place} has no evidence`];
      if (!isBuiltHere && evidence[verb] !== undefined)
        return [`${place} has evidence and is not built`];
      return [];
    }),
  );
}
