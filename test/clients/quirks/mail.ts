import { json, type Quirk, type Step } from './quirk.ts';

const row = (client: string, does: string, step: Step, ...after: Step[]): Quirk => ({
  client,
  does,
  ...step,
  after,
});

/** Sending, and what is not built: a 501 in the words of each back end, whatever the body is. */
export const mail: Quirk[] = [
  row('Symfony 5.4', 'sends mail', {
    send: 'POST /v3.1/send',
    headers: [json],
    body: '{"SandBoxMode":false,"Messages":[{"From":{"Email":"shop@example.com","Name":""},"To":[{"Email":"a@example.com","Name":""}],"HTMLPart":"<p>","InlinedAttachments":[]}]}',
    status: '200 OK',
    has: ['"Status":"success"', '"Email":"a@example.com"'],
  }),
  row('django-anymail 9.0', 'sends mail', {
    send: 'POST /v3.1/send',
    headers: [json],
    body: '{"Globals":{"From":{"Email":"shop@example.com"},"HTMLPart":"<p>"},"Messages":[{"To":[{"Email":"a@example.com"}]}]}',
    status: '200 OK',
    has: ['"Status":"success"', '"Email":"a@example.com"'],
  }),
  row('mailjet-rest 1.8', 'sends no mail', {
    send: 'POST /v3.1/send',
    headers: [json],
    body: '{"Messages":[],"SandboxMode":true,"AdvanceErrorHandling":true}',
    status: '400 Bad Request',
    has: ['"ErrorRelatedTo":["Messages"]'],
  }),
  row(
    'mailjet-apiv3-php-simple',
    'multipart to /v3/send/message',
    {
      send: 'POST /v3/send/message',
      headers: ['Content-Type: multipart/form-data; boundary=xx'],
      body: '--xx\r\nContent-Disposition: form-data; name="from"\r\n\r\nshop@example.com\r\n--xx\r\nContent-Disposition: form-data; name="to"\r\n\r\na@example.com\r\n--xx--\r\n',
      status: '200 OK',
      has: ['{ "Sent" : [{ "Email" : "a@example.com", "MessageID" : '],
    },
    { send: 'GET /v3/REST/contact/{contact}', status: '200 OK' },
  ),
  row(
    'mailjet-rest 1.8',
    'multipart to /v1/data/images',
    {
      send: 'POST /v1/data/images',
      headers: ['Content-Type: multipart/form-data; boundary=xx'],
      body: '--xx\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n\x89PNG\r\n--xx--\r\n',
      status: '501 Not Implemented',
    },
    { send: 'GET /v3/REST/contact/{contact}', status: '200 OK' },
  ),
  row('n8n 2.41', 'isBackup as a string', {
    send: 'POST /v3/rest/eventcallbackurl',
    headers: [json],
    body: '{"EventType":"open","Url":"https://example.com","isBackup":"false"}',
    status: '201 Created',
    has: ['"EventType" : "open"', '"IsBackup" : false'],
  }),
];
