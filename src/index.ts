/// <reference lib="esnext.disposable" preserve="true" />
import './lib/new-enough-node.ts';
import type { MockjetAccount } from './library/account.ts';
import type { Faults } from './library/faults.ts';
import type { Pace } from './library/jobs.ts';
import type { SeedCsv, SeedDocument } from './library/seed.ts';

export type { MockjetAccount } from './library/account.ts';
export type { AccountClock, AdvancedClock, ClockReading, Duration, Time } from './library/clock.ts';
export type {
  Contact,
  ContactList,
  ContactLists,
  ContactListWithMembers,
  ContactProperties,
  ContactProperty,
  ContactQuery,
  Contacts,
} from './library/contacts.ts';
export { type Id, MockjetError } from './library/control-client.ts';
export type { Fault, FaultRule, Faults, RateLimit, RateLimits } from './library/faults.ts';
export type { Job, JobEnd, JobState, Jobs, Pace, PaceSetting } from './library/jobs.ts';
export type {
  Mail,
  MailAddress,
  MailAttachment,
  MailContent,
  MailEvent,
  MailRecipient,
} from './library/mail.ts';
export type { MailQuery, Mails } from './library/mails.ts';
export type { MockjetOperation } from './library/operations.ts';
export type { Outcome, OutcomeRule, OutcomeStep, Outcomes } from './library/outcomes.ts';
export type { ReceiverOptions, WebhookReceiver } from './library/receiver.ts';
export type { RecordedRequest, RequestQuery, Requests } from './library/requests.ts';
export type {
  SeedContact,
  SeedCounts,
  SeedCsv,
  SeedDocument,
  SeedList,
  SeedMail,
  SeedMailbox,
  SeedProperty,
  SeedSender,
  SeedSignup,
  SeedTemplate,
  SeedWebhook,
} from './library/seed.ts';
export type { SegmentContact, Segments } from './library/segments.ts';
export type { Snapshot, Snapshots } from './library/snapshots.ts';
export type {
  RenderedTemplate,
  TemplateFault,
  Templates,
  TemplateToRender,
} from './library/templates.ts';
export type {
  DeliveryCounts,
  DeliveryQuery,
  WebhookDelivery,
  WebhookEvent,
  WebhookEventName,
  Webhooks,
} from './library/webhooks.ts';

/** A key pair, as Mailjet gives one for each account. */
export interface Keys {
  apiKey: string;
  secretKey: string;
}

/** How a server in this process is started. None of it is read from the environment. */
export interface MockjetOptions {
  /** Port to listen on; 0, any free one, without. */
  port?: number | undefined;
  /** Port for mail by SMTP, with STARTTLS; 0 for any free one, off without. */
  smtpPort?: number | undefined;
  /** Port for mail by SMTP that speaks TLS from the first byte; 0 for any free one, off without. */
  smtpsPort?: number | undefined;
  /** An inbox that each accepted mail is passed on to, as `smtp://127.0.0.1:1025`; on this machine, a private address or a container. */
  forward?: string | undefined;
  /** Lets mail be passed on to any host, so that it may reach real people. */
  forwardAnywhere?: boolean | undefined;
  /** Address to listen on; 127.0.0.1 without. */
  host?: string | undefined;
  /** Folder to keep accounts in; in memory without. */
  data?: string | undefined;
  /** The only pair that is let in beside accounts made by `account()`; without, any pair opens its own account. */
  keys?: Keys | undefined;
  /** Makes IDs, addresses and GUIDs reproducible. */
  idSeed?: string | number | undefined;
  /** How jobs move; `timed` without. */
  pace?: Pace | undefined;
  /** Milliseconds that a `timed` job stays in each state at least; 5 without. */
  stateMs?: number | undefined;
  /** Who may send: any address (`permissive`, without), or active senders alone, as on production, which answers success and drops the rest. */
  senders?: 'permissive' | 'strict' | undefined;
  /** IDs in the answer to a mail with SandboxMode: `none` as on production, or `unique` ones, which no message has. */
  sandboxIds?: 'none' | 'unique' | undefined;
  /** Mails whose contents each account keeps; 10,000 without. */
  mails?: number | undefined;
  /** Bytes of these contents; 256 MB without. */
  mailsBytes?: number | undefined;
  /** Messages that each account keeps with their history; 100,000 without, 0 for all. */
  messages?: number | undefined;
  /** What every fresh account holds, after a reset too: a document, or the path of a JSON or CSV file. */
  seed?: SeedDocument | SeedCsv | string | undefined;
  /** JSON lines of the server's log on stdout. */
  log?: boolean | undefined;
}

/** Which account `account()` makes. */
export interface AccountOptions {
  /** The public key; made up without. */
  apiKey?: string | undefined;
  /** The private key; made up without. */
  secretKey?: string | undefined;
  /** The name of its owner, as Mailjet's answers show it. */
  name?: string | undefined;
  /** Makes its IDs, addresses and GUIDs reproducible. */
  idSeed?: string | number | undefined;
  /** What it holds. */
  seed?: SeedDocument | SeedCsv | undefined;
}

/** A server in this process. */
export interface Mockjet {
  /** Origin, e.g. `http://127.0.0.1:40123`: plain HTTP, HTTPS and proxy requests, all on one port. */
  readonly url: string;
  readonly port: number;
  /** Where mail is taken by SMTP, e.g. `smtp://127.0.0.1:40124`; undefined without `smtpPort`. User and password are an account's keys. */
  readonly smtpUrl: string | undefined;
  /** The same with TLS from the first byte, e.g. `smtps://127.0.0.1:40125`; undefined without `smtpsPort`. */
  readonly smtpsUrl: string | undefined;
  /** Public key of the default account. */
  readonly apiKey: string;
  /** Private key of the default account. */
  readonly secretKey: string;
  /** Variables that lead an application to the default account. */
  readonly env: Readonly<Record<string, string>>;
  /** The account behind `apiKey` and `secretKey`. */
  readonly defaultAccount: MockjetAccount;
  /**
   * Makes an account that shares nothing with any other: one for each test.
   * @throws MockjetError when the key is taken, or the seed makes no sense
   */
  account(options?: AccountOptions): Promise<MockjetAccount>;
  /** Faults of every account's calls. */
  readonly faults: Faults;
  /** The certificate that clients must trust for HTTPS, PEM; made when it is first asked for. */
  caPem(): Promise<string>;
  /** Makes every account new. */
  reset(): Promise<void>;
  /** Ends open calls and stops; nothing is left of accounts in memory. */
  close(): Promise<void>;
  /** As `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts Mockjet in this process.
 * @returns the server, once it listens
 * @throws Error that names each wrong option, or says why the port or the folder cannot be used
 */
export async function startMockjet(options: MockjetOptions = {}): Promise<Mockjet> {
  // read once it is wanted: a Node that is too old has been refused by then
  const { startInProcess } = await import('./in-process.ts');
  return startInProcess(options);
}
