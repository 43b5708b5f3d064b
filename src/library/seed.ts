import type { ControlClient } from './control-client.ts';

/** What an account is to hold; without side effects such as journal entries. */
export interface SeedDocument {
  properties?: Readonly<Record<string, unknown>>[];
  lists?: Readonly<Record<string, unknown>>[];
  contacts?: Readonly<Record<string, unknown>>[];
}

/** How many of each were seeded. */
export interface SeedCounts {
  properties: number;
  lists: number;
  contacts: number;
}

/** A CSV of contacts as text, and the name of the list that they go into. */
export interface SeedCsv {
  csv: string;
  list: string;
}

/** @param control with the account's credentials */
export function seedAccount(
  { call }: ControlClient,
  document: SeedDocument | SeedCsv,
): Promise<SeedCounts> {
  if (!('csv' in document)) return call('POST', '/seed', { json: document });
  return call('POST', '/seed', {
    query: { list: document.list },
    bytes: { data: document.csv, type: 'text/csv' },
  });
}
