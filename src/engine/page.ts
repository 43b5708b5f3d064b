import type { Query } from './query.ts';

const defaultLimit = 10;
const highestLimit = 1000;

export interface Page {
  limit: number;
  offset: number;
  /** `countrecords`: Total is that of the whole filtered set. */
  wantsTotal: boolean;
  /** `countOnly`: no rows at all. */
  countOnly: boolean;
}

/** Paging of a list. Above 1000 clamped, garbage as if absent (both assumed). */
export function readPage(query: Query): Page {
  const limit = natural(query.get('Limit'));
  const offset = natural(query.get('Offset')) ?? 0;
  return {
    limit: limit === 0 ? highestLimit : Math.min(limit ?? defaultLimit, highestLimit), // documented: 0 means 1000
    offset: limit === 0 ? 0 : offset, // reported: Limit=0 ignores Offset
    wantsTotal: query.flag('countrecords'),
    countOnly: query.flag('countOnly'),
  };
}

function natural(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
