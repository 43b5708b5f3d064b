import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { isDeliverable } from '../../mail/deliverable-address.ts';
import { forbiddenHeaders, type SendProperty, sendProperties } from './properties.ts';
import { headerPath } from './read-message.ts';
import { type SendError, sendError } from './send-errors.ts';

const forbidden = new Set(forbiddenHeaders.map((name) => name.toLowerCase()));

/**
 * What is wrong with the properties of a message or of Globals, each by itself, in the order of the table.
 * @param isComplete false for Globals: nothing is mandatory, and an object to be merged may lack members
 */
export function checkProperties(fields: JsonObject, isComplete: boolean): SendError[] {
  const errors: SendError[] = [];
  for (const property of sendProperties) {
    const value = fields[property.name];
    if (value === undefined) {
      if (isComplete && isRequired(property, fields))
        errors.push(sendError('mj-0003', [property.name]));
    } else checkValue(value, property, isComplete, errors);
  }
  return errors;
}

function isRequired({ required }: SendProperty, fields: JsonObject): boolean {
  return required === 'always' || (required !== undefined && fields.TemplateID === undefined);
}

function checkValue(
  value: Json,
  property: SendProperty,
  isComplete: boolean,
  errors: SendError[],
): void {
  const { name, kind, allowed, maxLength, maxItems = Number.POSITIVE_INFINITY } = property;
  if (Array.isArray(value)) {
    if (property.notEmpty && value.length === 0) errors.push(sendError('mj-0007', [name]));
    else if (value.length > maxItems) errors.push(sendError('mj-0008', [name], String(maxItems)));
    else
      value.forEach((item, index) => {
        checkMembers(item, property, `${name}[${index}]`, true, errors);
      });
  } else if (isJsonObject(value)) {
    if (Object.keys(value).length > maxItems)
      errors.push(sendError('mj-0008', [name], String(maxItems)));
    else if (kind === 'headers') checkHeaders(value, errors);
    else checkMembers(value, property, name, isComplete, errors);
  } else if (typeof value === 'string' && maxLength !== undefined && isLonger(value, maxLength))
    errors.push(sendError('mj-0006', [name], String(maxLength)));
  else if (allowed !== undefined && !allowed.some((one) => one === value))
    errors.push(sendError('mj-0005', [name], String(value), allowed.join(', ')));
}

function checkMembers(
  item: Json,
  { members = [] }: SendProperty,
  path: string,
  isComplete: boolean,
  errors: SendError[],
): void {
  if (!isJsonObject(item)) return;
  for (const { name, absent, empty } of members) {
    const value = item[name];
    const code = value === undefined ? absent : value === '' ? empty : undefined;
    if (code !== undefined) {
      if (isComplete || value !== undefined) errors.push(sendError(code, [`${path}.${name}`], ''));
    } else if (name === 'Email' && typeof value === 'string' && !isDeliverable(value))
      errors.push(sendError('mj-0013', [`${path}.${name}`], value));
  }
}

function checkHeaders(headers: JsonObject, errors: SendError[]): void {
  for (const name of Object.keys(headers)) {
    if (forbidden.has(name.toLowerCase())) errors.push(sendError('send-0011', [headerPath(name)]));
  }
}

/** Whether a text has more characters than that; assumed: a character outside the first plane counts once. */
function isLonger(text: string, most: number): boolean {
  if (text.length <= most) return false;
  return text.length > 2 * most || [...text].length > most;
}
