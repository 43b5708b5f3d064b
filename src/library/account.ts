import { type AccountClock, createAccountClock } from './clock.ts';
import {
  type ContactLists,
  type ContactProperties,
  type Contacts,
  createContactLists,
  createContactProperties,
  createContacts,
} from './contacts.ts';
import { type Credentials, createControlClient, type Send } from './control-client.ts';
import { createFaultsClient, createRateLimits, type Faults, type RateLimits } from './faults.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createMails, type Mails } from './mails.ts';
import { createOutcomes, type Outcomes } from './outcomes.ts';
import { createRequests, type Requests } from './requests.ts';
import { type SeedCounts, type SeedCsv, type SeedDocument, seedAccount } from './seed.ts';
import { createSegments, type Segments } from './segments.ts';
import { createSnapshots, type Snapshots } from './snapshots.ts';
import { createTemplates, type Templates } from './templates.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';

/** One account: what its API key owns, apart from every other account of the server. */
export interface MockjetAccount {
  /** The public key, Mailjet's `MJ_APIKEY_PUBLIC`. */
  readonly apiKey: string;
  /** The private key, Mailjet's `MJ_APIKEY_PRIVATE`. */
  readonly secretKey: string;
  /** Origin of the server, e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Variables that lead an application to this account: the keys, `MOCKJET_URL`, and the server as proxy. */
  readonly env: Readonly<Record<string, string>>;
  /** Makes the account new: data, IDs, clock, jobs, faults, rate limit and journal. */
  reset(): Promise<void>;
  /** Keeps the account as it is under a name. */
  snapshot(name: string): Promise<void>;
  /** Makes the account what it was. @throws MockjetError 404 when there is no snapshot of this name */
  restore(name: string): Promise<void>;
  readonly snapshots: Snapshots;
  /** Adds properties, lists and contacts. @throws MockjetError 400 that says what is wrong with the document */
  seed(document: SeedDocument | SeedCsv): Promise<SeedCounts>;
  readonly contacts: Contacts;
  readonly lists: ContactLists;
  readonly properties: ContactProperties;
  readonly clock: AccountClock;
  readonly jobs: Jobs;
  readonly mails: Mails;
  readonly outcomes: Outcomes;
  readonly faults: Faults;
  readonly rateLimit: RateLimits;
  readonly requests: Requests;
  readonly segments: Segments;
  readonly webhooks: Webhooks;
  readonly templates: Templates;
  /** Removes the account with all it holds. */
  remove(): Promise<void>;
}

/**
 * An account as an object; every method is a call of the control API.
 * @param send carries the calls
 */
export function accountClient(
  send: Send,
  keys: { apiKey: string; secretKey: string },
  url: string,
  { token, words }: Pick<Credentials, 'token' | 'words'> = {},
): MockjetAccount {
  const control = createControlClient(send, { keys, token, words });
  const snapshots = createSnapshots(control);
  return {
    apiKey: keys.apiKey,
    secretKey: keys.secretKey,
    url,
    env: environmentOf(keys, url),
    async reset() {
      await control.call('POST', '/reset', { json: {} });
    },
    snapshot: snapshots.save,
    restore: snapshots.restore,
    snapshots,
    seed: (document) => seedAccount(control, document),
    contacts: createContacts(control),
    lists: createContactLists(control),
    properties: createContactProperties(control),
    clock: createAccountClock(control),
    jobs: createJobs(control),
    mails: createMails(control),
    outcomes: createOutcomes(control),
    faults: createFaultsClient(control),
    rateLimit: createRateLimits(control),
    requests: createRequests(control),
    segments: createSegments(control),
    webhooks: createWebhooks(control),
    templates: createTemplates(control),
    async remove() {
      await control.call('DELETE', '/account');
    },
  };
}

/** What the official clients and most proxies-aware HTTP clients read. */
function environmentOf({ apiKey, secretKey }: { apiKey: string; secretKey: string }, url: string) {
  const direct = 'localhost,127.0.0.1,::1';
  return {
    MJ_APIKEY_PUBLIC: apiKey,
    MJ_APIKEY_PRIVATE: secretKey,
    MOCKJET_URL: url,
    HTTPS_PROXY: url,
    https_proxy: url,
    NO_PROXY: direct,
    no_proxy: direct,
  };
}
