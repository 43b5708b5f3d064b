/** Something with a key to sort by, in the order of UTF-16 code units. */
export interface Keyed {
  key: string;
}

/**
 * Walks sorted lists as one: a binary heap of their heads. What sorts a long list in short steps: sort pieces of it,
 * one at a time, and merge them while walking.
 * @returns a function that gives the next item, or undefined at the end; of equal keys the one of the earlier list
 */
export function mergeSorted<T extends Keyed>(
  lists: readonly (readonly T[])[],
): () => T | undefined {
  interface Head {
    list: readonly T[];
    order: number;
    at: number;
    head: T;
  }
  const heap: Head[] = [];
  lists.forEach((list, order) => {
    const [head] = list;
    if (head !== undefined) heap.push({ list, order, at: 0, head });
  });

  const isBefore = (a: Head, b: Head) =>
    a.head.key < b.head.key || (a.head.key === b.head.key && a.order < b.order);

  const sink = (from: number) => {
    const sinking = heap[from];
    if (sinking === undefined) return;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      let least = heap[child];
      if (least === undefined) break;
      const right = heap[child + 1];
      if (right !== undefined && isBefore(right, least)) {
        least = right;
        child += 1;
      }
      if (isBefore(sinking, least)) break;
      heap[at] = least;
      at = child;
    }
    heap[at] = sinking;
  };
  for (let at = heap.length >> 1; at >= 0; at -= 1) sink(at);

  return () => {
    const [top] = heap;
    if (top === undefined) return undefined;
    const { head } = top;
    top.at += 1;
    const next = top.list[top.at];
    if (next !== undefined) top.head = next;
    else {
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) heap[0] = last;
    }
    sink(0);
    return head;
  };
}
