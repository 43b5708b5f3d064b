import { expect } from 'vitest';
import type { Answer } from './mock.ts';

/** All headers but Date, which must be there. */
export function exactHeaders({ headers }: Answer): Answer['headers'] {
  const { date, ...rest } = headers;
  expect(date).toMatch(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
  return rest;
}
