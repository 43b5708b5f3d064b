import * as z from 'zod';
import { ControlError } from './control-error.ts';
import { plainWords } from './plain-words.ts';

/** How many faults an answer names. */
const shown = 10;

/** Reads a body by a schema. @throws ControlError 400 that names each wrong part */
export function readBodyAs<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  if (Buffer.isBuffer(body) && !takesBytes(schema))
    throw new ControlError(400, 'Send JSON: the body is of another type');
  const place = Buffer.isBuffer(body) ? undefined : placeOfProto(body);
  if (place !== undefined)
    throw new ControlError(400, `${[...place, proto].join('.')}: no name may be ${proto}`);
  const parsed = schema.safeParse(body ?? {}, { error: plainWords });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  const more = faults.length > shown ? [`and ${faults.length - shown} more`] : [];
  throw new ControlError(400, [...faults.slice(0, shown), ...more].join('; '));
}

/** A schema that looks at the whole of them; those of objects would look at each byte as at a member. */
const takesBytes = (schema: z.ZodType) =>
  schema instanceof z.ZodCustom || schema instanceof z.ZodPipe;

/** zod leaves a member of this name out of a record without a word. */
const proto = '__proto__';

/** The path to an object that has a member of that name. */
function placeOfProto(value: unknown): string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      const place = placeOfProto(value[at]);
      if (place !== undefined) return [String(at), ...place];
    }
    return undefined;
  }
  if (Object.hasOwn(value, proto)) return [];
  for (const [name, member] of Object.entries(value)) {
    const place = placeOfProto(member);
    if (place !== undefined) return [name, ...place];
  }
  return undefined;
}
