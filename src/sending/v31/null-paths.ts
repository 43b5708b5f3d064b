import type { Json } from '../../lib/json.ts';

/** Most nulls that are told of one message: an error is far longer than what causes it. */
const most = 50;
/** A name may be as long as the body, and stand above many nulls. */
const longest = 500;

/** Adds the paths of all nulls in a value: `Variables.order.lines[2]`. JSON is at most 500 deep, as it is read. */
export function nullPaths(value: Json, path: string, found: string[]): void {
  if (found.length >= most) return;
  if (value === null) found.push(path.slice(0, longest));
  else if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      const item = value[i];
      if (typeof item === 'object') nullPaths(item, `${path}[${i}]`, found);
    }
  } else if (typeof value === 'object') {
    for (const name of Object.keys(value)) {
      const member = value[name];
      if (typeof member === 'object') nullPaths(member, `${path}.${name}`, found);
    }
  }
}
