/**
 * A set of texts that keeps 64 bits of each: 16 to 32 bytes an entry where a Set of strings takes a hundred.
 * Two different texts are taken for the same about once in 4e7 sets of a million.
 */
export interface TextSet {
  /** Adds a text; false when it was there. */
  add(text: string): boolean;
  has(text: string): boolean;
  readonly size: number;
}

export function createTextSet(): TextSet {
  let slots = new Int32Array(2 * 1024);
  let used = 0;
  let high = 0;
  let low = 0;

  const hash = (text: string) => {
    let a = 0xdeadbeef;
    let b = 0x41c6ce57;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    high = a | 0;
    low = b | 0;
    if (high === 0 && low === 0) low = 1; // both zero marks a free slot
  };

  /** The slot that holds the present hash, or the free one where it belongs. */
  const find = (table: Int32Array): number => {
    const mask = table.length / 2 - 1;
    let slot = (high ^ (low << 7)) & mask;
    for (;;) {
      const a = table[2 * slot];
      const b = table[2 * slot + 1];
      if ((a === 0 && b === 0) || (a === high && b === low)) return 2 * slot;
      slot = (slot + 1) & mask;
    }
  };

  const grow = () => {
    const old = slots;
    slots = new Int32Array(old.length * 2);
    for (let i = 0; i < old.length; i += 2) {
      high = old[i] ?? 0;
      low = old[i + 1] ?? 0;
      if (high === 0 && low === 0) continue;
      const at = find(slots);
      slots[at] = high;
      slots[at + 1] = low;
    }
  };

  const isFree = (at: number) => slots[at] === 0 && slots[at + 1] === 0;

  return {
    add(text) {
      if (used * 2 >= slots.length / 2) grow();
      hash(text);
      const at = find(slots);
      if (!isFree(at)) return false;
      slots[at] = high;
      slots[at + 1] = low;
      used += 1;
      return true;
    },
    has(text) {
      hash(text);
      return !isFree(find(slots));
    },
    get size() {
      return used;
    },
  };
}
