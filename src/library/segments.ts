import type { ControlClient, Id } from './control-client.ts';

/** A contact that a segment has. */
export interface SegmentContact {
  /** Mailjet's ID of it. */
  id: Id;
  email: string;
}

/** Segments of an account: what `contactfilter` stores. */
export interface Segments {
  /**
   * The contacts that a segment has now, by the account's clock, in the order of their IDs.
   * @param id of the contactfilter
   * @param page `limit` contacts at most (1000 without), those whose ID is greater than `after`
   * @throws MockjetError 404 when there is no such segment, 501 for a condition that Mockjet can't tell
   */
  contacts(id: Id, page?: { limit?: number; after?: Id }): Promise<SegmentContact[]>;
}

/** @param control with the account's credentials */
export function createSegments({ call }: ControlClient): Segments {
  return {
    async contacts(id, { limit = 1000, after = 0 } = {}) {
      const contacts: SegmentContact[] = [];
      // a call looks at so many contacts and no more, so a page may be short
      for (let next: Id | undefined = after; next !== undefined && contacts.length < limit; ) {
        const page: { contacts: SegmentContact[]; next?: Id } = await call(
          'GET',
          `/segments/${id}/contacts`,
          { query: { limit: Math.min(limit - contacts.length, 10_000), after: next } },
        );
        contacts.push(...page.contacts);
        next = page.next;
      }
      return contacts;
    },
  };
}
