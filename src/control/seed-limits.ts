import * as z from 'zod';

/** What one seed may hold: all of it is stored in one go, while others wait. */
export const mostOfSeed = {
  properties: 1000,
  lists: 2000,
  contacts: 20_000,
  senders: 1000,
  signups: 10_000,
  outcomes: 1000,
  mails: 1000,
  webhooks: 100,
  templates: 1000,
  /** Of all contacts together. */
  subscriptions: 20_000,
  values: 200_000,
};

/**
 * A list that is counted before any item of it is looked at.
 * @param tooMuch says what else there is too much of
 */
export function atMost<Item extends z.ZodType>(
  count: number,
  item: Item,
  tooMuch?: (items: readonly unknown[]) => string | undefined,
) {
  const list = z.array(item).max(count).default([]);
  const counted = z.preprocess((value, context) => {
    if (!Array.isArray(value)) return value;
    const excess = value.length > count ? `${value.length} of at most ${count}` : tooMuch?.(value);
    if (excess === undefined) return value;
    const message = `${excess}: give the rest in another seed, or make a snapshot`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }, list);
  return counted as unknown as typeof list; // the same but for the words; preprocess forgets what may come in
}

/** What contacts have too much of, all of them together. */
export function excessOfContacts(contacts: readonly unknown[]): string | undefined {
  const { subscriptions: mostSubscriptions, values: mostValues } = mostOfSeed;
  let [subscriptions, values] = [0, 0];
  for (const contact of contacts) {
    if (typeof contact !== 'object' || contact === null) continue;
    if ('lists' in contact && Array.isArray(contact.lists)) subscriptions += contact.lists.length;
    if ('properties' in contact) values += Object.keys(contact.properties ?? {}).length;
  }
  if (subscriptions > mostSubscriptions)
    return `${subscriptions} subscriptions of at most ${mostSubscriptions}`;
  return values > mostValues ? `${values} property values of at most ${mostValues}` : undefined;
}
