import { describe, expect, it } from 'vitest';
import { readQuery } from './query.ts';

describe('readQuery', () => {
  it.each([
    ['Limit=3', 'Limit', '3'],
    ['limit=3', 'LIMIT', '3'],
    ['Limit=1&limit=2&LIMIT=3', 'Limit', '1'], // documented: the first wins
    ['Limit=&Limit=2', 'Limit', undefined],
    ['Limit', 'Limit', undefined],
    ['', 'Limit', undefined],
    ['&&Limit=3&', 'Limit', '3'],
    ['Name=List%20One', 'Name', 'List One'], // recorded
    ['Name=List+One', 'Name', 'List One'],
    ['Sort=ID%2BDESC', 'Sort', 'ID+DESC'],
    ['Name=a=b', 'Name', 'a=b'],
    ['Name=%zz', 'Name', '%zz'],
    ['Name=%c3%28+x', 'Name', '%c3%28 x'],
    ['%4eame=x', 'Name', 'x'],
    ['__proto__=x', '__proto__', 'x'],
    ['Name=%F0%9F%98%80', 'Name', '😀'],
    ['Name=a%00b', 'Name', 'a\0b'],
  ])('%s: %s is %j', (text, name, value) => {
    expect(readQuery(text).get(name)).toBe(value);
  });

  it.each([
    ['countOnly=1', true],
    ['countonly=TRUE', true],
    ['countOnly=0', false],
    ['countOnly=', false],
    ['countOnly', false],
    ['countOnly=yes', false],
    ['', false],
  ])('the flag in "%s" is %j', (text, expected) => {
    expect(readQuery(text).flag('countOnly')).toBe(expected);
  });

  it('tells what nobody asked for', () => {
    const query = readQuery('Limit=1&Invalid=0&Name=x&limit=2');
    query.get('limit');
    query.get('NAME');
    expect(query.unread()).toEqual(['Invalid']);
  });
});
