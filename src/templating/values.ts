const seconds = Symbol('seconds');

/** A moment: what `ToDate` makes of seconds since 1970. */
export interface Moment {
  readonly [seconds]: number;
}

/** A list or an object of the variables: it can be gone through, or be looked into by a path. */
export type Container = object;

/** What an expression can be. */
export type Value = string | number | bigint | boolean | Moment | Container;

export function momentOf(epochSeconds: number): Moment {
  return { [seconds]: epochSeconds };
}

export function isMoment(value: Value): value is Moment {
  return typeof value === 'object' && seconds in value;
}

export function epochSeconds(moment: Moment): number {
  return moment[seconds];
}

/** True for lists and objects, which can be neither printed nor compared. */
export function isContainer(value: Value): value is Container {
  return typeof value === 'object' && !(seconds in value);
}

/** A value that somebody gave: null, functions and the like are none. */
export function given(value: unknown): Value | undefined {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return value;
    case 'object':
      return value ?? undefined;
    default:
      return undefined;
  }
}

/** What an object has of its own under a name; nothing is found in lists, texts, or what objects inherit. */
export function member(of: unknown, name: string): Value | undefined {
  if (typeof of !== 'object' || of === null || Array.isArray(of)) return undefined;
  const value = (of as Readonly<Record<string, unknown>>)[name]; // any object may be asked for any name
  if (value === undefined || value === null) return undefined;
  // what objects inherit is no text or number, so these need no second look
  if (typeof value === 'string' || typeof value === 'number') return value;
  return Object.hasOwn(of, name) ? given(value) : undefined;
}
