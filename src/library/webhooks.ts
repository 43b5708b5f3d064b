import type { Duration } from './clock.ts';
import type { ControlClient } from './control-client.ts';
import {
  parseEvents,
  type ReceiverOptions,
  startReceiver,
  type WebhookReceiver,
} from './receiver.ts';
import type { SeedWebhook } from './seed.ts';

/** The events that Mailjet posts, by its names. */
export type WebhookEventName = NonNullable<SeedWebhook['events']>[number];

/** An event as it is posted. `MessageID` is rounded where it is above 2^53, as by every `JSON.parse`: `Message_GUID` is exact. */
export interface WebhookEvent {
  event: WebhookEventName;
  /** Seconds since 1970. */
  time: number;
  MessageID: number;
  Message_GUID?: string;
  email: string;
  CustomID?: string;
  Payload?: string;
  [key: string]: unknown;
}

/** One post of an event, or of a group of them. */
export interface WebhookDelivery {
  id: string;
  /** With *** for credentials. */
  url: string;
  /** What is posted, JSON. */
  body: string;
  state: 'waiting' | 'done' | 'failed';
  tries: number;
  /** '' before the first try, `200` once it was taken, else what came instead. */
  answer: string;
  /** RFC 3339; null where it is not tried again. */
  at: string;
  nextTryAt: string | null;
}

/** Which posts are meant. */
export interface DeliveryQuery {
  event?: WebhookEventName;
  state?: WebhookDelivery['state'];
  /** 100 without. */
  limit?: number;
}

/** How many posts were taken, wait, and failed for good. */
export interface DeliveryCounts {
  done: number;
  waiting: number;
  failed: number;
}

/** The posts of an account's events to the URLs of its application. */
export interface Webhooks {
  /** The posts that match, newest first. */
  deliveries(query?: DeliveryQuery): Promise<WebhookDelivery[]>;
  /**
   * Waits until `count` events (1 without) were posted and taken, at most `within` (5 s without, 60 s at most).
   * @returns those of that name, the oldest first
   * @throws MockjetError 408 that says what became of the posts
   */
  wait(query?: {
    event?: WebhookEventName;
    count?: number;
    within?: Duration;
  }): Promise<WebhookEvent[]>;
  /** Posts all that waits now, whatever its time, and waits until it was tried. */
  flush(): Promise<DeliveryCounts>;
  /** Posts once more. @throws MockjetError 404 when there is none with this id */
  replay(id: string): Promise<void>;
  /** Makes the next posts fail, without a receiver being asked. */
  failNext(count?: number): Promise<void>;
  /** Removes all posts; those that wait are never posted. Tells how many. */
  clear(): Promise<number>;
  /**
   * Receives events in this process: a server on a port of its own that the account posts to from now on.
   * @param handler is told of each event; where it throws, the answer is 500 and Mockjet tries again
   */
  receive(
    handler?: (event: WebhookEvent) => unknown,
    options?: ReceiverOptions,
  ): Promise<WebhookReceiver>;
}

/** @param control with the account's credentials */
export function createWebhooks({ call }: ControlClient): Webhooks {
  const list = async (query: Record<string, string | number | undefined>) =>
    (await call<{ deliveries: WebhookDelivery[] }>('GET', '/deliveries', { query })).deliveries;
  return {
    deliveries: (query = {}) => list({ ...query }),
    async wait({ event, count = 1, within = '5s' } = {}) {
      const limit = 10_000;
      const found = await list({ event, count, limit, state: 'done', wait: within });
      return found
        .reverse()
        .flatMap(({ body }) => parseEvents(body))
        .filter((each) => event === undefined || each.event === event);
    },
    flush: () => call('POST', '/deliveries/flush', { json: {} }),
    async replay(id) {
      await call('POST', `/deliveries/${encodeURIComponent(id)}/replay`, { json: {} });
    },
    async failNext(count = 1) {
      await call('POST', '/deliveries/fail', { json: { count } });
    },
    async clear() {
      return (await call<{ deleted: number }>('DELETE', '/deliveries')).deleted;
    },
    async receive(handler, { events, version, ...options } = {}) {
      const receiver = await startReceiver(handler, options);
      const webhook = { url: receiver.url, ...(events && { events }), ...(version && { version }) };
      await call('POST', '/seed', { json: { webhooks: [webhook] } });
      return receiver;
    },
  };
}
