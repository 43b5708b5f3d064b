import type { Account } from '../accounts/account.ts';
import { type Accepted, accept } from './accept.ts';
import type { Draft } from './draft.ts';
import { createLife, type Life } from './life.ts';
import { draftWarnings } from './warnings.ts';

/** Where every mail goes through, whoever sends it. */
export interface Mailroom {
  /** Takes the mails of a call: stored, numbered, on their way. @param requestGuid `X-Mj-Request-Guid` of the answer */
  take(account: Account, drafts: readonly Draft[], requestGuid: string): Accepted[];
  readonly life: Life;
}

/** Joins what a mail meets: acceptance, then its messages' life. */
export function createMailroom(options: Parameters<typeof createLife>[0]): Mailroom {
  const life = createLife(options);
  return {
    life,
    take(account, drafts, requestGuid) {
      const warned = drafts.map((draft) => ({
        ...draft,
        warnings: [...draft.warnings, ...draftWarnings(draft)],
      }));
      const accepted = accept(account, warned, { requestGuid, stepMs: life.stepMs(account) });
      life.taken(account);
      return accepted;
    },
  };
}
