import type { Account } from '../accounts/account.ts';
import type { JsonObject } from '../lib/json.ts';
import { type Accepted, accept } from './accept.ts';
import type { Draft } from './draft.ts';
import { type Dropped, dropOldest, type MailBounds } from './drop-oldest.ts';
import { fillFromTemplates } from './fill-from-template.ts';
import { createLife, type Life } from './life.ts';
import { type EventWish, type MadeEvent, makeEvents } from './make-events.ts';
import { createRenderer, type TemplateSettings } from './render-draft.ts';
import { senderOf } from './sender-of.ts';
import { readTemplate } from './stored-template.ts';
import { telling } from './telling.ts';
import { templateRefusals } from './template-refusals.ts';
import { draftWarnings } from './warnings.ts';

/** Where every mail goes through, whoever sends it. */
export interface Mailroom {
  /** Takes the mails of a call: stored, numbered, on their way. @param requestGuid `X-Mj-Request-Guid` of the answer */
  take(account: Account, drafts: readonly Draft[], requestGuid: string): Accepted[];
  /**
   * Renders a draft as if it were sent, and stores nothing; undefined where it has a template that is not there.
   * @param contact values of `data:`, in place of those of the recipient
   */
  render(account: Account, draft: Draft, contact?: JsonObject): Draft | undefined;
  /** Why drafts are refused for their templates, sentences for each; none unless `--template-errors` is `fail`. */
  refusals(account: Account, drafts: readonly Draft[]): string[][];
  /** Whether mail may come from an address; any may unless senders are strict. */
  isSender(account: Account, email: string): boolean;
  /** Makes something happen to the messages of a mail; see `makeEvents`. */
  makeEvents(account: Account, mailId: bigint, wish: EventWish): MadeEvent[];
  readonly life: Life;
}

/**
 * @property senders `strict` to let only active senders send, as production does
 * @property sandboxIds `unique` to give the recipients of sandboxed mails IDs, as production does not
 * @property onDropped told when the bounds take something of an account for the first time
 */
type MailroomOptions = Parameters<typeof createLife>[0] & {
  bounds: MailBounds;
  templates: TemplateSettings;
  senders: 'permissive' | 'strict';
  sandboxIds: 'none' | 'unique';
  onDropped: (account: Account, kind: Dropped['first'][number]) => void;
  /** Told of each mail that is on its way, inside the transaction that takes it. */
  onAccepted?: ((account: Account, mailId: bigint) => void) | undefined;
};

/** Joins what a mail meets: acceptance, the bounds on what is kept, then its messages' life. */
export function createMailroom(options: MailroomOptions): Mailroom {
  const life = createLife(options);
  const renderer = createRenderer(options.templates);
  const isStrict = options.senders === 'strict';

  const tell = (account: Account, { first, isDue, isMore }: Dropped) => {
    for (const kind of first) options.onDropped(account, kind);
    // nobody waits for the steps of a message that is gone
    if (isDue) life.wake(account);
    if (isMore) dropMore(account);
  };

  /** Drops the rest in further slices: others get their turn between them. */
  const dropMore = (account: Account) => {
    const { epoch } = account;
    setImmediate(() => {
      if (!account.isOpen || account.epoch !== epoch) return;
      try {
        options.beforeSlice?.();
        tell(
          account,
          account.write(() => dropOldest(account, options.bounds)),
        );
      } catch (error) {
        // a database that takes no writes: the next mail that it takes goes on with it
        options.onFailure(error);
      }
    });
  };

  return {
    life,
    isSender: (account, email) => !isStrict || senderOf(account, email).isActive,
    refusals(account, drafts) {
      if (options.templates.templateErrors === 'block') return drafts.map(() => []);
      return templateRefusals(account, drafts, renderer());
    },
    render(account, draft, contact) {
      if (draft.template !== undefined && readTemplate(account, draft.template) === undefined)
        return undefined;
      const [filled = draft] = fillFromTemplates(account, [draft]);
      return renderer()(account, filled, filled.to[0], contact);
    },
    makeEvents: (account, mailId, wish) =>
      telling(account, options.onEvents, () => makeEvents(account, mailId, wish)),
    take(account, drafts, requestGuid) {
      const warned = fillFromTemplates(account, drafts).map((draft) => ({
        ...draft,
        warnings: [...draft.warnings, ...draftWarnings(draft)],
      }));
      const how = {
        requestGuid,
        isStrict,
        numbersSandbox: options.sandboxIds === 'unique',
        stepMs: life.stepMs(account),
        render: renderer(),
      };
      const { accepted, dropped } = account.write(() => {
        const accepted = accept(account, warned, how);
        for (const [index, { mailId, dropped }] of accepted.entries())
          if (dropped === undefined && drafts[index]?.sandbox === false)
            options.onAccepted?.(account, mailId);
        return { accepted, dropped: dropOldest(account, options.bounds) };
      });
      life.taken(account);
      tell(account, dropped);
      return accepted;
    },
  };
}
