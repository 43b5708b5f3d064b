import { formatMoment } from './format-moment.ts';
import { epochSeconds, isMoment, type Value } from './values.ts';

const numeric = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;

/** Longer texts are no numbers. */
const longestNumber = 40;

/** The number that a value is or that its text says; undefined where it says none. A boolean is 1 or 0. */
export function numberOf(value: Value): number | undefined {
  switch (typeof value) {
    case 'number':
      return value;
    case 'bigint':
    case 'boolean':
      return Number(value);
    case 'string': {
      if (value.length > longestNumber) return undefined;
      const text = value.trim();
      return numeric.test(text) ? Number(text) : undefined;
    }
    default:
      return isMoment(value) ? epochSeconds(value) : undefined;
  }
}

/**
 * A number as production prints it: without trailing zeros (reported), with 15 digits and without an exponent
 * (assumed), so that 0.1 + 0.2 is 0.3.
 */
function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isFinite(value)) return '';
  const rounded = Number(value.toPrecision(15));
  const text = String(rounded);
  if (!text.includes('e')) return text;
  if (Math.abs(rounded) >= 1) return String(BigInt(rounded));
  const [digits = '', exponent = '0'] = text.replace(/^-/, '').replace('.', '').split('e-');
  return `${rounded < 0 ? '-' : ''}0.${'0'.repeat(Number(exponent) - 1)}${digits}`;
}

/** How a value is printed; undefined for lists and objects. documented: booleans print `true` and `false` */
export function textOf(value: Value): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return numberText(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return isMoment(value)
        ? formatMoment('yyyy-mm-dd hh:nn:ss', epochSeconds(value), 0)
        : undefined;
  }
}

/**
 * Whether a condition holds: `true`, a number that is not 0, a text that is not empty (reported: `'True'` and `''` in
 * a bare `if`), a list with something in it and any object (assumed).
 */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0 && !Number.isNaN(value);
    case 'bigint':
      return value !== 0n;
    case 'string':
      return value !== '';
    default:
      return !Array.isArray(value) || value.length > 0;
  }
}

/** What Free Pascal calls the kind of a value. */
export function kindOf(value: Value): string {
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) ? 'Integer' : 'Float';
    case 'bigint':
      return 'Integer';
    case 'boolean':
      return 'Boolean';
    case 'string':
      return 'String';
    default:
      return isMoment(value) ? 'TDateTime' : 'Array';
  }
}
