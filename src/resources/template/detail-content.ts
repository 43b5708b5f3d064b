import type { Action, ActionCall } from '../../engine/action.ts';
import type { Answer } from '../../engine/call.ts';
import { fieldsOf } from '../../engine/fields.ts';
import { typeMismatch } from '../../lib/errors.ts';
import { isJsonObject, type Json } from '../../lib/json.ts';
import {
  noContent,
  readTemplate,
  type TemplateContent,
  writeTemplate,
} from '../../mail/stored-template.ts';

const fields = [
  { name: 'Text-part', datatype: 'AnsiString' },
  { name: 'Html-part', datatype: 'AnsiString' },
  { name: 'MJMLContent', datatype: 'AnsiString' },
  { name: 'Headers', datatype: 'JSONObject' },
];

/**
 * GET, POST and PUT template/{id}/detailcontent: what a template holds. POST sets what is not given to null, PUT keeps it
 * (documented).
 */
export const detailContent: Action = {
  name: 'detailcontent',
  isGlobal: false,
  operations: ['Get', 'Post', 'Put'],
  unlistedOperations: ['Put'],
  parameters: fields,
  properties: fields,
  handlers: {
    Get: (call) => show(200, contentOf(call)),
    Post: (call) => show(201, store(call, noContent)),
    Put: (call) => show(200, store(call, contentOf(call))),
  },
  evidence: { Get: 'recorded', Post: 'recorded', Put: 'documented' },
};

function contentOf({ account, object }: ActionCall): TemplateContent {
  return readTemplate(account, object.ID as bigint) ?? noContent; // ID is an integer key
}

function store(call: ActionCall, before: TemplateContent): TemplateContent {
  const given = fieldsOf(call.body.object());
  const content = {
    text: textOf(given.get('text-part'), before.text),
    html: textOf(given.get('html-part'), before.html),
    mjml: given.has('mjmlcontent') ? mjmlOf(given.get('mjmlcontent')) : before.mjml,
    headers: headersOf(given.get('headers'), before.headers),
  };
  const { account, object } = call;
  account.write(() => writeTemplate(account, object.ID as bigint, content)); // the same
  return content;
}

function textOf(value: Json, before: string | null): string | null {
  if (value === undefined) return before;
  if (value !== null && typeof value !== 'string') throw typeMismatch('string');
  return value;
}

/** recorded: null, a text, or the editor's tree */
function mjmlOf(value: Json): Json {
  if (value === null || value === undefined || typeof value === 'string') return value ?? null;
  if (typeof value !== 'object') throw typeMismatch('string');
  return value;
}

/** Values that are no texts are taken: a send names them (recorded of templates that the editor has saved). */
function headersOf(value: Json, before: TemplateContent['headers']) {
  if (value === undefined) return before;
  if (value === null) return {};
  if (!isJsonObject(value)) throw typeMismatch('object');
  return value;
}

/** recorded: the keys in this order; the body of a GET ends with a line break, which is assumed of the others */
function show(status: 200 | 201, { text, html, mjml, headers }: TemplateContent): Answer {
  const row = { MJMLContent: mjml ?? null, 'Html-part': html, 'Text-part': text, Headers: headers };
  return { status, rows: [row], isLine: true };
}
