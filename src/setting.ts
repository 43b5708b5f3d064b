import * as z from 'zod';

/** A setting: its flag, its environment twin, what it does. README's table is made of this. */
export interface Setting {
  flag: string;
  environment: string;
  description: string;
  /** Its messages end the sentence `--port: "abc" is not ...`. */
  schema: z.ZodType;
  /** As the table shows it. */
  byDefault: string;
  /** What was given is never shown in an error. */
  isSecret?: true;
  /** True for a flag that takes no value. */
  isSwitch?: true;
}

/**
 * A whole number in a range.
 * @param what it is, for the sentence of a refusal: `a port (0 to 65535)`
 */
export const wholeNumber = (what: string, from: number, to: number = Number.MAX_SAFE_INTEGER) =>
  z
    .string(what)
    // Number('') is 0
    .regex(/^\s*-?\d+\s*$/, what)
    .transform(Number)
    .pipe(z.number(what).int({ error: what }).min(from, what).max(to, what));

/** A count of something. */
export const count = (from: number, to?: number) =>
  wholeNumber(`a whole number from ${from} ${to === undefined ? 'on' : `to ${to}`}`, from, to);

export const port = wholeNumber('a port (0 to 65535)', 0, 65_535);

/** A size: less than a kilobyte is a mistake. */
export const bytes = wholeNumber('a number of bytes, 1024 or more', 1024);

/** One of some words. */
export const choice = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `one of ${words.join(', ')}` });

export const text = z.string().min(1, 'a text: it is empty');
