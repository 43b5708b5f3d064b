import type { ControlClient } from './control-client.ts';
import type { OutcomeRule } from './outcomes.ts';

/** A contact property of a seed. */
export interface SeedProperty {
  name: string;
  /** `str` without. */
  datatype?: 'str' | 'int' | 'float' | 'bool' | 'datetime';
}

/** A list of a seed. */
export interface SeedList {
  name: string;
  /** As text where it is above 2^53. */
  id?: number | string;
  /** The local part of its address. */
  address?: string;
  isDeleted?: boolean;
}

/** A contact of a seed. */
export interface SeedContact {
  email: string;
  name?: string;
  /** As text where it is above 2^53. */
  id?: number | string;
  /** RFC 3339. */
  createdAt?: string;
  isExcludedFromCampaigns?: boolean;
  properties?: Readonly<Record<string, string | number | boolean | null>>;
  /** Names of the lists that it is on. */
  lists?: readonly (string | { name: string; isUnsubscribed?: boolean })[];
}

/** An address that may send, or `*@example.com` for all of a domain. */
export interface SeedSender {
  email: string;
  name?: string;
  /** `Active` without. */
  status?: 'Active' | 'Inactive';
  /** It sends where a mail names no sender. */
  isDefault?: boolean;
}

/** A request to get onto a list, as a form of a web page makes it. */
export interface SeedSignup {
  email: string;
  /** The list's name. */
  list: string;
  /** RFC 3339; now without. */
  signupAt?: string;
  signupIp?: string;
  /** RFC 3339; not confirmed without. */
  confirmAt?: string;
  confirmIp?: string;
  key?: string;
  /** `widget` without. */
  source?: string;
  sourceId?: number | string;
}

/** An address, or one with a display name. */
export type SeedMailbox = string | { email: string; name?: string };

/** A mail that was sent: it has come to what its address or a rule says. */
export interface SeedMail {
  from: SeedMailbox;
  to?: SeedMailbox | SeedMailbox[];
  cc?: SeedMailbox | SeedMailbox[];
  bcc?: SeedMailbox | SeedMailbox[];
  replyTo?: SeedMailbox;
  subject?: string;
  text?: string;
  html?: string;
  customId?: string;
  campaign?: string;
  headers?: Record<string, string>;
  /** When it was sent, RFC 3339 or milliseconds since 1970; now without. */
  at?: string | number;
}

/** A template, in the place of one of its name. */
export interface SeedTemplate {
  name: string;
  /** What code names as `TemplateID`. */
  id?: number | bigint | string;
  subject?: string;
  /** An address, with its name or without. */
  from?: string;
  replyTo?: string;
  html?: string;
  text?: string;
  /** It is kept and shown, not rendered. */
  mjml?: string | object;
  /** `en_US` without. */
  locale?: string;
}

/** A URL that events are posted to, in the place of one that is there for them. */
export interface SeedWebhook {
  url: string;
  /** All without. */
  events?: ('sent' | 'open' | 'click' | 'bounce' | 'blocked' | 'spam' | 'unsub')[];
  /** 1, an event a call, without; 2 groups those of a second in an array. */
  version?: 1 | 2;
  /** It takes over when the other one is dead. */
  isBackup?: boolean;
}

/** What an account is to hold. Seeding moves no date of activity, but by mails that arrive, and is no call in the journal. */
export interface SeedDocument {
  properties?: readonly SeedProperty[];
  lists?: readonly SeedList[];
  contacts?: readonly SeedContact[];
  senders?: readonly SeedSender[];
  signups?: readonly SeedSignup[];
  /** Rules that choose what becomes of messages. */
  outcomes?: readonly OutcomeRule[];
  templates?: readonly SeedTemplate[];
  mails?: readonly SeedMail[];
  /** URLs that events are posted to. */
  webhooks?: readonly SeedWebhook[];
}

/** Contacts as CSV text below the header `email,name,<property>...`, and the name of the list that they go into. */
export interface SeedCsv {
  csv: string;
  list?: string;
}

/** How many of each a seed named. */
export interface SeedCounts {
  properties: number;
  lists: number;
  contacts: number;
  subscriptions: number;
  senders: number;
  signups: number;
  outcomes: number;
  mails: number;
  templates: number;
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
