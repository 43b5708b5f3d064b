import { json, type Quirk, type Step } from './quirk.ts';

const row = (client: string, does: string, step: Step, ...after: Step[]): Quirk => ({
  client,
  does,
  ...step,
  after,
});
const notBuilt = (path: string, what: string, body: string): Step => ({
  send: `POST /${path}`,
  headers: [json],
  body,
  status: path.startsWith('v3/')
    ? `501 Mockjet does not implement ${what} yet`
    : '501 Not Implemented',
  has: [`Mockjet does not implement ${what} yet`],
});

/** Sending and the like, which is not built: a 501 in the words of each back end, whatever the body is. */
export const mail: Quirk[] = [
  ...[
    [
      'Symfony 5.4',
      '{"Messages":[{"To":[{"Email":"a@example.com","Name":""}],"HTMLPart":"<p>","InlinedAttachments":[]}]}',
    ],
    [
      'django-anymail 9.0',
      '{"Globals":{"HTMLPart":"<p>"},"Messages":[{"To":[{"Email":"a@example.com"}]}]}',
    ],
    ['mailjet-rest 1.8', '{"Messages":[],"SandboxMode":true,"AdvanceErrorHandling":true}'],
  ].map(([client = '', body = '']) =>
    row(client, 'sends mail', notBuilt('v3.1/send', 'POST /v3.1/send', body)),
  ),
  row(
    'mailjet-apiv3-php-simple',
    'multipart to /v3/send/message',
    {
      send: 'POST /v3/send/message',
      headers: ['Content-Type: multipart/form-data; boundary=xx'],
      body: '--xx\r\nContent-Disposition: form-data; name="to"\r\n\r\na@example.com\r\n--xx--\r\n',
      status: '501 Mockjet does not implement sending mail yet',
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
  row(
    'n8n 2.41',
    'isBackup as a string',
    notBuilt(
      'v3/rest/eventcallbackurl',
      'the resource eventcallbackurl',
      '{"EventType":"open","Url":"https://example.com","isBackup":"false"}',
    ),
  ),
];
