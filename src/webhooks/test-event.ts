import type { JsonObject } from '../lib/json.ts';

/** The two forms of test events that were recorded, by their year. */
export type TestEventForm = '2025' | '2022';

const reader = { ip: '', geo: '', agent: '' };

/** recorded in 2022: every key of an event's own, and none has a value, be it a truth or a number */
const ownKeys2022: Readonly<Record<string, JsonObject>> = {
  sent: { mj_message_id: '', smtp_reply: '' },
  open: reader,
  click: { url: '', ...reader },
  bounce: { blocked: '', hard_bounce: '', error_related_to: '', error: '' },
  spam: { source: '' },
  blocked: { error_related_to: '', error: '' },
  unsub: { mj_list_id: '', ...reader },
};

/** recorded in 2025: `spam` has its key, `blocked` has none of its two; the others are assumed to be as of 2022 */
const ownKeys2025: Readonly<Record<string, JsonObject>> = { ...ownKeys2022, blocked: {} };

/**
 * What `test` posts: an event of no message. That of 2025 has an empty GUID, and neither CustomID nor Payload; that of
 * 2022 has no GUID, and both behind `customcampaign`, but at the end of `sent`.
 * @param time seconds since 1970
 */
export function testEvent(event: string, time: number, form: TestEventForm): JsonObject {
  const custom = { CustomID: '', Payload: '' };
  const is2022 = form === '2022';
  return {
    event,
    time,
    MessageID: 0,
    ...(is2022 ? {} : { Message_GUID: '' }),
    email: '',
    mj_campaign_id: 0,
    mj_contact_id: 0,
    customcampaign: '',
    ...(is2022 && event !== 'sent' ? custom : {}),
    ...(is2022 ? ownKeys2022 : ownKeys2025)[event],
    ...(is2022 && event === 'sent' ? custom : {}),
  };
}
