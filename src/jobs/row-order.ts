import { type Keyed, mergeSorted } from '../lib/merge-sorted.ts';

/** Rows that are sorted at once: about a millisecond. */
const pieceRows = 1_000;
/** Jobs of up to so many rows store them as they come, so that IDs follow that order; larger ones by address. */
const keptOrder = 2_000;

/** Rows of a job: first all are added, then taken in the order in which they are best stored. */
export interface RowOrder<T extends Keyed> {
  add(row: T): void;
  /** The next rows; fewer only at the end. */
  take(count: number): T[];
}

/**
 * Puts rows into the order of their addresses, which are their keys: as they come, each would touch another page of
 * the address index, which makes a large job two to five times slower (docs/performance.md). Rows of one key stay in
 * the order in which they came.
 * @param expected how many rows the job has in all
 */
export function createRowOrder<T extends Keyed>(expected: number): RowOrder<T> {
  const pieces: T[][] = [];
  const isSorted = expected > keptOrder;
  let piece: T[] = [];
  let next: (() => T | undefined) | undefined;

  const endPiece = () => {
    if (isSorted) piece.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    pieces.push(piece);
    piece = [];
  };

  const walk = () => {
    endPiece();
    if (isSorted) return mergeSorted(pieces);
    const inOrder = pieces.flat().values();
    return () => inOrder.next().value;
  };

  return {
    add(row) {
      piece.push(row);
      if (piece.length === pieceRows) endPiece();
    },
    take(count) {
      next ??= walk();
      const rows: T[] = [];
      while (rows.length < count) {
        const row = next();
        if (row === undefined) break;
        rows.push(row);
      }
      return rows;
    },
  };
}
