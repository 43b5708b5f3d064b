import { describe, expect, it } from 'vitest';
import { excessOfForm, excessOfJson } from './value-count.ts';

const json = (text: string, most = 10) => excessOfJson(Buffer.from(text), most);

describe('the values of a JSON text', () => {
  it.each([
    ['none', ''],
    ['one', '1'],
    ['ten in a list', '[1,2,3,4,5,6,7,8]'],
    ['ten in objects', '{"a":{"b":[1,2,3,4,5,6,7]}}'],
    ['ten that are empty or not', '[[],{},[ ],{\n}, [1], {"a":1},[]]'],
    ['commas and brackets in a string', '["[[[[[,,,,,","{,{,{,{,{,{"]'],
    ['quotes in a string', '["\\",\\",\\",\\",\\",\\",\\",\\",\\",\\",\\","]'],
    ['a backslash at the end of a string', '["\\\\",",,,,,,,,,,,,"]'],
    ['a string that does not end', '[1,"2,,,,,,,,,,,,,,,,,,,,,,,'],
    ['brackets that close nothing', '}}}}]]]]'],
  ])('%s are few enough', (_what, text) => {
    expect(json(text)).toBeUndefined();
  });

  it.each([
    ['a list', '[1,2,3,4,5,6,7,8,9,10]'],
    ['empty objects', '{"a":[{},{},{},{},{},{},{},{},{}]}'],
    ['members', '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10}'],
    ['lists in lists', '[[[[[[[[[[[1]]]]]]]]]]]'],
    ['what is no JSON', ',,,,,,,,,,,,,,,'],
  ])('too many in %s are told', (_what, text) => {
    expect(json(text)).toBe('10 values');
  });

  it('are not counted where they are too deep to be read', () => {
    expect(json('['.repeat(501) + ','.repeat(2000), 1000)).toBeUndefined();
  });

  it.each([19_999, 20_000])('%i fields stand in one object', (count) => {
    const members = Array.from({ length: count }, (_, n) => `"k${n}":1`).join(',');
    expect(json(`{${members}}`, 1e6)).toBeUndefined();
    expect(json(`[${members.replaceAll(/"k\d+":/g, '')},1,2,3]`, 1e6)).toBeUndefined();
  });

  it('more fields than anybody has are too many in one object', () => {
    const members = Array.from({ length: 20_001 }, (_, n) => `"k${n}":1`).join(',');
    expect(json(`{"a":{${members}}}`, 1e6)).toBe('20000 fields in one object');
  });
});

it('the fields of a form are counted', () => {
  expect(excessOfForm(Buffer.from('a=1&b=2&c=3'), 3)).toBeUndefined();
  expect(excessOfForm(Buffer.from('a=1&b=2&c=3&'), 3)).toBe('3 fields');
  expect(excessOfForm(Buffer.from('a&'.repeat(30_000)), 1e6)).toBe('20000 fields');
});
