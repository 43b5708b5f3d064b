import { invalidJson, malformedJson, tooManyEntries, unknownProperty } from '../lib/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import { memberPosition } from '../lib/json-text.ts';
import { atPosition } from '../lib/read-json.ts';
import type { Body } from './call.ts';
import type { Input, ItemClass, Resource } from './resource.ts';

/** A property that a body names, and what it gives for it. */
export interface Given extends Input {
  value: Json;
}

/**
 * Finds the properties that a body names, in any case and in its order. Every level is strict: the first name that the
 * class of its level does not have is refused (reported for the top and for an item of contactdata's Data).
 * @throws MailjetError 400
 */
export function bind(resource: Resource, body: Body): Given[] {
  return Object.entries(objectOf(resource, body)).flatMap(([name, value]) => {
    const input = resource.inputs.get(name.toLowerCase());
    // assumed: what reads JSON in Go leaves out what it does not know
    if (input === undefined && resource.backEnd === 'new') return [];
    if (input === undefined) throw unknownName(resource, body, name);
    const { items } = input.member.property;
    if (items !== undefined) bindItems(items, `.${input.member.name}`, value);
    return [{ ...input, value }];
  });
}

function objectOf({ backEnd }: Resource, body: Body): JsonObject {
  if (backEnd === 'old') return body.object();
  try {
    return body.object();
  } catch {
    throw malformedJson();
  }
}

/** @param path of the collection, as errors name it: `.Data` */
function bindItems({ type, properties, most }: ItemClass, path: string, collection: Json): void {
  if (!Array.isArray(collection)) return;
  if (collection.length > most) throw tooManyEntries(path.slice(1), most);
  for (const item of collection) {
    if (!isJsonObject(item)) continue;
    for (const [name, value] of Object.entries(item)) {
      const lower = name.toLowerCase();
      const known = Object.entries(properties).find(([each]) => each.toLowerCase() === lower);
      if (known === undefined) throw unknownProperty(type, name, `${path}..item`);
      const [property, nested] = known;
      if (nested !== 'value') bindItems(nested, `${path}..item.${property}`, value); // path: inferred from the one known
    }
  }
}

function unknownName(resource: Resource, body: Body, name: string): Error {
  // reported of a form, which can't nest: the message of another binder, its end is assumed
  if (body.isForm && name.includes('[')) {
    const end = body.text.indexOf(name) + name.length;
    return invalidJson(`property "${name}" not found ${atPosition(body.text, end)}`);
  }
  const member = Object.entries(resource.properties).find(
    ([known, property]) =>
      property.kind === 'reference' && known.toLowerCase() === name.toLowerCase(),
  );
  const position = member === undefined ? undefined : memberPosition(body.text, name);
  const found = position === undefined ? undefined : body.text[position - 1];
  // reported of two bodies that are valid JSON: under the bare name of a reference an object of its class is read, and
  // a string there is told as a fault of syntax behind its opening quote; the same is assumed for a number
  if (position !== undefined && found !== '{')
    return invalidJson(`expected ",", but found "${found}" ${atPosition(body.text, position)}`);
  return unknownProperty(resource.type, name);
}
