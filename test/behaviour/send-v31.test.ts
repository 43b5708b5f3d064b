import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { anyJson, asJson, seed, times } from '../support/fuzz.ts';
import { firstId, message, passenger, pilot, send, sendV31 } from '../support/sending.ts';

const only = (body: unknown) => {
  const { drafts } = sendV31(body);
  expect(drafts).toHaveLength(1);
  return drafts[0] ?? expect.fail('no draft');
};
const codes = (body: unknown) => only(body).warnings.map(({ code }) => code);
const pdf = { ContentType: 'application/pdf', Filename: 'plan.pdf', Base64Content: 'UERG' };

describe('the answer', () => {
  test('to one message, to the byte', () => {
    expect(sendV31(send(message({ CustomID: 'developmentTest' })))).toMatchObject({
      status: 200,
      body: `{"Messages":[{"Status":"success","CustomID":"developmentTest","To":[{"Email":"passenger@example.com","MessageUUID":"uuid-1","MessageID":${firstId},"MessageHref":"https://api.mailjet.com/v3/REST/message/${firstId}"}],"Cc":[],"Bcc":[]}]}`,
    });
  });

  test('has an ID for each recipient, rising through To, Cc and Bcc', () => {
    const a = { Email: 'a@example.com' };
    const b = { Email: 'b@example.com' };
    const { body } = sendV31(send(message({ Bcc: [a, b], Cc: [a, b], To: [a] }), message()));
    const ids = [...body.matchAll(/"MessageID":(\d+)/g)].map(([, id]) => BigInt(id ?? 0) - firstId);
    expect(ids).toEqual([0n, 1n, 2n, 3n, 4n, 5n]);
    expect(body).toContain('"CustomID":""');
  });

  test('in the sandbox has neither IDs nor UUIDs', () => {
    expect(sendV31({ SandboxMode: true, ...send(message()) })).toMatchObject({
      status: 200,
      body: '{"Messages":[{"Status":"success","CustomID":"","To":[{"Email":"passenger@example.com","MessageUUID":"","MessageID":0,"MessageHref":"https://api.mailjet.com/v3/message/0"}],"Cc":[],"Bcc":[]}]}',
      drafts: [{ sandbox: true }],
    });
  });

  test('to a mixed batch is 400 with both kinds of entry, and the good ones are sent', () => {
    const { status, body, drafts } = sendV31(
      send({}, message(), message({ To: [{ Email: 'x' }] })),
    );
    expect(status).toBe(400);
    expect(body.match(/"Status":"\w+"/g)).toEqual([
      '"Status":"error"',
      '"Status":"success"',
      '"Status":"error"',
    ]);
    expect(drafts).toHaveLength(1);
  });
});

describe('a draft', () => {
  test('holds all that a message says', () => {
    const draft = only(
      send({
        From: pilot,
        Sender: { Email: 'office@example.com' },
        To: [{ Email: 'ann@example.com', Name: 'Ann' }],
        Cc: [passenger],
        Bcc: [passenger],
        ReplyTo: { Email: 'desk@example.com', Name: '' },
        Subject: 'Plan',
        TextPart: 'Hello',
        HTMLPart: '<p>Hello</p>',
        Attachments: [pdf],
        InlinedAttachments: [
          {
            ContentType: 'image/gif',
            Filename: 'a.gif',
            ContentID: '<logo>',
            Base64Content: 'R0lG\n',
          },
          { ContentType: 'image/gif', Filename: 'b.gif', Base64Content: 'R0lG' },
        ],
        Priority: 3,
        CustomCampaign: 'spring',
        DeduplicateCampaign: true,
        TrackOpens: 'enabled',
        TrackClicks: 'disabled',
        CustomID: 'order-1',
        EventPayload: '{"a":1}',
        MonitoringCategory: 'nights',
        URLTags: 'a=b',
        Headers: { 'X-Order': '1', 'List-Unsubscribe': '<https://example.com>' },
        Variables: { day: 'Monday', lines: [{ sku: 'A' }] },
      }),
    );
    expect(draft).toEqual({
      source: 'v3.1',
      from: { email: 'pilot@example.com', name: 'Mailjet Pilot' },
      sender: { email: 'office@example.com', name: '' },
      replyTo: { email: 'desk@example.com', name: '' },
      to: [{ email: 'ann@example.com', name: 'Ann' }],
      cc: [{ email: 'passenger@example.com', name: '' }],
      bcc: [{ email: 'passenger@example.com', name: '' }],
      subject: 'Plan',
      text: 'Hello',
      html: '<p>Hello</p>',
      headers: [
        { name: 'X-Order', value: '1' },
        { name: 'List-Unsubscribe', value: '<https://example.com>' },
      ],
      attachments: [
        {
          filename: 'plan.pdf',
          contentType: 'application/pdf',
          content: Buffer.from('PDF'),
          contentId: '',
          isInline: false,
        },
        {
          filename: 'a.gif',
          contentType: 'image/gif',
          content: Buffer.from('GIF'),
          contentId: 'logo',
          isInline: true,
        },
        {
          filename: 'b.gif',
          contentType: 'image/gif',
          content: Buffer.from('GIF'),
          contentId: 'b.gif',
          isInline: true,
        },
      ],
      customId: 'order-1',
      eventPayload: '{"a":1}',
      campaign: 'spring',
      deduplicateCampaign: true,
      monitoringCategory: 'nights',
      priority: 3,
      trackOpens: 'enabled',
      trackClicks: 'disabled',
      urlTags: 'a=b',
      template: undefined,
      templateLanguage: false,
      templateErrorReporting: undefined,
      templateErrorDeliver: false,
      templateErrors: [],
      blockedFor: undefined,
      variables: { day: 'Monday', lines: [{ sku: 'A' }] },
      sandbox: false,
      warnings: [],
    });
  });

  it.each([
    ['numbers beyond 2^53 in Variables', '{"id":90071992547409931}', { id: 90071992547409931n }],
    ['a lone surrogate', '{"name":"\\ud800"}', { name: '\ufffd' }],
    ['a NUL', '{"name":"\\u0000"}', { name: '\0' }],
  ])('keeps %s', (_name, variables, expected) => {
    const text = asJson(send(message())).replace('"Subject"', `"Variables":${variables},"Subject"`);
    expect(only(text).variables).toEqual(expected);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\plans\\plan.pdf', 'plan.pdf'],
    ['plan\r\n.pdf', 'plan.pdf'],
    ['..', 'attachment'],
    ['/', 'attachment'],
    ['Flugplan für Ann.pdf', 'Flugplan für Ann.pdf'],
  ])('names an attachment %s %s', (Filename, expected) => {
    const { attachments } = only(send(message({ Attachments: [{ ...pdf, Filename }] })));
    expect(attachments[0]?.filename).toBe(expected);
  });
});

describe('what clients send and production takes', () => {
  it.each<[string, object]>([
    [
      'Symfony: empty names and lists',
      {
        From: { Email: 'a@example.com', Name: '' },
        Cc: [],
        Bcc: [],
        InlinedAttachments: [],
        Attachments: [],
      },
    ],
    ['Laravel: no headers', { Headers: {}, Variables: {} }],
    ['a sender without a name', { From: { Email: 'a@example.com' } }],
    [
      'base64 in lines, with a newline behind it',
      { Attachments: [{ ...pdf, Base64Content: 'UE\r\nRG\n' }] },
    ],
    [
      'headers for unsubscribing',
      {
        Headers: {
          'List-Unsubscribe': '<https://example.com>',
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      },
    ],
    ['a subject of 255 characters outside the first plane', { Subject: '😀'.repeat(255) }],
    ['no subject', { Subject: '' }],
    ['HTML without text', { TextPart: '', HTMLPart: '<p>' }],
    ['the same address three times', { To: [passenger], Cc: [passenger], Bcc: [passenger] }],
    ['a header that has no name of RFC 5322', { Headers: { 'X Y': 'a\r\nb' } }],
  ])('%s', (_name, more) => {
    expect(sendV31(send(message(more))).status).toBe(200);
  });

  test('anymail: everything but To in Globals', () => {
    const { To, ...rest } = message();
    expect(sendV31({ Globals: rest, Messages: [{ To }, { To }] }).drafts).toHaveLength(2);
  });

  test('50 recipients, in one message or in 50', () => {
    const fifty = Array.from({ length: 50 }, (_, i) => ({ Email: `p${i}@example.com` }));
    expect(sendV31(send(message({ To: fifty }))).drafts).toHaveLength(1);
    expect(sendV31(send(...fifty.map((one) => message({ To: [one] })))).drafts).toHaveLength(50);
  });
});

describe('Globals', () => {
  const globals = {
    From: { Email: 'all@example.com', Name: 'All' },
    Subject: 'For all',
    Cc: [{ Email: 'cc@example.com' }],
    Attachments: [pdf],
    Headers: { 'X-A': 'all', 'X-B': 'all' },
    Variables: { day: 'Monday', name: 'you' },
    TrackOpens: 'disabled',
  };

  test('stand for what a message leaves out', () => {
    expect(only({ Globals: globals, ...send({ To: [passenger], TextPart: 'Hi' }) })).toMatchObject({
      from: { email: 'all@example.com', name: 'All' },
      subject: 'For all',
      trackOpens: 'disabled',
      cc: [{ email: 'cc@example.com' }],
    });
  });

  test('give way to a message, key by key, and come first in lists', () => {
    const own = message({
      From: { Name: 'Ann' },
      Cc: [passenger],
      Attachments: [{ ...pdf, Filename: 'own.pdf' }],
      Headers: { 'X-B': 'own' },
      Variables: { name: 'Ann' },
      TrackOpens: 'enabled',
    });
    const draft = only({ Globals: globals, ...send(own) });
    expect(draft).toMatchObject({
      from: { email: 'all@example.com', name: 'Ann' },
      subject: 'Your email flight plan!',
      cc: [{ email: 'cc@example.com' }, { email: 'passenger@example.com' }],
      headers: [
        { name: 'X-A', value: 'all' },
        { name: 'X-B', value: 'own' },
      ],
      variables: { day: 'Monday', name: 'Ann' },
      trackOpens: 'enabled',
    });
    expect(draft.attachments.map(({ filename }) => filename)).toEqual(['plan.pdf', 'own.pdf']);
  });
});

describe('what production keeps silent about', () => {
  it.each<[string, unknown, string[], string]>([
    [
      'SandBoxMode of Symfony',
      { SandBoxMode: false, ...send(message()) },
      ['key-case'],
      '"SandBoxMode" was read as "SandboxMode"',
    ],
    [
      'variables in lower case',
      send(message({ variables: { a: 1 } })),
      ['key-case'],
      '"Variables"',
    ],
    [
      'email in lower case',
      send(message({ To: [{ email: 'a@example.com' }] })),
      ['key-case'],
      '"Email"',
    ],
    [
      'a slip of the pen',
      send(message({ TextParts: 'x' })),
      ['unknown-key'],
      'did you mean "TextPart"?',
    ],
    [
      'a name of v3',
      send(message({ 'Text-part': 'x' })),
      ['unknown-key'],
      'did you mean "TextPart"?',
    ],
    [
      "a message's property at the root",
      { TemplateErrorDeliver: true, ...send(message()) },
      ['unknown-key'],
      '"TemplateErrorDeliver" is a property of a message',
    ],
    [
      'To in Globals',
      { Globals: { To: [passenger] }, ...send(message()) },
      ['unknown-key'],
      '"To" is no property of Globals',
    ],
    [
      'what nobody can have meant',
      send(message({ Xyzzyplugh: 1 })),
      ['unknown-key'],
      'was ignored.',
    ],
  ])('%s', (_name, body, expected, text) => {
    expect(codes(body)).toEqual(expected);
    expect(only(body).warnings[0]?.message).toContain(text);
  });

  test('a key in another case counts', () => {
    expect(only(send(message({ variables: { a: 1 } }))).variables).toEqual({ a: 1 });
    expect(only({ SANDBOXMODE: true, ...send(message()) }).sandbox).toBe(true);
  });

  test('warnings come to an end', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`Key${i}`, i]));
    expect(codes(send(message(many)))).toHaveLength(20);
  });
});

describe('for any input', () => {
  const names = ['Messages', 'Globals', 'From', 'To', 'Cc', 'Email', 'Name', 'Subject', 'TextPart'];
  const more = ['Attachments', 'Base64Content', 'Headers', 'Variables', 'priority', '__proto__'];
  const values = fc.oneof(
    fc.constantFrom('a@example.com', 'UERG', '', true, null, 1, 2 ** 60, -0, 1e300),
    fc.string({ unit: 'binary' }),
  );
  const json = anyJson(values, [...names, ...more], 4);
  const run = { seed, numRuns: 500 * times };

  test('JSON of any form is answered with a known status and sound JSON', () => {
    fc.assert(
      fc.property(json, (body) => {
        const { status, body: answer, drafts } = sendV31(asJson(body));
        expect([200, 400]).toContain(status);
        expect(() => JSON.parse(answer)).not.toThrow();
        expect(status === 200).toBe(drafts.length > 0 && !answer.includes('"Status":"error"'));
      }),
      run,
    );
  });

  test('a message of any form is answered, one entry for each', () => {
    fc.assert(
      fc.property(fc.array(json, { minLength: 1, maxLength: 3 }), json, (messages, globals) => {
        const { status, body } = sendV31(asJson({ Globals: globals, Messages: messages }));
        expect([200, 400]).toContain(status);
        const { Messages } = JSON.parse(body) as { Messages?: unknown[] };
        if (Messages !== undefined) expect(Messages).toHaveLength(messages.length);
      }),
      run,
    );
  });

  test('any text is answered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(sendV31(text).status).toBe(400);
      }),
      run,
    );
  });

  // the answer to a hostile body must not be larger than what it costs to send
  it.each<[string, unknown]>([
    [
      'nulls below a long name',
      send(message({ Variables: { ['n'.repeat(100_000)]: Array(1000).fill(null) } })),
    ],
    [
      'many messages of nothing with many recipients for all',
      { Globals: { Cc: Array(1000).fill({ Email: 'x' }) }, Messages: Array(1000).fill({}) },
    ],
    [
      'many unknown keys',
      send(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, null]))),
    ],
    [
      'many attachments',
      { Globals: { Attachments: Array(10_000).fill({}) }, ...send(...Array(50).fill(message())) },
    ],
    ['deep nesting', `${'{"Variables":'.repeat(400)}1${'}'.repeat(400)}`],
    ['nesting beyond all use', '['.repeat(1_000_000)],
  ])('%s: a short answer', (_name, body) => {
    expect(sendV31(body).body.length).toBeLessThan(50_000);
  });

  test('an attachment of Globals is decoded once, whatever the number of messages', () => {
    const { drafts } = sendV31({ Globals: { Attachments: [pdf] }, ...send(message(), message()) });
    expect(drafts[0]?.attachments[0]).toBe(drafts[1]?.attachments[0]);
  });
});
