import { expect } from 'vitest';
import { message, send } from '../support/sending.ts';
import type { Cassette } from './cassettes.ts';

/** What stands for a value of its form: addresses, IDs, times. */
function masked(body: string): string {
  return body
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/\d{17,19}/g, 'MESSAGE')
    .replace(/"(\w*ID)" : [1-9]\d*/g, '"$1" : N')
    .replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, '"TIME"')
    .replace(/"EventAt" : \d{10}/, '"EventAt" : N')
    .replace(/"MessageSize" : \d+/, '"MessageSize" : N');
}

export const mailCassettes: Cassette[] = [
  {
    name: 'a mail is sent, found by its ID, and has a history',
    operations: ['send v3.1', 'message get', 'message list', 'messagehistory get'],
    async run({ call, get }) {
      const sent = await call('POST', '/v3.1/send', { body: send(message()) });
      expect(sent.status).toBe(200);
      expect(masked(sent.body)).toBe(
        masked(
          '{"Messages":[{"Status":"success","CustomID":"","To":[{"Email":"passenger@example.com","MessageUUID":"d690762c-dadc-40cb-aa4f-ac49d280eb5c","MessageID":1152921509561837015,"MessageHref":"https://api.mailjet.com/v3/REST/message/1152921509561837015"}],"Cc":[],"Bcc":[]}]}',
        ),
      );
      const [id] = /\d{17,19}/.exec(sent.body) ?? [];
      // of a campaign in the recording, without HTML and text in its flags
      const row = masked(
        '{ "Count" : 1, "Data" : [{ "ArrivedAt" : "2021-06-28T10:45:08Z", "AttachmentCount" : 0, "AttemptCount" : 0, "ContactAlt" : "", "ContactID" : 254509966, "Delay" : 0, "DestinationID" : 124879, "FilterTime" : 0, "ID" : 95420017985181303, "IsClickTracked" : true, "IsHTMLPartIncluded" : false, "IsOpenTracked" : true, "IsTextPartIncluded" : true, "IsUnsubTracked" : false, "MessageSize" : 18953, "SenderID" : 46935, "SpamassassinScore" : 0, "SpamassRules" : "", "StatePermanent" : false, "Status" : "sent", "Subject" : "", "UUID" : "606434fb-5cf2-4ee8-adaf-fd8dcf60890a" }], "Total" : 1 }',
      );
      expect(masked((await get(`message/${id}`)).body)).toBe(row);
      expect(masked((await get('message')).body)).toBe(row);
      expect(masked((await get(`messagehistory/${id}`)).body)).toBe(
        masked(
          '{ "Count" : 1, "Data" : [{ "Comment" : "", "EventAt" : 1603783745, "EventType" : "sent", "State" : "", "Useragent" : "", "UseragentID" : 0 }], "Total" : 1 }',
        ),
      );
      const unknown = await get('messagehistory/1');
      expect(unknown.body).toBe('{ "Count" : 0, "Data" : [], "Total" : 0 }');
    },
  },
  {
    name: 'a mail that was opened',
    operations: ['messagehistory get', 'messageinformation get', 'messageinformation list'],
    async run({ call, get }) {
      const body = send(message({ To: [{ Email: 'open@mockjet.test' }] }));
      const sent = await call('POST', '/v3.1/send', { body });
      const [id] = /\d{17,19}/.exec(sent.body) ?? [];
      const history = (await get(`messagehistory/${id}`)).body;
      expect(history.replace(/\d{10}/g, 'TIME').replace(/(?<="UseragentID" : )[1-9]\d*/, 'N')).toBe(
        '{ "Count" : 2, "Data" : [{ "Comment" : "", "EventAt" : TIME, "EventType" : "sent", "State" : "", "Useragent" : "", "UseragentID" : 0 }, { "Comment" : "", "EventAt" : TIME, "EventType" : "opened", "State" : "", "Useragent" : "", "UseragentID" : N }], "Total" : 2 }',
      );
      // production has Unix times in two of the counts, here they are counts
      const information = masked(
        '{ "Count" : 1, "Data" : [{ "CampaignID" : 0, "ClickTrackedCount" : 0, "ContactID" : 52501753, "CreatedAt" : "2020-04-29T19:34:45Z", "ID" : 576460756581154663, "MessageSize" : 365, "OpenTrackedCount" : 1, "QueuedCount" : 0, "SendEndAt" : "2020-04-29T19:34:45Z", "SentCount" : 1, "SpamAssassinRules" : { "ALT" : "", "ID" : -1 }, "SpamAssassinScore" : 0 }], "Total" : 1 }',
      ).replace(/"(\w*TrackedCount)" : \d/g, '"$1" : N');
      for (const path of [`messageinformation/${id}`, 'messageinformation'])
        expect(
          masked((await get(path)).body).replace(/"(\w*TrackedCount)" : \d/g, '"$1" : N'),
        ).toBe(information);
    },
  },
  {
    name: 'a message that never was',
    operations: ['message get'],
    async run({ get }) {
      const answer = await get('message/1152921509561837015');
      expect([answer.status, answer.reason, answer.body]).toEqual([
        404,
        'Object not found',
        '{ "ErrorInfo" : "", "ErrorMessage" : "Object not found", "StatusCode" : 404 }',
      ]);
    },
  },
  {
    name: 'a mail without content is refused',
    operations: ['send v3.1'],
    async run({ call }) {
      const body = send({ From: { Email: 'pilot@example.com' }, To: [{ Email: 'a@example.com' }] });
      const answer = await call('POST', '/v3.1/send', { body });
      expect([answer.status, masked(answer.body)]).toEqual([
        400,
        '{"Messages":[{"Status":"error","Errors":[{"ErrorIdentifier":"UUID","ErrorCode":"send-0003","StatusCode":400,"ErrorMessage":"At least \\"HTMLPart\\", \\"TextPart\\" or \\"TemplateID\\" must be provided.","ErrorRelatedTo":["TextPart","HTMLPart","TemplateID"]}]}]}',
      ]);
    },
  },
  {
    name: 'a mail is sent by /v3/send',
    operations: ['send v3'],
    async run({ call }) {
      const body = {
        FromEmail: 'pilot@example.com',
        To: 'passenger@example.com',
        'Text-part': 'Hi',
      };
      const answer = await call('POST', '/v3/send', { body });
      expect([answer.status, masked(answer.body)]).toEqual([
        200,
        masked(
          '{ "Sent" : [{ "Email" : "passenger@example.com", "MessageID" : 1152921509561800354, "MessageUUID" : "61e12930-5b61-4b44-b2aa-8d80a7302cdd" }] }\n',
        ),
      ]);
    },
  },
  {
    name: 'a reason for not arriving is read',
    operations: ['messagestate get', 'messagestate list'],
    async run({ get }) {
      expect((await get('messagestate/1')).body).toBe(
        '{ "Count" : 1, "Data" : [{ "ID" : 1, "RelatedTo" : "recipient", "State" : "user unknown" }], "Total" : 1 }',
      );
    },
  },
];
