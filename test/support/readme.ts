import { settings } from '../../src/config.ts';
import { findTarget } from '../../src/engine/dispatch.ts';
import type { Resource, Verb } from '../../src/engine/resource.ts';
import { NotBuiltError } from '../../src/lib/errors.ts';
import type { Evidence } from '../../src/lib/evidence.ts';
import { resources } from '../../src/resources/all.ts';
import { notBuilt } from '../../src/resources/not-built.ts';
import { mailjetRoutes } from '../../src/wire/mailjet/routes.ts';

const operations = {
  list: ['GET', []],
  get: ['GET', ['1']],
  create: ['POST', []],
  update: ['PUT', ['1']],
  remove: ['DELETE', ['1']],
} as const;

type Operation = keyof typeof operations;

const none = '–';
const routeMethods = ['GET', 'POST', 'PUT', 'DELETE'] as const;

/** A document's text with its generated section made anew. */
export function withSection(document: string, name: 'settings' | 'support'): string {
  const section = name === 'settings' ? settingsTable() : supportTables();
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The document has no section ${name}`);
  return `${document.slice(0, from + start.length)}\n\n${section}\n\n${document.slice(to)}`;
}

/** Every operation that is built, as `contact get` or `contactslist managecontact post`, with its evidence. */
export function declaredEvidence(): [string, Evidence | undefined][] {
  const ofResources = resources.flatMap((resource) =>
    (Object.keys(operations) as Operation[]) // its own keys
      .filter((operation) => stateOf(resource, operation) === 'built')
      .map((operation): [string, Evidence | undefined] => [
        `${resource.name} ${operation}`,
        resource.evidence[operation],
      ]),
  );
  const ofActions = resources.flatMap(({ name, actions }) =>
    actions.flatMap((action) =>
      (Object.keys(action.handlers) as Verb[]).map((verb): [string, Evidence | undefined] => [
        `${name} ${action.name} ${verb}`.toLowerCase(),
        action.evidence[verb],
      ]),
    ),
  );
  const ofRoutes = mailjetRoutes
    .filter(({ evidence }) => evidence !== undefined)
    .map(({ operation, evidence }): [string, Evidence | undefined] => [operation, evidence]);
  return [...ofResources, ...ofActions, ...ofRoutes];
}

/** What the engine says to an operation, whatever is declared. */
function stateOf(resource: Resource, operation: Operation): 'built' | '501' | typeof none {
  const [method, path] = operations[operation];
  try {
    findTarget(resource, method, path);
    return 'built';
  } catch (error) {
    return error instanceof NotBuiltError ? '501' : none;
  }
}

function settingsTable(): string {
  return table(
    ['flag', 'environment', 'default', 'what it does'],
    Object.values(settings).map((setting) => [
      `\`${setting.flag}\``,
      `\`${setting.environment}\``,
      setting.byDefault,
      setting.description,
    ]),
  );
}

function supportTables(): string {
  const unbuiltFilters = resources.flatMap(({ name, filters }) => {
    const names = Object.entries(filters)
      .filter(([, filter]) => filter.notBuilt)
      .map(([filter]) => filter);
    return names.length === 0 ? [] : [`${name}: ${names.join(', ')}`];
  });
  return [
    'Resources, `/v3/REST/...`:',
    table(
      ['resource', 'list', 'get', 'create', 'update', 'delete', 'notes'],
      resources.map((resource) => [
        resource.name,
        ...(Object.keys(operations) as Operation[]).map((operation) => cell(resource, operation)), // its own keys
        resource.notes ?? '',
      ]),
    ),
    'Actions:',
    table(
      ['action', 'GET', 'PUT', 'POST', 'DELETE'],
      resources.flatMap(({ name, actions }) =>
        actions.map((action) => [
          `${name}/${action.isGlobal ? '' : '{id}/'}${action.name.toLowerCase()}`,
          ...(['Get', 'Put', 'Post', 'Delete'] as const).map((verb) => {
            if (!action.operations.includes(verb)) return none;
            return action.handlers[verb] === undefined ? '501' : evidence(action.evidence[verb]);
          }),
        ]),
      ),
    ),
    'Files and the rest:',
    table(
      ['path', ...routeMethods],
      [...new Set(mailjetRoutes.map(({ path }) => path))].map((path) => [
        path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{type}'),
        ...routeMethods.map((method) => {
          const route = mailjetRoutes.find((one) => one.path === path && one.method === method);
          return route === undefined ? none : (route.evidence ?? '501');
        }),
      ]),
    ),
    `Filters that answer 501: ${unbuiltFilters.join('; ')}.`,
    `Resources that answer 501: ${[...notBuilt.keys()].join(', ')}.`,
  ].join('\n\n');
}

function cell(resource: Resource, operation: Operation): string {
  const state = stateOf(resource, operation);
  return state === 'built' ? evidence(resource.evidence[operation]) : state;
}

function evidence(known: Evidence | undefined): string {
  return known ?? 'undeclared';
}

/** Columns are padded, as the formatter wants them. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: string[], fill = ' ') =>
    `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...rows.map((cells) => line(cells)),
  ].join('\n');
}
