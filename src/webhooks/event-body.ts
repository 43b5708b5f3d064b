import { createHash } from 'node:crypto';
import type { JsonObject } from '../lib/json.ts';

/** An event with what its message and mail say. */
export interface ToldEvent {
  ID: bigint;
  /** As messagehistory names it, or `deferred`. */
  EventType: string;
  /** Seconds since 1970. */
  EventAt: bigint;
  messageID: bigint;
  UUID: string;
  email: string;
  CampaignID: bigint;
  ContactID: bigint;
  /** These three are null where they are too long to be told. */
  customCampaign: string | null;
  CustomID: string | null;
  EventPayload: string | null;
  isPermanent: bigint;
  /** Of the reason, as `messagestate` has it; '' where there is none. */
  RelatedTo: string;
  State: string;
  Comment: string;
  Useragent: string;
  url: string;
  ip: string;
  geo: string;
  source: string;
  ListID: bigint;
}

/** What a webhook calls an event, by messagehistory's word for it. */
export const webhookNames: Readonly<Record<string, string>> = {
  sent: 'sent',
  opened: 'open',
  clicked: 'click',
  bounced: 'bounce',
  deferred: 'bounce', // reported: one of a greylisted message is no hard one
  blocked: 'blocked',
  spam: 'spam',
  unsub: 'unsub',
};

const reader = ({ ip, geo, Useragent }: ToldEvent) => ({ ip, geo, agent: Useragent });
const reason = ({ RelatedTo, State }: ToldEvent) => ({ error_related_to: RelatedTo, error: State });

/** The keys of each event's own, in the order as received. */
const ownKeys: Readonly<Record<string, (event: ToldEvent) => JsonObject>> = {
  sent: (event) => ({ mj_message_id: `${event.messageID}`, smtp_reply: replyTo(event) }),
  open: reader,
  click: (event) => ({ url: event.url, ...reader(event) }),
  bounce: (event) => ({
    // assumed: whom a hard bounce keeps from getting more; recorded true together with it
    blocked: event.isPermanent === 1n,
    hard_bounce: event.isPermanent === 1n,
    ...reason(event),
    comment: event.Comment,
  }),
  blocked: reason,
  spam: ({ source }) => ({ source }),
  unsub: (event) => ({ mj_list_id: event.ListID, ...reader(event) }),
};

/** recorded: its form; here the words after the time are made of the message's ID */
function replyTo({ Comment, EventAt, messageID }: ToldEvent): string {
  if (Comment !== '') return Comment;
  const queue = createHash('sha1').update(`${messageID}`).digest('hex');
  return `sent (250 2.0.0 OK ${EventAt} ${queue.slice(0, 15)}.${queue.charCodeAt(0)} - gsmtp)`;
}

/**
 * An event as it is posted: every key in the order in which they were received in 2020 and 2022, CustomID and Payload last
 * (the guide has them before the event's own).
 */
export function eventBody(event: ToldEvent): JsonObject {
  const name = webhookNames[event.EventType] ?? event.EventType;
  return {
    event: name,
    time: event.EventAt,
    MessageID: event.messageID,
    Message_GUID: event.UUID,
    email: event.email,
    mj_campaign_id: event.CampaignID,
    mj_contact_id: event.ContactID,
    customcampaign: event.customCampaign,
    ...ownKeys[name]?.(event),
    CustomID: event.CustomID,
    Payload: event.EventPayload,
  };
}
