import { describe, expect, it } from 'vitest';
import { type FilterType, filterTypes } from './filter-types.ts';

describe('The value of a filter', () => {
  it.each<[FilterType, string, unknown]>([
    ['Int64', '9223372036854775807', 9223372036854775807n],
    ['Int64', '-1', -1n],
    ['LongInt', '2147483647', 2147483647n],
    ['SmallInt', '-32768', -32768n],
    ['ShortInt', '127', 127n],
    ['Boolean', 'True', 1n],
    ['TBooleanFilter', '0', 0n],
    ['TRFC3339DateTime', '2026-01-01T09:00:00+09:00', '2026-01-01T00:00:00Z'],
    ['TID64List', '1, 2,9223372036854775807', '[1,2,9223372036854775807]'],
    ['AnsiString', '12', '12'],
    ['TMessageStatus', 'sent', 'sent'],
    ['TCounterSource', 'Campaign', 'Campaign'],
  ])('of the type %s: %s', (type, text, value) => {
    expect(filterTypes[type](text)).toBe(value);
  });

  it.each<[FilterType, string, string]>([
    ['Int64', '9223372036854775808', 'an invalid integer'],
    ['Int64', '1.5', 'an invalid integer'],
    ['LongInt', '2147483648', 'an invalid integer'],
    ['SmallInt', '40000', 'an invalid integer'],
    ['ShortInt', '-129', 'an invalid integer'],
    ['TBooleanFilter', 'yes', 'not a valid boolean.'],
    ['TRFC3339DateTime', 'soon', 'not a valid date and time'],
  ])('of the type %s is not %s', (type, text, what) => {
    expect(() => filterTypes[type](text)).toThrow(
      `Unexpected error during GET: "${text}" is ${what}`,
    );
  });

  it('of a list of numbers names the one that is none, and has an end', () => {
    expect(() => filterTypes.TID64List('1,two')).toThrow('"two" is an invalid integer');
    expect(() => filterTypes.TID64List('1,'.repeat(2000))).toThrow('more than 1000 integers');
  });
});
