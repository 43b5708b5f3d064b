/** Numbers that a seed decides (mulberry32), so that a run can be made again. */
export function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** A whole number from 0, below `end`. */
    below: (end) => Math.floor(next() * end),
    pick: (all) => all[Math.floor(next() * all.length)],
  };
}
