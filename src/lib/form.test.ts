import { expect, it } from 'vitest';
import { readForm } from './form.ts';
import { createRandom } from './random.ts';

it.each([
  '',
  'a=b',
  'a=b&c=d',
  '&&a=b&&',
  'a',
  '=b',
  'a=b=c',
  'a=1&a=2',
  'a+b=c+d',
  'a%20b=c%2Bd%26%3D',
  'a=%C3%A9%e5%b1%b1',
  'a=é山😀',
  'a=%',
  'a=%2',
  'a=%zz%4x%x4',
  'a=%%41',
  'a=%00%0a',
  'a=%ff%c3',
  'a=%ef%bb%bfb',
  '__proto__=1',
])('%j is read as URLSearchParams reads it', (text) => {
  expect(readForm(Buffer.from(text))).toEqual([...new URLSearchParams(text)]);
});

// Node 24 takes some of what stands beside a fault for faults too
it.each([
  ['a=%%c3%A9', '%é'],
  ['a=%ffé%ff', '\ufffdé\ufffd'],
])('a fault in %j leaves its neighbours alone', (text, value) => {
  expect(readForm(Buffer.from(text))).toEqual([['a', value]]);
});

it('whatever it is made of', () => {
  const random = createRandom('forms');
  const pieces = ['a', '=', '&', '+', '%41', '%c3%A9', 'é', '4'];
  for (let round = 0; round < 2000; round += 1) {
    const text = Array.from(
      { length: 12 },
      () => pieces[(random.bytes(1)[0] ?? 0) % pieces.length],
    ).join('');
    expect(readForm(Buffer.from(text)), text).toEqual([...new URLSearchParams(text)]);
  }
});
