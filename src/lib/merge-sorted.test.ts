import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Keyed, mergeSorted } from './merge-sorted.ts';

it('walks sorted lists as one sorted list, equal keys in the order of the lists', () => {
  const item = fc.record({ key: fc.string({ maxLength: 3 }), mark: fc.nat() });
  fc.assert(
    fc.property(fc.array(fc.array(item)), (lists) => {
      const order = (a: Keyed, b: Keyed) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
      const sorted = lists.map((list) => [...list].sort(order));
      const next = mergeSorted(sorted);
      const walked = [];
      for (let found = next(); found !== undefined; found = next()) walked.push(found);
      expect(walked).toEqual(sorted.flat().sort(order));
    }),
  );
});
