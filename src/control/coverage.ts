/** How often operations were called, and what was called that Mockjet lacks. */
export interface Coverage {
  /** Takes a call down. @param gap what it would have needed, for one that was answered 501 */
  add(operation: string, gap: string | undefined): void;
  calls(operation: string): number;
  gaps(): { feature: string; calls: number }[];
}

/** A hostile client could ask for any number of things that do not exist. */
const mostGaps = 500;

export function createCoverage(): Coverage {
  const calls = new Map<string, number>();
  const gaps = new Map<string, number>();
  const count = (map: Map<string, number>, name: string) => map.set(name, (map.get(name) ?? 0) + 1);
  return {
    add(operation, gap) {
      if (gap === undefined) count(calls, operation);
      else {
        const feature = gap.slice(0, 100);
        count(gaps, gaps.has(feature) || gaps.size < mostGaps ? feature : 'others');
      }
    },
    calls: (operation) => calls.get(operation) ?? 0,
    gaps: () => [...gaps].map(([feature, calls]) => ({ feature, calls })),
  };
}
