import { describe, expect, test } from 'vitest';
import { compileDateTimeFormat } from './datetime-format.ts';
import {
  coerceProperty,
  type PropertyDatatype,
  type PropertyInput,
  propertyErrorMessage,
} from './property-value.ts';

describe('a property stores', () => {
  test.each<[PropertyDatatype, PropertyInput, string]>([
    ['str', 'Anna', 'Anna'],
    ['str', '', ''],
    ['str', 1.5, '1.5'],
    ['str', 98765432123456789n, '98765432123456789'],
    ['str', false, 'false'],
    ['int', 3039, '3039'],
    ['int', '3039', '3039'],
    ['int', '+007', '7'],
    ['int', '-0', '0'],
    ['int', `+${'0'.repeat(2_000_000)}7`, '7'],
    ['int', 1e3, '1000'],
    ['int', 9223372036854775807n, '9223372036854775807'],
    ['int', '-9223372036854775808', '-9223372036854775808'],
    // recorded
    ['float', 30.39, '30.39'],
    ['float', '30.39', '30.39'],
    ['float', '30.390', '30.39'],
    ['float', 3, '3'],
    ['float', '-.5e3', '-500'],
    ['bool', true, 'true'],
    ['bool', 'True', 'true'],
    ['bool', 'FALSE', 'false'],
    ['bool', 1, 'true'],
    ['bool', '0', 'false'],
    // recorded
    ['datetime', '2021-02-11T23:03:03.000Z', '2021-02-11T23:03:03Z'],
    ['datetime', 1613084583, '2021-02-11T23:03:03Z'],
    ['datetime', 1613084583999n, '2021-02-11T23:03:03Z'],
  ])('%s %s as %s', (datatype, value, stored) => {
    expect(coerceProperty(datatype, value)).toEqual({ stored });
  });
});

describe('a property refuses', () => {
  test.each<[PropertyDatatype, PropertyInput, string]>([
    ['int', 'abc', 'CM03'],
    ['int', '', 'CM03'],
    ['int', ' 1', 'CM03'],
    ['int', 1.5, 'CM03'],
    ['int', '1.0', 'CM03'],
    ['int', true, 'CM03'],
    ['int', 9223372036854775808n, 'CM03'],
    ['int', '-9223372036854775809', 'CM03'],
    ['int', '9'.repeat(2_000_000), 'CM03'],
    ['int', `${'0'.repeat(2_000_000)}x`, 'CM03'],
    ['int', Number.POSITIVE_INFINITY, 'CM03'],
    ['bool', 'yes', 'CM04'],
    ['bool', 2, 'CM04'],
    ['bool', '', 'CM04'],
    ['float', 'NaN', 'CM05'],
    ['float', 'Infinity', 'CM05'],
    ['float', '1e999', 'CM05'],
    ['float', '1,5', 'CM05'],
    ['float', '0x10', 'CM05'],
    ['float', '', 'CM05'],
    ['float', '.', 'CM05'],
    ['float', false, 'CM05'],
    ['float', Number.NaN, 'CM05'],
    ['float', `${'1'.repeat(2_000_000)}x`, 'CM05'],
    // recorded
    ['datetime', 'asd000', 'CM09'],
    ['datetime', true, 'CM09'],
    ['datetime', 1.5, 'CM09'],
  ])('%s %.20s with %s', (datatype, value, code) => {
    expect(coerceProperty(datatype, value)).toEqual({ code });
  });
});

test('a datetime is read by the format of its import', () => {
  const format = compileDateTimeFormat('dd/mm/yyyy');
  expect(coerceProperty('datetime', '11/02/2021', format)).toEqual({
    stored: '2021-02-11T00:00:00Z',
  });
  expect(coerceProperty('datetime', '2021-02-11', format)).toEqual({ code: 'CM09' });
});

test('the message of bad values is the recorded one', () => {
  const date = { key: 'date_field', code: 'CM09', value: 'asd000' } as const;
  expect(propertyErrorMessage([date])).toBe(
    '[{ "date_field" : "CM09 "asd000" is not a valid datetime value for key date_field" }]',
  );
  expect(propertyErrorMessage([date, { key: 'age', code: 'CM03', value: 'old' }])).toBe(
    '[{ "date_field" : "CM09 "asd000" is not a valid datetime value for key date_field" }, ' +
      '{ "age" : "CM03 "old" is not a valid integer value for key age" }]',
  );
  expect(propertyErrorMessage([{ key: 'vip', code: 'CM04', value: 'x' }])).toContain('bool value');
  expect(propertyErrorMessage([{ key: 'sum', code: 'CM05', value: 'x' }])).toContain('float value');
});
