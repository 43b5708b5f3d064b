import type { JsonObject } from '../lib/json.ts';
import { writeJson } from '../lib/json.ts';
import { parseJson } from '../lib/json-text.ts';
import type { Draft } from './draft.ts';

/** What of a draft has no column: what the inbox shows, and nobody searches. */
export type Details = Pick<
  Draft,
  | 'sender'
  | 'replyTo'
  | 'headers'
  | 'monitoringCategory'
  | 'priority'
  | 'urlTags'
  | 'template'
  | 'templateLanguage'
  | 'templateErrorReporting'
  | 'templateErrorDeliver'
  | 'variables'
  | 'templateErrors'
  | 'warnings'
>;

const noVariables: JsonObject = {};

/** Details as their column; what a draft leaves out takes no room. */
export function writeDetails(draft: Draft): string {
  return writeJson({
    sender: draft.sender,
    replyTo: draft.replyTo,
    headers: nonEmpty(draft.headers),
    monitoringCategory: draft.monitoringCategory || undefined,
    priority: draft.priority,
    urlTags: draft.urlTags || undefined,
    // a name stays a text, an ID a number
    template: draft.template,
    templateLanguage: draft.templateLanguage || undefined,
    templateErrorReporting: draft.templateErrorReporting,
    templateErrorDeliver: draft.templateErrorDeliver || undefined,
    variables: Object.keys(draft.variables).length === 0 ? undefined : draft.variables,
    templateErrors: nonEmpty(draft.templateErrors.map((error) => ({ ...error }))),
    warnings: nonEmpty(draft.warnings),
  });
}

const nonEmpty = <T>(list: readonly T[]) => (list.length === 0 ? undefined : list);

/** Details of a column that `writeDetails` wrote. */
export function readDetails(text: string): Details {
  const read = parseJson(text) as unknown as Partial<Details>; // only writeDetails writes it
  return {
    sender: read.sender,
    replyTo: read.replyTo,
    headers: read.headers ?? [],
    monitoringCategory: read.monitoringCategory ?? '',
    priority: read.priority ?? 2,
    urlTags: read.urlTags ?? '',
    template: typeof read.template === 'number' ? BigInt(read.template) : read.template,
    templateLanguage: read.templateLanguage ?? false,
    templateErrorReporting: read.templateErrorReporting,
    templateErrorDeliver: read.templateErrorDeliver ?? false,
    variables: read.variables ?? noVariables,
    templateErrors: read.templateErrors ?? [],
    warnings: read.warnings ?? [],
  };
}
