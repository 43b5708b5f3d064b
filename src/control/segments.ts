import type { Account } from '../accounts/account.ts';
import { unknownProperties } from '../contacts/segments/names.ts';
import { parseExpression } from '../contacts/segments/parser.ts';
import { printCondition } from '../contacts/segments/printer.ts';
import { type Search, searchSegment } from '../contacts/segments/search.ts';
import { NotBuiltError } from '../lib/errors.ts';
import { timeBudget } from '../lib/stopwatch.ts';
import { createTurns } from '../lib/turns.ts';
import { ControlError } from './control-error.ts';

/** How many steps one call takes, of about a millisecond each: some 100,000 contacts and more. */
const mostSteps = 100;

interface Waiting {
  search: Search;
  done(): void;
  failed(error: unknown): void;
}

/** Runs searches beside each other: one of them has a turn of the event loop, however many there are. */
export type RunSearch = (search: Search) => Promise<void>;

/** Makes what runs the searches of a server. */
export function createSearches(): RunSearch {
  const turns = createTurns<Waiting>((waiting, sliceMs) => {
    const { search, done, failed } = waiting;
    const hasTime = timeBudget(sliceMs);
    try {
      do search.step();
      while (!search.isDone && hasTime());
    } catch (error) {
      return failed(error);
    }
    if (search.isDone) done();
    else turns.add(waiting);
  });
  return (search) =>
    new Promise((done, failed) => {
      turns.add({ search, done, failed });
    });
}

/**
 * A page of the contacts that a segment has, in the order of their IDs. A call looks at so many contacts at most, so a
 * page may be short, or empty, and still have a next one.
 * @throws ControlError 404 for no such segment, 501 for a condition that Mockjet can't tell, 409 for an account that is
 *   removed meanwhile
 */
export async function contactsOfSegment(
  account: Account,
  id: bigint,
  page: { after: bigint; limit: number },
  run: RunSearch,
) {
  const row = account.sql('SELECT Expression FROM contactfilter WHERE ID = ?').get(id);
  if (row === undefined)
    throw new ControlError(
      404,
      `The account has no segment ${id}; GET /v3/REST/contactfilter lists them`,
    );
  const condition = parseExpression((row as { Expression: string }).Expression); // checked when it was stored
  const search = begin(() => searchSegment(account, condition, { ...page, steps: mostSteps }));
  const shown = {
    expression: printCondition(condition),
    unknownProperties: unknownProperties(account, condition),
  };
  try {
    await run(search);
  } catch (error) {
    if (account.isOpen) throw error;
    throw new ControlError(409, 'The account was removed while its contacts were looked at');
  }
  return { contacts: search.found, next: search.after, ...shown };
}

function begin(search: () => Search): Search {
  try {
    return search();
  } catch (error) {
    throw error instanceof NotBuiltError ? new ControlError(501, error.message) : error;
  }
}
