import { expect, it } from 'vitest';
import { writeJson } from '../lib/json.ts';
import { eventBody, type ToldEvent } from './event-body.ts';
import { testEvent } from './test-event.ts';

const event: ToldEvent = {
  ID: 1n,
  EventType: 'sent',
  EventAt: 1608627857n,
  messageID: 1152921509561837015n,
  UUID: 'f10df517-1959-46e1-926e-6cd967bad55b',
  email: 'ann@example.com',
  CampaignID: 0n,
  ContactID: 254509966n,
  customCampaign: '',
  CustomID: 'order-7',
  EventPayload: '{"total":7}',
  isPermanent: 0n,
  RelatedTo: '',
  State: '',
  Comment: '',
  Useragent: '',
  url: '',
  ip: '',
  geo: '',
  source: '',
  ListID: 0n,
};
const reader = { ip: '66.249.93.36', geo: 'EU', Useragent: 'Mozilla/5.0' };
const head = (name: string) =>
  `{"event":"${name}","time":1608627857,"MessageID":1152921509561837015,"Message_GUID":"f10df517-1959-46e1-926e-6cd967bad55b","email":"ann@example.com","mj_campaign_id":0,"mj_contact_id":254509966,"customcampaign":"",`;
const tail = '"CustomID":"order-7","Payload":"{\\"total\\":7}"}';

it.each<[what: string, more: Partial<ToldEvent>, name: string, own: string]>([
  [
    'sent',
    { Comment: 'sent (250 2.0.0 OK 1496823341 f85si1543883wmh.76 - gsmtp)' },
    'sent',
    '"mj_message_id":"1152921509561837015","smtp_reply":"sent (250 2.0.0 OK 1496823341 f85si1543883wmh.76 - gsmtp)",',
  ],
  [
    'opened',
    { EventType: 'opened', ...reader },
    'open',
    '"ip":"66.249.93.36","geo":"EU","agent":"Mozilla/5.0",',
  ],
  [
    'clicked',
    { EventType: 'clicked', ...reader, url: 'https://shop.example/?a=1&b=2' },
    'click',
    '"url":"https://shop.example/?a=1&b=2","ip":"66.249.93.36","geo":"EU","agent":"Mozilla/5.0",',
  ],
  [
    'bounced for good',
    { EventType: 'bounced', isPermanent: 1n, RelatedTo: 'domain', State: 'invalid domain' },
    'bounce',
    '"blocked":true,"hard_bounce":true,"error_related_to":"domain","error":"invalid domain","comment":"",',
  ],
  [
    'put off',
    { EventType: 'deferred', RelatedTo: 'domain', State: 'greylisted', Comment: '451 Try later' },
    'bounce',
    '"blocked":false,"hard_bounce":false,"error_related_to":"domain","error":"greylisted","comment":"451 Try later",',
  ],
  [
    'blocked',
    { EventType: 'blocked', RelatedTo: 'mailjet', State: 'preblocked' },
    'blocked',
    '"error_related_to":"mailjet","error":"preblocked",',
  ],
  ['spam', { EventType: 'spam', source: 'JMRPP' }, 'spam', '"source":"JMRPP",'],
  [
    'unsubscribed by the header',
    { EventType: 'unsub', Useragent: 'List-Unsubscribe' },
    'unsub',
    '"mj_list_id":0,"ip":"","geo":"","agent":"List-Unsubscribe",',
  ],
])('%s', (_what, more, name, own) => {
  expect(writeJson(eventBody({ ...event, ...more }))).toBe(`${head(name)}${own}${tail}`);
});

it('a campaign, and IDs beyond 2^32, are told as they are', () => {
  const body = eventBody({
    ...event,
    EventType: 'unsub',
    CampaignID: 5553978046n,
    customCampaign: 'mj.nl=3981828',
    ListID: 1716755n,
    CustomID: '',
    EventPayload: '',
  });
  expect(body).toMatchObject({
    mj_campaign_id: 5553978046n,
    customcampaign: 'mj.nl=3981828',
    mj_list_id: 1716755n,
    CustomID: '',
    Payload: '',
  });
});

it('a reply to a message that was sent has the form of a real one', () => {
  expect(eventBody(event).smtp_reply).toMatch(
    /^sent \(250 2\.0\.0 OK 1608627857 [0-9a-f]{15}\.\d+ - gsmtp\)$/,
  );
});

it.each<[name: string, form: '2025' | '2022', text: string]>([
  // recorded in 2025, there with their keys sorted
  [
    'spam',
    '2025',
    '{"event":"spam","time":7,"MessageID":0,"Message_GUID":"","email":"","mj_campaign_id":0,"mj_contact_id":0,"customcampaign":"","source":""}',
  ],
  [
    'blocked',
    '2025',
    '{"event":"blocked","time":7,"MessageID":0,"Message_GUID":"","email":"","mj_campaign_id":0,"mj_contact_id":0,"customcampaign":""}',
  ],
  // recorded in 2022
  [
    'sent',
    '2022',
    '{"event":"sent","time":7,"MessageID":0,"email":"","mj_campaign_id":0,"mj_contact_id":0,"customcampaign":"","mj_message_id":"","smtp_reply":"","CustomID":"","Payload":""}',
  ],
  [
    'click',
    '2022',
    '{"event":"click","time":7,"MessageID":0,"email":"","mj_campaign_id":0,"mj_contact_id":0,"customcampaign":"","CustomID":"","Payload":"","url":"","ip":"","geo":"","agent":""}',
  ],
  [
    'bounce',
    '2022',
    '{"event":"bounce","time":7,"MessageID":0,"email":"","mj_campaign_id":0,"mj_contact_id":0,"customcampaign":"","CustomID":"","Payload":"","blocked":"","hard_bounce":"","error_related_to":"","error":""}',
  ],
  [
    'unsub',
    '2022',
    '{"event":"unsub","time":7,"MessageID":0,"email":"","mj_campaign_id":0,"mj_contact_id":0,"customcampaign":"","CustomID":"","Payload":"","mj_list_id":"","ip":"","geo":"","agent":""}',
  ],
])('the test event %s of %s', (name, form, text) => {
  expect(writeJson(testEvent(name, 7, form))).toBe(text);
});
