import { describe, expectTypeOf, it } from 'vitest';
import type * as z from 'zod';
import type { outcomeRule } from '../../src/control/outcome-rule.ts';
import type { seedDocument } from '../../src/control/seed-document.ts';
import type { AccountOptions, Id, Keys } from '../../src/index.ts';
import type { AdvancedClock, ClockReading } from '../../src/library/clock.ts';
import type {
  Contact,
  ContactList,
  ContactListWithMembers,
  ContactProperty,
  ContactQuery,
} from '../../src/library/contacts.ts';
import type { Fault, FaultRule, RateLimit } from '../../src/library/faults.ts';
import type { Job, JobEnd, Jobs, PaceSetting } from '../../src/library/jobs.ts';
import type { MailContent } from '../../src/library/mail.ts';
import type { MailQuery } from '../../src/library/mails.ts';
import type { Outcome, OutcomeRule } from '../../src/library/outcomes.ts';
import type { RecordedRequest, RequestQuery } from '../../src/library/requests.ts';
import type { SeedCounts, SeedDocument } from '../../src/library/seed.ts';
import type { SegmentContact } from '../../src/library/segments.ts';
import type { Snapshot } from '../../src/library/snapshots.ts';
import type { DeliveryCounts, DeliveryQuery, WebhookDelivery } from '../../src/library/webhooks.ts';
import type { madeAccount, newAccount } from '../../src/wire/control/accounts.ts';
import type { advancedClock, clockReading } from '../../src/wire/control/clock.ts';
import type {
  contactsQuery,
  shownContact,
  shownList,
  shownListWithMembers,
  shownProperty,
} from '../../src/wire/control/contacts.ts';
import type {
  deliveryCounts,
  deliveryQuery,
  shownDelivery,
} from '../../src/wire/control/deliveries.ts';
import type { faultRule, rateLimit, shownFault } from '../../src/wire/control/faults.ts';
import type {
  ending,
  endingNext,
  paceSetting,
  paceWish,
  shownJob,
} from '../../src/wire/control/jobs.ts';
import type { mailsQuery } from '../../src/wire/control/mail-query.ts';
import type { shownOutcome } from '../../src/wire/control/outcomes.ts';
import type { requestsQuery, shownRequest } from '../../src/wire/control/requests.ts';
import type { seedCounts } from '../../src/wire/control/seed.ts';
import type { segmentPage } from '../../src/wire/control/segments.ts';
import type { shownMail } from '../../src/wire/control/shown-mail.ts';
import type { shownSnapshot } from '../../src/wire/control/snapshots.ts';

// The library's types are written out, since what is published may need no schema: `npm run check` holds them against
// the schemas of the control API here.

/** As a client reads it: an ID may be either kind of number, and what is not there is left out. */
type Read<T> = T extends bigint
  ? Id
  : T extends readonly (infer Item)[]
    ? Read<Item>[]
    : T extends object
      ? { [Name in keyof T]: Read<Exclude<T[Name], undefined>> }
      : T;

/** What a call answers. */
type Answered<S extends z.ZodType> = Read<z.output<S>>;
/** Names of what a call takes. */
type Taken<S extends z.ZodType> = keyof z.input<S>;

/** The names of what the items of each part of a document may have. */
type NamesOf<Document> = {
  [Part in keyof Document]-?: NonNullable<Document[Part]> extends readonly (infer Item)[]
    ? keyof Item
    : never;
};
type SeedParts = NamesOf<SeedDocument>;
type TakenParts = NamesOf<z.input<typeof seedDocument>>;

describe('what the control API answers is what the library tells of it', () => {
  it('clock', () => {
    expectTypeOf<Answered<typeof clockReading>>().toEqualTypeOf<ClockReading>();
    expectTypeOf<Answered<typeof advancedClock>>().toEqualTypeOf<AdvancedClock>();
  });
  it('job', () => expectTypeOf<Answered<typeof shownJob>>().toEqualTypeOf<Job>());
  it('pace', () => expectTypeOf<Answered<typeof paceSetting>>().toEqualTypeOf<PaceSetting>());
  it('fault', () => {
    expectTypeOf<keyof Answered<typeof shownFault>>().toEqualTypeOf<keyof Fault>();
    // any text in the schema, which refuses those that are no operation
    expectTypeOf<Omit<Answered<typeof shownFault>, 'operation'>>().toExtend<
      Omit<Fault, 'operation'>
    >();
  });
  it('contact', () => expectTypeOf<Answered<typeof shownContact>>().toEqualTypeOf<Contact>());
  it('list', () => {
    expectTypeOf<Answered<typeof shownList>>().toEqualTypeOf<ContactList>();
    expectTypeOf<keyof Answered<typeof shownListWithMembers>>().toEqualTypeOf<
      keyof ContactListWithMembers
    >();
    expectTypeOf<Answered<typeof shownListWithMembers>>().toExtend<ContactListWithMembers>();
    expectTypeOf<Answered<typeof shownProperty>>().toEqualTypeOf<ContactProperty>();
    expectTypeOf<Taken<typeof contactsQuery>>().toEqualTypeOf<keyof ContactQuery>();
  });
  it('mail', () => expectTypeOf<Answered<typeof shownMail>>().toEqualTypeOf<MailContent>());
  it('delivery', () => {
    expectTypeOf<Answered<typeof shownDelivery>>().toEqualTypeOf<WebhookDelivery>();
    expectTypeOf<Answered<typeof deliveryCounts>>().toEqualTypeOf<DeliveryCounts>();
  });
  it('outcome', () => {
    expectTypeOf<keyof Answered<typeof shownOutcome>>().toEqualTypeOf<keyof Outcome>();
    expectTypeOf<Answered<typeof shownOutcome>>().toExtend<Outcome>();
  });
  it('request', () => {
    expectTypeOf<keyof Answered<typeof shownRequest>>().toEqualTypeOf<keyof RecordedRequest>();
    expectTypeOf<Answered<typeof shownRequest>>().toExtend<RecordedRequest>();
  });
  it('seed', () => expectTypeOf<Answered<typeof seedCounts>>().toEqualTypeOf<SeedCounts>());
  it('segment', () =>
    expectTypeOf<Answered<typeof segmentPage>['contacts']>().toEqualTypeOf<SegmentContact[]>());
  it('snapshot', () => expectTypeOf<Answered<typeof shownSnapshot>>().toEqualTypeOf<Snapshot>());
  it('account', () => expectTypeOf<Answered<typeof madeAccount>>().toExtend<Keys>());
});

describe('what the library may be given is what the control API takes', () => {
  it('fault', () => {
    expectTypeOf<FaultRule>().toExtend<z.input<typeof faultRule>>();
    expectTypeOf<keyof FaultRule>().toEqualTypeOf<Taken<typeof faultRule>>();
  });
  it('rate limit', () => {
    expectTypeOf<RateLimit>().toExtend<z.input<typeof rateLimit>>();
    expectTypeOf<keyof RateLimit>().toEqualTypeOf<Taken<typeof rateLimit>>();
  });
  it('pace', () => {
    type Wish = Exclude<Parameters<Jobs['pace']>[0], string | undefined>;
    expectTypeOf<Wish>().toExtend<z.input<typeof paceWish>>();
    expectTypeOf<keyof Wish>().toEqualTypeOf<Taken<typeof paceWish>>();
  });
  it('end of a job', () => {
    expectTypeOf<JobEnd>().toExtend<z.input<typeof ending>>();
    expectTypeOf<keyof JobEnd>().toEqualTypeOf<Taken<typeof ending>>();
    expectTypeOf<Parameters<Jobs['endNext']>[0]>().toExtend<z.input<typeof endingNext>>();
    expectTypeOf<keyof Parameters<Jobs['endNext']>[0]>().toEqualTypeOf<Taken<typeof endingNext>>();
  });
  it('mails', () => {
    expectTypeOf<keyof MailQuery | 'limit' | 'count' | 'wait'>().toEqualTypeOf<
      Taken<typeof mailsQuery>
    >();
  });
  it('deliveries', () => {
    expectTypeOf<keyof DeliveryQuery | 'count' | 'wait'>().toEqualTypeOf<
      Taken<typeof deliveryQuery>
    >();
  });
  it('outcome', () => {
    expectTypeOf<OutcomeRule>().toExtend<z.input<typeof outcomeRule>>();
    expectTypeOf<keyof OutcomeRule>().toEqualTypeOf<Taken<typeof outcomeRule>>();
  });
  it('requests', () => {
    expectTypeOf<keyof RequestQuery | 'count' | 'wait'>().toEqualTypeOf<
      Taken<typeof requestsQuery>
    >();
  });
  it('seed', () => {
    expectTypeOf<keyof SeedDocument>().toEqualTypeOf<keyof z.input<typeof seedDocument>>();
    expectTypeOf<SeedParts['properties']>().toEqualTypeOf<TakenParts['properties']>();
    expectTypeOf<SeedParts['lists']>().toEqualTypeOf<TakenParts['lists']>();
    expectTypeOf<SeedParts['contacts']>().toEqualTypeOf<TakenParts['contacts']>();
    expectTypeOf<SeedParts['mails']>().toEqualTypeOf<TakenParts['mails']>();
    expectTypeOf<SeedParts['outcomes']>().toEqualTypeOf<TakenParts['outcomes']>();
    expectTypeOf<SeedParts['signups']>().toEqualTypeOf<TakenParts['signups']>();
    expectTypeOf<SeedParts['webhooks']>().toEqualTypeOf<TakenParts['webhooks']>();
  });
  it('account', () => {
    expectTypeOf<keyof AccountOptions>().toEqualTypeOf<Taken<typeof newAccount>>();
  });
});
