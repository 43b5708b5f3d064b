import { message } from '../support/sending.ts';

/** What somebody sent, and what production answered to it. */
interface ReportedSend {
  name: string;
  path: '/v3.1/send' | '/v3/send';
  body: unknown;
  status: number;
  /** Where the answer is in the reason phrase. */
  reason?: string;
  /** With the IDs and GUIDs of the report, which stand for any. */
  answer: string;
}

const found = (Email: string, id: string) =>
  `{"Email":"${Email}","MessageUUID":"60fe9f5e-d7a1-460b-b0dc-53b0d021f1c8","MessageID":${id},"MessageHref":"https://api.mailjet.com/v3/REST/message/${id}"}`;
const success = (to: string, customId = '') =>
  `{"Status":"success","CustomID":"${customId}","To":[${to}],"Cc":[],"Bcc":[]}`;
const error = (code: string, text: string, ...relatedTo: string[]) =>
  `{"ErrorIdentifier":"5518f12b-351d-465d-87ad-4888f5f498e6","ErrorCode":"${code}","StatusCode":400,"ErrorMessage":${JSON.stringify(text)},"ErrorRelatedTo":${JSON.stringify(relatedTo)}}`;
const failed = (...errors: string[]) => `{"Status":"error","Errors":[${errors.join(',')}]}`;
const noPart = error(
  'send-0003',
  'At least "HTMLPart", "TextPart" or "TemplateID" must be provided.',
  'TextPart',
  'HTMLPart',
  'TemplateID',
);
const headerRefused = (name: string) =>
  error(
    'send-0011',
    'Header cannot be customized using the "Headers" collection. Please use the dedicated property to set this header.',
    `Headers["${name}"]`,
  );

const one = '576464555653964483';
const to = (Email: string) => ({ To: [{ Email }] });
const box = (name: string) => ({ Email: `${name}@example.com`, Name: 'x' });
const nameless = message();
const { TextPart: _, ...empty } = nameless;

const v31 = (name: string, status: number, body: object, answer: string): ReportedSend => ({
  name,
  path: '/v3.1/send',
  status,
  body,
  answer,
});

/** Public reports and captures of sends, as facts: what was sent in as few words as show it. */
export const reportedSends: ReportedSend[] = [
  v31(
    'the CustomID is echoed',
    200,
    { Messages: [message({ CustomID: 'developmentTest' })] },
    `{"Messages":[${success(found('passenger@example.com', one), 'developmentTest')}]}`,
  ),
  v31(
    'an address in To, Cc and Bcc is three entries',
    200,
    {
      Messages: [message({ To: [box('a')], Cc: [box('a'), box('b')], Bcc: [box('a'), box('c')] })],
    },
    `{"Messages":[{"Status":"success","CustomID":"","To":[${found('a@example.com', one)}],"Cc":[${found('a@example.com', one)},${found('b@example.com', one)}],"Bcc":[${found('a@example.com', one)},${found('c@example.com', one)}]}]}`,
  ),
  v31(
    'of two mails one is good',
    400,
    { Messages: [message(to('some@one.com')), empty] },
    `{"Messages":[${success(found('some@one.com', one))},${failed(noPart)}]}`,
  ),
  v31(
    'of two mails none is good',
    400,
    { Messages: [message(to('some one.com')), empty] },
    `{"Messages":[${failed(error('mj-0013', '"some one.com" is an invalid email address.', 'To[0].Email'))},${failed(noPart)}]}`,
  ),
  v31(
    'one recipient of two is no address',
    400,
    {
      Messages: [
        message({ To: [{ Email: 'passenger1@mailjet.com' }, { Email: 'passenger2mailjet.com' }] }),
      ],
    },
    `{"Messages":[${failed(error('mj-0013', '"passenger2mailjet.com" is an invalid email address.', 'To[1].Email'))}]}`,
  ),
  ...['X-MJ-EventPayload', 'Reply-To', 'Message-ID'].map((name) =>
    v31(
      `the header ${name} has a property of its own`,
      400,
      { Messages: [message({ Headers: { [name]: 'x' } })] },
      `{"Messages":[${failed(headerRefused(name))}]}`,
    ),
  ),
  v31(
    'an attachment without ContentType',
    400,
    { Messages: [message({ Attachments: [{ Filename: 'a.pdf', Base64Content: 'UERG' }] })] },
    `{"Messages":[${failed(error('mj-0012', 'Empty string not allowed.', 'Attachments[0].ContentType'))}]}`,
  ),
  v31(
    'an inline attachment of Globals without a name',
    400,
    {
      Globals: {
        InlinedAttachments: [{ ContentType: 'image/png', Filename: '', Base64Content: 'UERG' }],
      },
      Messages: [message()],
    },
    `{"Globals":${failed(error('mj-0012', 'Empty string not allowed.', 'InlinedAttachments[0].Filename'))}}`,
  ),
  v31(
    'From is a text',
    400,
    { Messages: [message({ From: 'pilot@example.com' })] },
    error('mj-0004', 'Type mismatch. Expected type "emailIn".', 'Messages.From'),
  ),
  v31(
    'TemplateErrorReporting is a text',
    400,
    { Messages: [message({ TemplateErrorReporting: 'pilot@example.com' })] },
    error('mj-0004', 'Type mismatch. Expected type "emailIn".', 'Messages.TemplateErrorReporting'),
  ),
  v31(
    'Attachments is an object',
    400,
    { Messages: [message({ Attachments: { Filename: 'a.pdf' } })] },
    error('mj-0004', 'Type mismatch. Expected type "Attachments".', 'Messages.Attachments'),
  ),
  v31(
    'Messages is an object',
    400,
    { Messages: message() },
    // in 2018 it came in a list together with mj-0003; flat errors are reported since
    error('mj-0004', 'Type mismatch. Expected type "Messages".', 'Messages'),
  ),
  v31(
    'a null in ReplyTo',
    400,
    { Messages: [message({ ReplyTo: { Email: 'a@example.com', Name: null } })] },
    `{"Messages":[${failed(error('send-0018', 'Property value cannot be null.', 'ReplyTo.Name'))}]}`,
  ),
  v31(
    '51 mails of one recipient each',
    400,
    { Messages: Array.from({ length: 51 }, () => message()) },
    error('send-0015', 'Total number of recipients exceeded. Max allowed - 50.', 'To', 'Bcc', 'Cc'),
  ),
  {
    name: '/v3/send answers in the old form',
    path: '/v3/send',
    body: {
      FromEmail: 'pilot@example.com',
      Recipients: [{ Email: 'passenger@mailjet.com' }],
      'Text-part': 'x',
    },
    status: 200,
    answer: `{ "Sent" : [{ "Email" : "passenger@mailjet.com", "MessageID" : ${one}, "MessageUUID" : "d52141ae-da5f-45bc-a1bc-29a87b04be41" }] }\n`,
  },
  {
    name: '/v3/send without a sender',
    path: '/v3/send',
    body: {
      FromName: 'Your Mailjet Pilot',
      Recipients: [{ Email: 'passenger@example.com', Name: 'Passenger 1' }],
      Subject: 'Your email flight plan!',
      'Text-part': 'x',
      'Html-part': 'x',
    },
    status: 400,
    reason: 'At least FromEmail or Sender must be provided',
    answer: '',
  },
  {
    name: '/v3/send with the recipients of v3.1',
    path: '/v3/send',
    body: { FromEmail: 'pilot@example.com', To: [{ Email: 'a@example.com' }], 'Text-part': 'x' },
    status: 400,
    reason: 'At least 1 "to" value required',
    answer: '',
  },
  {
    name: '/v3/send with a null among the Vars',
    path: '/v3/send',
    body: {
      FromEmail: 'pilot@example.com',
      Recipients: [{ Email: 'a@example.com', Vars: { day: null } }],
      'Text-part': 'x',
    },
    status: 500,
    reason: 'Cannot convert data from Null value',
    answer: '',
  },
];
