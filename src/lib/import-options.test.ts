import { describe, expect, test } from 'vitest';
import { parseImportOptions } from './import-options.ts';

describe('ImportOptions', () => {
  test.each([
    ['', { timezoneOffset: 0 }],
    [' ', { timezoneOffset: 0 }],
    ['{}', { timezoneOffset: 0 }],
    [
      // documented
      '{"DateTimeFormat": "yyyy/mm/dd","TimezoneOffset": 2,"FieldNames": ["email","birthday"]}',
      { dateTimeFormat: 'yyyy/mm/dd', timezoneOffset: 2, fieldNames: ['email', 'birthday'] },
    ],
    [
      '{"datetimeformat":"dd.mm.yyyy","TIMEZONEOFFSET":"-12"}',
      { dateTimeFormat: 'dd.mm.yyyy', timezoneOffset: -12 },
    ],
    ['{"TimezoneOffset":-0}', { timezoneOffset: 0 }],
    ['{"TimezoneOffset":1,"timezoneoffset":"+3"}', { timezoneOffset: 3 }],
    ['{"DateTimeFormat":null,"TimezoneOffset":null,"FieldNames":null}', { timezoneOffset: 0 }],
    ['{"DateTimeFormat":"","FieldNames":[]}', { timezoneOffset: 0 }],
    ['{"Separator":";","__proto__":{"x":1}}', { timezoneOffset: 0 }],
  ])('%s', (text, expected) => {
    expect(parseImportOptions(text)).toStrictEqual(expected);
  });
});

describe('ImportOptions with a problem', () => {
  test.each([
    ['{', 'ImportOptions is not valid JSON'],
    ['[]', 'ImportOptions must be a JSON object'],
    ['null', 'ImportOptions must be a JSON object'],
    ['"x"', 'ImportOptions must be a JSON object'],
    ['{"DateTimeFormat":"%Y"}', 'DateTimeFormat "%Y" is not a known format'],
    ['{"DateTimeFormat":7}', 'DateTimeFormat 7 is not a known format'],
    ['{"TimezoneOffset":13}', 'TimezoneOffset must be an integer from -12 to 12'],
    ['{"TimezoneOffset":-13}', 'TimezoneOffset must be an integer from -12 to 12'],
    ['{"TimezoneOffset":5.5}', 'TimezoneOffset must be an integer from -12 to 12'],
    ['{"TimezoneOffset":"Paris"}', 'TimezoneOffset must be an integer from -12 to 12'],
    ['{"TimezoneOffset":true}', 'TimezoneOffset must be an integer from -12 to 12'],
    ['{"FieldNames":"email"}', 'FieldNames must be an array of strings'],
    ['{"FieldNames":["email",1]}', 'FieldNames must be an array of strings'],
  ])('%s', (text, problem) => {
    expect(parseImportOptions(text)).toEqual({ problem });
  });
});
