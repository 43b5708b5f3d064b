import type { Duration } from './clock.ts';
import type { ControlClient } from './control-client.ts';
import { createMail, type Mail, type MailContent } from './mail.ts';

/** Which mails are meant; every given part must match. */
export interface MailQuery {
  /** An address of To, Cc or Bcc, whole or with `*`, in any case. */
  to?: string;
  /** Whole or with `*`, in any case. */
  from?: string;
  /** Occurs in the subject, in any case. */
  subject?: string;
  /** Occurs in text or HTML, in any case. */
  text?: string;
  customId?: string;
  campaign?: string;
  /** An ID, or for `/v3/send` a name. */
  templateId?: string;
  messageId?: string;
  messageUuid?: string;
  /** `X-Mj-Request-Guid` of the answer to the call that sent it. */
  requestGuid?: string;
  /** Of one of its messages now, e.g. `sent`, `opened`. */
  status?: string;
  /** The id of a mail, or a time of the account's clock: only what came later. */
  after?: string | Date;
  /** Texts that occur in headers, by the headers' names. */
  headers?: Readonly<Record<string, string>>;
}

/** The mails that an account's application sent. */
export interface Mails {
  /** The mails that match, newest first; 100 unless `limit` says otherwise (1000 at most). */
  find(query?: MailQuery & { limit?: number }): Promise<Mail[]>;
  /** @throws MockjetError 404 when there is none with this id */
  get(id: string): Promise<Mail>;
  /**
   * Waits for a mail that matches, at most `within` (5 s without, 60 s at most); with `count` for so many.
   * @returns the newest that matches; with `count` all, newest first
   * @throws MockjetError 408 that says which mails came near, and which condition failed
   */
  wait(query: MailQuery & { count: number; within?: Duration }): Promise<Mail[]>;
  wait(query?: MailQuery & { within?: Duration }): Promise<Mail>;
  /** Removes the mails that match, all without a query; tells how many. Their messages stay. */
  clear(query?: MailQuery): Promise<number>;
}

type Parameters = Record<string, string | number | undefined>;

/** A query as control's routes take it. */
function parametersOf({ headers = {}, after, ...plain }: MailQuery): Parameters {
  return {
    ...plain,
    after: after instanceof Date ? after.toISOString() : after,
    ...Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [`header.${name}`, value]),
    ),
  };
}

/** @param control with the account's credentials */
export function createMails(control: ControlClient): Mails {
  const list = async (query: Parameters) => {
    const { mails } = await control.call<{ mails: MailContent[] }>('GET', '/mails', { query });
    return mails.map((content) => createMail(control, content));
  };

  function wait(query: MailQuery & { count: number; within?: Duration }): Promise<Mail[]>;
  function wait(query?: MailQuery & { within?: Duration }): Promise<Mail>;
  async function wait({
    within = '5s',
    count,
    ...query
  }: MailQuery & { count?: number; within?: Duration } = {}): Promise<Mail | Mail[]> {
    const limit = count === undefined ? 1 : 1000;
    const mails = await list({ ...parametersOf(query), count, limit, wait: within });
    const [newest] = mails;
    if (newest === undefined) throw new Error('The mail was removed while it was read');
    return count === undefined ? newest : mails;
  }

  return {
    find: ({ limit, ...query } = {}) => list({ ...parametersOf(query), limit }),
    async get(id) {
      const path = `/mails/${encodeURIComponent(id)}`;
      return createMail(control, await control.call<MailContent>('GET', path));
    },
    wait,
    async clear(query = {}) {
      const { deleted } = await control.call<{ deleted: number }>('DELETE', '/mails', {
        query: parametersOf(query),
      });
      return deleted;
    },
  };
}
