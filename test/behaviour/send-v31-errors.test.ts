import { describe, expect, it, test } from 'vitest';
import type { JsonObject } from '../../src/lib/json.ts';
import { answerSend } from '../../src/sending/v31/answer-send.ts';
import { checkAccount } from '../../src/sending/v31/check-together.ts';
import type { SendChecks, TemplateFacts } from '../../src/sending/v31/send-checks.ts';
import { sendErrors } from '../../src/sending/v31/send-errors.ts';
import { anyAccount, message, passenger, pilot, send, sendV31 } from '../support/sending.ts';

/** The codes that a case of this file expects. */
const seen = new Set<string>();

/** An error as it stands in a body. */
function error(
  code: string,
  text: string,
  relatedTo: string[] | undefined,
  status = 400,
  n = 1,
): string {
  seen.add(code);
  const start = `{"ErrorIdentifier":"error-${n}","ErrorCode":"${code}","StatusCode":${status}`;
  const related = relatedTo === undefined ? '' : `,"ErrorRelatedTo":${JSON.stringify(relatedTo)}`;
  return `${start},"ErrorMessage":${JSON.stringify(text)}${related}}`;
}
const failed = (...errors: string[]) => `{"Status":"error","Errors":[${errors.join(',')}]}`;
const inMessage = (...errors: string[]) => `{"Messages":[${failed(...errors)}]}`;
const inGlobals = (...errors: string[]) => `{"Globals":${failed(...errors)}}`;

const mismatch = (type: string, path: string) =>
  error('mj-0004', `Type mismatch. Expected type "${type}".`, [path]);
const missing = (path: string, n = 1) =>
  error('mj-0003', 'Missing mandatory property.', [path], 400, n);
const emptyText = (path: string, n = 1) =>
  error('mj-0012', 'Empty string not allowed.', [path], 400, n);
const badAddress = (email: string, path: string) =>
  error('mj-0013', `"${email}" is an invalid email address.`, [path]);
const nullValue = (path: string, n = 1) =>
  error('send-0018', 'Property value cannot be null.', [path], 400, n);
const tooMany = (path: string) =>
  error('mj-0008', 'Array limit exceeded. Max Allowed item limit is 50.', [path]);
const noPart = error(
  'send-0003',
  'At least "HTMLPart", "TextPart" or "TemplateID" must be provided.',
  ['TextPart', 'HTMLPart', 'TemplateID'],
);
const malformed = error(
  'mj-0002',
  'Malformed JSON, please review the syntax and properties types.',
  undefined,
);
const tooManyRecipients = error(
  'send-0015',
  'Total number of recipients exceeded. Max allowed - 50.',
  ['To', 'Bcc', 'Cc'],
);
const headerRefused = (name: string) =>
  error(
    'send-0011',
    'Header cannot be customized using the "Headers" collection. Please use the dedicated property to set this header.',
    [`Headers["${name}"]`],
  );

const passengers = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ Email: `passenger${i}@example.com` }));
const pdf = { ContentType: 'application/pdf', Filename: 'plan.pdf', Base64Content: 'UERG' };
const without = (name: string) => {
  const { [name]: _, ...rest } = message() as Record<string, unknown>;
  return rest;
};

type Case = [name: string, body: unknown, answer: string];

describe('a call that fails as a whole', () => {
  it.each<Case>([
    ['empty body', '', malformed],
    ['broken JSON', '{"Messages":[', malformed],
    ['a raw line break in a text', '{"Messages":[{"Subject":"a\nb"}]}', malformed],
    ['a list at the root', [], malformed],
    ['a text at the root', '"hello"', malformed],
    ['no Messages', { InvalidField: true }, missing('Messages')],
    ['Message for Messages', { Message: [message()] }, missing('Messages')],
    ['a body for v3', { FromEmail: 'pilot@example.com', To: 'a@example.com' }, missing('Messages')],
    ['Messages null', { Messages: null }, missing('Messages')],
    ['Messages an object', { Messages: message() }, mismatch('Messages', 'Messages')],
    ['a message that is a text', { Messages: ['hello'] }, mismatch('Messages', 'Messages')],
    ['Globals a list', { Globals: [], ...send() }, mismatch('Globals', 'Globals')],
    ['SandboxMode a text', { SandboxMode: 'true', ...send() }, mismatch('boolean', 'SandboxMode')],
    ['SandboxMode null', { SandboxMode: null, ...send(message()) }, nullValue('SandboxMode')],
    ['From a text', send(message({ From: 'a@b.c' })), mismatch('emailIn', 'Messages.From')],
    [
      'TemplateErrorReporting a text',
      send(message({ TemplateErrorReporting: 'a@b.c' })),
      mismatch('emailIn', 'Messages.TemplateErrorReporting'),
    ],
    [
      'an address that is a text',
      send(message({ Cc: ['a@b.c'] })),
      mismatch('emailIn', 'Messages.Cc'),
    ],
    [
      'an Email that is a number',
      send(message({ To: [passenger, { Email: 5 }] })),
      mismatch('string', 'Messages.To.Email'),
    ],
    ['To an object', send(message({ To: passenger })), mismatch('To', 'Messages.To')],
    [
      'Attachments an object',
      send(message({ Attachments: pdf })),
      mismatch('Attachments', 'Messages.Attachments'),
    ],
    [
      'TemplateID a text',
      send(message({ TemplateID: '12345' })),
      mismatch('integer', 'Messages.TemplateID'),
    ],
    [
      'TemplateID a fraction',
      send(message({ TemplateID: 1.5 })),
      mismatch('integer', 'Messages.TemplateID'),
    ],
    [
      'TemplateID beyond 64 bits',
      '{"Messages":[{"TemplateID":9223372036854775808}]}',
      mismatch('integer', 'Messages.TemplateID'),
    ],
    ['Priority a text', send(message({ Priority: '2' })), mismatch('integer', 'Messages.Priority')],
    ['Subject a number', send(message({ Subject: 5 })), mismatch('string', 'Messages.Subject')],
    ['CustomID a number', send(message({ CustomID: 5 })), mismatch('string', 'Messages.CustomID')],
    [
      'TemplateLanguage a number',
      send(message({ TemplateLanguage: 1 })),
      mismatch('boolean', 'Messages.TemplateLanguage'),
    ],
    ['Headers a list', send(message({ Headers: [] })), mismatch('Headers', 'Messages.Headers')],
    [
      'a header that is a number',
      send(message({ Headers: { 'X-Foo': 1 } })),
      mismatch('string', 'Messages.Headers'),
    ],
    [
      'Variables a text',
      send(message({ Variables: 'x' })),
      mismatch('Variables', 'Messages.Variables'),
    ],
    [
      'a wrong type in Globals',
      { Globals: { From: 'a@b.c' }, ...send(message()) },
      mismatch('emailIn', 'Globals.From'),
    ],
    [
      'two wrong types: the first of the text',
      send(message({ Subject: 1 }), message({ From: 'a@b.c' })),
      mismatch('string', 'Messages.Subject'),
    ],
    [
      'a wrong type before a null, a bad address and no messages',
      { Globals: { From: null }, ...send({ To: null, Subject: 1 }) },
      mismatch('string', 'Messages.Subject'),
    ],
    [
      'base64 with a space',
      send(message({ Attachments: [{ ...pdf, Base64Content: 'UE RG' }] })),
      malformed,
    ],
    [
      'base64 without its padding',
      send(message({ Attachments: [{ ...pdf, Base64Content: 'UEQ' }] })),
      malformed,
    ],
    [
      'base64 of the URL alphabet',
      send(message({ InlinedAttachments: [{ ...pdf, Base64Content: 'UE_-' }] })),
      malformed,
    ],
    ['no message', send(), error('mj-0007', 'Empty array not allowed.', ['Messages'])],
    [
      '51 messages without recipients',
      send(...Array.from({ length: 51 }, () => ({}))),
      tooMany('Messages'),
    ],
    [
      'so many messages that the last, which is none, is not looked at',
      send(...Array.from({ length: 1001 }, (_, i) => (i < 1000 ? {} : 3))),
      tooMany('Messages'),
    ],
    [
      'so many recipients that the last, which is none, is not looked at',
      send(message({ To: [...passengers(1000), 3] })),
      tooManyRecipients,
    ],
    ['51 recipients of one message', send(message({ To: passengers(51) })), tooManyRecipients],
    [
      '51 messages of one recipient',
      send(...Array.from({ length: 51 }, () => message())),
      tooManyRecipients,
    ],
    [
      '51 recipients in To, Cc and Bcc',
      send(message({ To: passengers(17), Cc: passengers(17), Bcc: passengers(17) })),
      tooManyRecipients,
    ],
    [
      '51 recipients with those of Globals',
      { Globals: { Cc: passengers(2) }, ...send(...Array.from({ length: 17 }, () => message())) },
      tooManyRecipients,
    ],
    [
      'too many recipients before a bad address in Globals',
      { Globals: { ReplyTo: { Email: 'x' } }, ...send(message({ To: passengers(51) })) },
      tooManyRecipients,
    ],
  ])('%s', (_name, body, answer) => {
    expect(sendV31(body)).toMatchObject({ status: 400, body: answer, drafts: [] });
  });
});

describe('a message that fails', () => {
  it.each<Case>([
    ['no From', send(without('From')), missing('From')],
    ['no To', send(without('To')), missing('To')],
    [
      'an empty To',
      send(message({ To: [] })),
      error('mj-0007', 'Empty array not allowed.', ['To']),
    ],
    ['a recipient without Email', send(message({ To: [{ Name: 'Ann' }] })), missing('To[0].Email')],
    ['From without Email', send(message({ From: { Name: 'Ann' } })), missing('From.Email')],
    ['an empty Email', send(message({ From: { Email: '' } })), badAddress('', 'From.Email')],
    ['From null', send(message({ From: null })), nullValue('From')],
    [
      'a null Name',
      send(message({ ReplyTo: { Email: 'a@example.com', Name: null } })),
      nullValue('ReplyTo.Name'),
    ],
    ['a null among the recipients', send(message({ Cc: [passenger, null] })), nullValue('Cc[1]')],
    ['a null header', send(message({ Headers: { 'X-Foo': null } })), nullValue('Headers["X-Foo"]')],
    [
      'a null deep in Variables',
      send(message({ Variables: { order: { lines: [1, { sku: null }] } } })),
      nullValue('Variables.order.lines[1].sku'),
    ],
    ['a null message', { Messages: [null] }, nullValue('Messages[0]')],
    [
      'nulls alone, whatever else is wrong',
      send({ To: null, Cc: [{ Email: null }], From: { Email: 'x' } }),
      [nullValue('To'), nullValue('Cc[0].Email', 2)].join(','),
    ],
    [
      'a subject of 256 characters',
      send(message({ Subject: 'é'.repeat(256) })),
      error('mj-0006', 'Characters limit exceeded for the property. Max allowed - 255.', [
        'Subject',
      ]),
    ],
    [
      'URL tags of 257 characters',
      send(message({ URLTags: 'u'.repeat(257) })),
      error('mj-0006', 'Characters limit exceeded for the property. Max allowed - 256.', [
        'URLTags',
      ]),
    ],
    [
      'a Priority out of range',
      send(message({ Priority: 4 })),
      error('mj-0005', 'Value "4" is invalid. Allowed values are: 0, 1, 2, 3.', ['Priority']),
    ],
    [
      'an unknown TrackOpens',
      send(message({ TrackOpens: 'yes' })),
      error(
        'mj-0005',
        'Value "yes" is invalid. Allowed values are: account_default, disabled, enabled.',
        ['TrackOpens'],
      ),
    ],
    [
      'an unknown TrackClicks',
      send(message({ TrackClicks: 'Enabled' })),
      error(
        'mj-0005',
        'Value "Enabled" is invalid. Allowed values are: account_default, disabled, enabled.',
        ['TrackClicks'],
      ),
    ],
    [
      '51 attachments',
      send(message({ Attachments: Array.from({ length: 51 }, () => pdf) })),
      tooMany('Attachments'),
    ],
    [
      '51 variables',
      send(
        message({ Variables: Object.fromEntries(passengers(51).map(({ Email }) => [Email, 1])) }),
      ),
      tooMany('Variables'),
    ],
    [
      '51 headers',
      send(
        message({ Headers: Object.fromEntries(passengers(51).map(({ Email }) => [Email, 'x'])) }),
      ),
      tooMany('Headers'),
    ],
    [
      'an attachment without ContentType',
      send(message({ Attachments: [{ Filename: 'a', Base64Content: 'UERG' }] })),
      emptyText('Attachments[0].ContentType'),
    ],
    [
      'an attachment without anything',
      send(message({ Attachments: [pdf, {}] })),
      [
        emptyText('Attachments[1].ContentType'),
        emptyText('Attachments[1].Filename', 2),
        emptyText('Attachments[1].Base64Content', 3),
      ].join(','),
    ],
    [
      'an inline attachment with an empty name',
      send(message({ InlinedAttachments: [{ ...pdf, Filename: '' }] })),
      emptyText('InlinedAttachments[0].Filename'),
    ],
    ['no part', send(without('TextPart')), noPart],
    ['empty parts', send(message({ TextPart: '', HTMLPart: '' })), noPart],
    [
      'a message of nothing',
      send({}),
      [missing('From'), missing('To', 2), noPart.replace('error-1', 'error-3')].join(','),
    ],
    [
      'DeduplicateCampaign alone',
      send(message({ DeduplicateCampaign: true })),
      error('send-0012', '"DeduplicateCampaign" needs a "CustomCampaign".', [
        'CustomCampaign',
        'DeduplicateCampaign',
      ]),
    ],
    [
      'TemplateErrorDeliver without the language',
      send(message({ TemplateErrorDeliver: true })),
      error(
        'send-0016',
        '"TemplateErrorReporting" and "TemplateErrorDeliver" need "TemplateLanguage" set to true.',
        ['TemplateLanguage'],
      ),
    ],
    [
      'a dedicated header',
      send(message({ Headers: { 'X-MJ-EventPayload': 'x' } })),
      headerRefused('X-MJ-EventPayload'),
    ],
    [
      "a dedicated header in the caller's spelling",
      send(message({ Headers: { 'Message-ID': '<a@b>' } })),
      headerRefused('Message-ID'),
    ],
    [
      'Reply-To as a header',
      send(message({ Headers: { 'reply-to': 'a@example.com' } })),
      headerRefused('reply-to'),
    ],
  ])('%s', (_name, body, answer) => {
    expect(sendV31(body)).toMatchObject({ status: 400, body: inMessage(answer), drafts: [] });
  });

  it.each([
    ['passenger@example..com', 'To[0].Email', 'To'],
    ['passenger.example.com', 'Cc[0].Email', 'Cc'],
    ['some one.com', 'Bcc[0].Email', 'Bcc'],
    ['some one@example.com', 'To[0].Email', 'To'],
    ['invalid@123.4', 'To[0].Email', 'To'],
    ['ann@localhost', 'To[0].Email', 'To'],
    ['ann@', 'To[0].Email', 'To'],
    ['@example.com', 'To[0].Email', 'To'],
    ['Ann <ann@example.com>', 'To[0].Email', 'To'],
    ['ann@example.com,bob@example.com', 'To[0].Email', 'To'],
    ['ann@exam_ple.com', 'To[0].Email', 'To'],
    ['ann@-example.com', 'To[0].Email', 'To'],
    ['.ann@example.com', 'To[0].Email', 'To'],
    ['ann@[127.0.0.1]', 'To[0].Email', 'To'],
    ['ann@example.com\r\nBcc: eve@example.com', 'To[0].Email', 'To'],
  ])('the address %s in %s', (email, path, property) => {
    const { body } = sendV31(send(message({ [property]: [{ Email: email }] })));
    expect(body).toBe(
      inMessage(error('mj-0013', `"${email}" is an invalid email address.`, [path])),
    );
  });

  it.each([
    'ann+tag@example.com',
    'ann@sub.example.co.uk',
    "o'hara@example.com",
    '"ann.lee"@example.com',
    'ünïcode@exämple.de',
    'ann@xn--exmple-cua.com',
    'a@nobody-has-this-domain.example',
    'x1y2z3@lists.mailjet.com',
  ])('but not the address %s', (email) => {
    expect(sendV31(send(message({ To: [{ Email: email }] }))).status).toBe(200);
  });

  it.each([
    ['Sender', { Sender: { Email: 'x' } }, 'Sender.Email'],
    ['ReplyTo', { ReplyTo: { Email: 'x' } }, 'ReplyTo.Email'],
    ['From', { From: { Email: 'x' } }, 'From.Email'],
  ])('a bad address in %s', (_name, more, path) => {
    expect(sendV31(send(message(more))).body).toBe(inMessage(badAddress('x', path)));
  });
});

describe('Globals that fail', () => {
  it.each<Case>([
    [
      'an inline attachment without a name',
      { Globals: { InlinedAttachments: [{ ...pdf, Filename: '' }] }, ...send(message()) },
      emptyText('InlinedAttachments[0].Filename'),
    ],
    [
      'a bad address',
      { Globals: { Cc: [{ Email: 'x' }] }, ...send(message()) },
      badAddress('x', 'Cc[0].Email'),
    ],
    ['a null', { Globals: { From: { Name: null } }, ...send(message()) }, nullValue('From.Name')],
    [
      'a dedicated header',
      { Globals: { Headers: { to: 'x' } }, ...send(message()) },
      headerRefused('to'),
    ],
    [
      'before a message that fails too',
      { Globals: { Subject: 's'.repeat(256) }, ...send({}) },
      error('mj-0006', 'Characters limit exceeded for the property. Max allowed - 255.', [
        'Subject',
      ]),
    ],
  ])('%s', (_name, body, answer) => {
    expect(sendV31(body)).toMatchObject({ status: 400, body: inGlobals(answer), drafts: [] });
  });
});

describe('what the account refuses', () => {
  const none: Partial<SendChecks> = { isSender: () => false };
  const withFlag = (...messages: object[]) => ({
    AdvanceErrorHandling: true,
    ...send(...messages),
  });
  const notASender = error(
    'send-0008',
    '"pilot@example.com" is not an authorized sender email address for your account.',
    ['From'],
    403,
  );

  test('a sender that is not its own: 403', () => {
    expect(sendV31(withFlag(message()), none)).toMatchObject({
      status: 403,
      body: inMessage(notASender),
    });
  });

  test('the same without AdvanceErrorHandling: nothing is said', () => {
    expect(sendV31(send(message()), none)).toMatchObject({ status: 200 });
  });

  test('a message with 403 and one with 400: 400', () => {
    const { status } = sendV31(withFlag(message(), {}), none);
    expect(status).toBe(400);
  });

  test('Sender without the permission for it', () => {
    const body = withFlag(message({ Sender: pilot }));
    expect(sendV31(body, { maySetSender: () => false })).toMatchObject({
      status: 403,
      body: inMessage(
        error('send-0006', 'Your account has no permission to set a "Sender".', ['SenderID'], 403),
      ),
    });
  });

  test('Sender that is not validated', () => {
    const body = withFlag(message({ Sender: { Email: 'office@example.com' } }));
    const isSender = (email: string) => email !== 'office@example.com';
    expect(sendV31(body, { isSender })).toMatchObject({
      status: 403,
      body: inMessage(
        error(
          'send-0007',
          '"office@example.com" is not a validated sender of your account.',
          ['SenderID'],
          403,
        ),
      ),
    });
  });

  test('a monitoring category that is not defined', () => {
    const body = send(message({ MonitoringCategory: 'nights' }));
    expect(sendV31(body, { isMonitoringCategory: () => false }).body).toBe(
      inMessage(
        error('send-0013', 'Monitoring category "nights" is not defined for your account.', [
          'MonitoringCategory',
        ]),
      ),
    );
  });

  test('what is wrong by itself is told without asking', () => {
    expect(sendV31(withFlag(message({ ReplyTo: { Email: 'x' } })), none).body).toBe(
      inMessage(badAddress('x', 'ReplyTo.Email')),
    );
  });
});

describe('the language', () => {
  test.each([true, false])('TemplateLanguage %s is taken', (TemplateLanguage) => {
    const { status, drafts } = sendV31(send(message({ TemplateLanguage })));
    expect([status, drafts[0]?.templateLanguage]).toEqual([200, TemplateLanguage]);
  });
});

describe('what the account says of a template', () => {
  const facts = { hasFrom: true, from: 'pilot@example.com', hasHtml: true, wrongHeaders: [] };
  const template = { ...message(), TemplateID: 12345 };
  const { From: _, ...fromTemplate } = template;

  it.each<[string, JsonObject, TemplateFacts | undefined, string]>([
    [
      'there is none',
      template,
      undefined,
      error('send-0010', 'Template id "12345" doesn\'t exist for your account.', ['TemplateID']),
    ],
    [
      'it has HTML, and so has the message',
      { ...template, HTMLPart: '<p>' },
      facts,
      error('send-0004', '"HTMLPart" cannot be used with a template that has an HTML part.', [
        'HTMLPart',
        'TemplateID',
      ]),
    ],
    [
      'a header of it is an object',
      template,
      { ...facts, wrongHeaders: ['sender'] },
      error('send-0019', 'Wrong type for template header, expected type "string"', ['sender']),
    ],
    [
      'it sends from an address that is none of the account',
      fromTemplate,
      { ...facts, from: 'stranger@elsewhere.example' },
      error(
        'send-0008',
        '"stranger@elsewhere.example" is not an authorized sender email address for your account.',
        ['From'],
        403,
      ),
    ],
    ['neither names a sender', fromTemplate, { ...facts, hasFrom: false }, missing('From')],
  ])('%s', (_name, fields, known, expected) => {
    const isSender = (email: string) => !email.startsWith('stranger');
    const checks = { ...anyAccount, isSender, template: () => known };
    expect(answerSend([{ errors: checkAccount(fields, checks, true) }], () => 'error-1')).toEqual({
      status: expected.includes('403') ? 403 : 400,
      body: inMessage(expected),
    });
    expect(checkAccount(fields, checks, false)).toEqual([]);
  });
});

test('every error of the catalogue is in a case', () => {
  expect([...seen].sort()).toEqual(Object.keys(sendErrors).sort());
});
