import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { JsonObject } from '../../src/lib/json.ts';
import type { Draft } from '../../src/mail/draft.ts';
import { answerLegacy } from '../../src/sending/v3/answer-legacy.ts';
import { LegacyError, legacyErrors } from '../../src/sending/v3/legacy-error.ts';
import { readFields } from '../../src/sending/v3/read-fields.ts';
import { type LegacyReading, readLegacy } from '../../src/sending/v3/read-legacy.ts';
import { anyJson, asJson, seed, times } from '../support/fuzz.ts';
import { numbered } from '../support/sending.ts';

const json = 'application/json';

async function sendV3(body: unknown, type = json): Promise<LegacyReading> {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : asJson(body));
  try {
    return readLegacy(await readFields(bytes, type));
  } catch (error) {
    if (error instanceof LegacyError) return { status: error.status, reason: error.message };
    throw error;
  }
}

async function drafts(body: unknown, type = json): Promise<Draft[]> {
  const reading = await sendV3(body, type);
  return 'drafts' in reading ? reading.drafts : expect.fail(asJson(reading));
}

const only = async (body: unknown, type = json) => {
  const found = await drafts(body, type);
  expect(found).toHaveLength(1);
  return found[0] ?? expect.fail('no draft');
};

const message = (more: object = {}) => ({
  FromEmail: 'pilot@example.com',
  FromName: 'Your Mailjet Pilot',
  Recipients: [{ Email: 'passenger@example.com' }],
  Subject: 'Your email flight plan!',
  'Text-part': 'Dear passenger',
  ...more,
});
const { Recipients: _, ...unaddressed } = message();
const addresses = (count: number) =>
  Array.from({ length: count }, (_, i) => `p${i}@example.com`).join(',');
const pdf = { 'Content-type': 'application/pdf', Filename: 'plan.pdf', content: 'UERG' };

describe('a refusal: a status and a reason phrase', () => {
  const seen = new Set<string>();

  it.each<[string, unknown, number, string]>([
    [
      'no sender',
      { ...unaddressed, FromEmail: undefined },
      400,
      'At least FromEmail or Sender must be provided',
    ],
    [
      'a body of v3.1',
      { Messages: [{ From: { Email: 'a@example.com' }, To: [{ Email: 'b@example.com' }] }] },
      400,
      'At least FromEmail or Sender must be provided',
    ],
    ['no message', { Messages: [] }, 400, 'At least FromEmail or Sender must be provided'],
    [
      'the recipients of v3.1',
      { ...unaddressed, To: [{ Email: 'b@example.com' }] },
      400,
      'At least 1 "to" value required',
    ],
    ['an empty To', { ...unaddressed, To: '' }, 400, 'At least 1 "to" value required'],
    ['empty Recipients', message({ Recipients: [] }), 400, 'At least 1 "to" value required'],
    [
      'a recipient without Email',
      message({ Recipients: [{ Name: 'Ann' }] }),
      400,
      'At least 1 "to" value required',
    ],
    ['neither To nor Recipients', unaddressed, 400, 'Missing "To" or "Recipients" property'],
    [
      'Cc alone',
      { ...unaddressed, Cc: 'a@example.com' },
      400,
      'Missing "To" or "Recipients" property',
    ],
    ['51 in To', { ...unaddressed, To: addresses(51) }, 400, 'Too many recipients in To'],
    [
      '51 in Cc',
      { ...unaddressed, To: 'a@example.com', Cc: addresses(51) },
      400,
      'Too many recipients in Cc',
    ],
    [
      '51 in Bcc',
      { ...unaddressed, To: 'a@example.com', Bcc: addresses(51) },
      400,
      'Too many recipients in Bcc',
    ],
    [
      'a list of a megabyte',
      { ...unaddressed, To: ' '.repeat(1_000_000) },
      400,
      'Too many recipients in To',
    ],
    [
      '51 Recipients',
      message({ Recipients: Array(51).fill({ Email: 'a@example.com' }) }),
      400,
      'Too many recipients in Recipients',
    ],
    ['101 messages', { Messages: Array(101).fill(message()) }, 400, 'Too many messages'],
    ['Headers a text', message({ Headers: 'X-Foo: 1' }), 400, '"Headers" is not JSON object type'],
    [
      'a header that is a number',
      message({ Headers: { 'X-Foo': 1 } }),
      400,
      'Header X-Foo is not string type',
    ],
    [
      'a header with a line break',
      message({ Headers: { 'X-Foo': 'a\r\nBcc: eve@example.com' } }),
      400,
      'Invalid characters detected',
    ],
    [
      'a header with a blank in its name',
      message({ Headers: { 'X Foo': 'a' } }),
      400,
      'Invalid characters detected',
    ],
    ['Vars a list', message({ Vars: [1] }), 400, '"Vars" is not JSON object type'],
    [
      'a bad address',
      message({ Recipients: [{ Email: 'passenger' }] }),
      400,
      'Invalid email address "passenger", reason: "No @ character in mail"',
    ],
    [
      'a bad sender',
      message({ FromEmail: 'pilot' }),
      400,
      'Invalid email address "pilot", reason: "No @ character in mail"',
    ],
    ['a null', message({ Subject: null }), 500, 'Cannot convert data from Null value'],
    [
      'a null deep in Vars',
      message({ Vars: { order: [{ sku: null }] } }),
      500,
      'Cannot convert data from Null value',
    ],
    [
      'base64 that is none',
      message({ Attachments: [{ ...pdf, content: 'UE!RG' }] }),
      500,
      'Invalid stream operation',
    ],
    [
      'an empty body',
      '',
      400,
      'Invalid json input: unexpected end of stream at stream position 0 ...|...',
    ],
    ['a text', '"hello"', 400, 'Invalid json input: expected an object'],
  ])('%s', async (_name, body, status, reason) => {
    seen.add(reason.replace(/position .*/, ''));
    expect(await sendV3(body)).toEqual({ status, reason });
  });

  test('every reason of the catalogue is in a case', () => {
    const unseen = Object.values(legacyErrors).filter(([, text]) => {
      const [start = ''] = text.split('[');
      return ![...seen].some((reason) => reason.startsWith(start));
    });
    expect(unseen).toEqual([]);
  });
});

describe('what is sent', () => {
  test('holds all that a message says', async () => {
    const [first, second, ...rest] = await drafts(
      message({
        Recipients: [
          { Email: 'ann@example.com', Name: 'Ann', Vars: { day: 'Tuesday' } },
          { Email: 'bob@example.com' },
        ],
        'Html-part': '<p>Dear passenger</p>',
        Vars: { day: 'Monday', hour: 8 },
        Attachments: [pdf],
        Inline_attachments: [
          { 'Content-Type': 'image/gif', filename: 'logo.gif', Content: 'R0lG' },
        ],
        'Mj-prio': '3',
        'MJ-campaign': 'spring',
        'mj-deduplicatecampaign': 1,
        'Mj-trackopen': '2',
        'Mj-trackclick': 1,
        'Mj-CustomID': 12,
        'MJ-EventPayload': 'gate',
        'Mj-MonitoringCategory': 'nights',
        Headers: { 'Reply-To': 'Desk <desk@example.com>', 'X-Order': '1' },
      }),
    );
    expect(rest).toEqual([]);
    expect(first).toEqual({
      source: 'v3',
      from: { email: 'pilot@example.com', name: 'Your Mailjet Pilot' },
      sender: undefined,
      replyTo: { email: 'desk@example.com', name: 'Desk' },
      to: [{ email: 'ann@example.com', name: 'Ann' }],
      cc: [],
      bcc: [],
      subject: 'Your email flight plan!',
      text: 'Dear passenger',
      html: '<p>Dear passenger</p>',
      headers: [{ name: 'X-Order', value: '1' }],
      attachments: [
        {
          filename: 'plan.pdf',
          contentType: 'application/pdf',
          content: Buffer.from('PDF'),
          contentId: '',
          isInline: false,
        },
        {
          filename: 'logo.gif',
          contentType: 'image/gif',
          content: Buffer.from('GIF'),
          contentId: 'logo.gif',
          isInline: true,
        },
      ],
      customId: '12',
      eventPayload: 'gate',
      campaign: 'spring',
      deduplicateCampaign: true,
      monitoringCategory: 'nights',
      priority: 3,
      trackOpens: 'enabled',
      trackClicks: 'disabled',
      urlTags: '',
      template: undefined,
      templateLanguage: false,
      templateErrorReporting: undefined,
      templateErrorDeliver: false,
      templateErrors: [],
      blockedFor: undefined,
      variables: { day: 'Tuesday', hour: 8 },
      sandbox: false,
      warnings: [],
    });
    expect(second).toMatchObject({
      to: [{ email: 'bob@example.com', name: '' }],
      variables: { day: 'Monday', hour: 8 },
    });
  });

  test('to To, Cc and Bcc is one mail, an address that is repeated counting once', async () => {
    const { to, cc, bcc } = await only({
      ...unaddressed,
      To: 'Ann <ann@example.com>, "Lee, Bob" <bob@example.com>, ANN@example.com',
      Cc: 'crew: eve@example.com, bob@example.com;',
      Bcc: 'dan@example.com (the boss)',
    });
    expect({ to, cc, bcc }).toEqual({
      to: [
        { email: 'ann@example.com', name: 'Ann' },
        { email: 'bob@example.com', name: 'Lee, Bob' },
      ],
      cc: [{ email: 'eve@example.com', name: '' }],
      bcc: [{ email: 'dan@example.com', name: 'the boss' }],
    });
  });

  it.each([
    [
      'an address',
      { FromEmail: 'a@example.com', FromName: undefined },
      { email: 'a@example.com', name: '' },
    ],
    [
      'a name and an address',
      { FromEmail: '"Ann Lee" <a@example.com>', FromName: undefined },
      { email: 'a@example.com', name: 'Ann Lee' },
    ],
    [
      'another name beside',
      { FromEmail: 'Ann <a@example.com>', FromName: 'Eve' },
      { email: 'a@example.com', name: 'Eve' },
    ],
    [
      "the account's own",
      { FromEmail: undefined, Sender: 'true', FromName: '' },
      { email: '', name: '' },
    ],
  ])('comes from %s', async (_name, more, from) => {
    expect((await only(message(more))).from).toEqual(from);
  });

  test('in Messages: each has its own', async () => {
    const found = await drafts({
      messages: [message({ Subject: 'A' }), message({ Subject: 'B' })],
    });
    expect(found.map(({ subject }) => subject)).toEqual(['A', 'B']);
  });

  it.each([
    [
      'a name of v3.1',
      { TemplateErrorReporting: 'a@example.com' },
      'v31-names-in-v3',
      '"Mj-TemplateErrorReporting"',
    ],
    ['a stray key', { method: 'POST' }, 'unknown-key', 'was ignored.'],
    ['a slip of the pen', { 'Text-prat': 'x' }, 'unknown-key', 'did you mean "Text-part"?'],
    ['To beside Recipients', { To: 'a@example.com' }, 'recipients-ignored', '"Recipients"'],
  ])('with %s goes out with a warning', async (_name, more, code, text) => {
    const { warnings } = await only(message(more));
    expect(warnings).toEqual([{ code, message: expect.stringContaining(text) }]);
  });
});

describe('a form', () => {
  const urlencoded = 'application/x-www-form-urlencoded; charset=utf-8';
  const multipart = 'multipart/form-data; boundary=----b';
  const part = (head: string, value: string) =>
    `------b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`;
  const fields = ['from', 'to', 'subject', 'text'].map((name) =>
    part(`name="${name}"`, `${name}@example.com`),
  );

  test('has texts alone', async () => {
    const form = new URLSearchParams({
      FromEmail: 'pilot@example.com',
      Recipients: '[{"Email":"ann@example.com","Vars":{"day":"Monday"}}]',
      Subject: 'Plan für Ann',
      'Mj-trackopen': '1',
      Headers: '{"X-Order":"1"}',
    });
    expect(await only(`${form}`, urlencoded)).toMatchObject({
      to: [{ email: 'ann@example.com' }],
      subject: 'Plan für Ann',
      trackOpens: 'disabled',
      headers: [{ name: 'X-Order', value: '1' }],
      variables: { day: 'Monday' },
    });
  });

  test('has the short names of php-simple, lists and files', async () => {
    const file = (field: string, name: string) =>
      `------b\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: image/gif\r\n\r\nGIF\0\xff\r\n`;
    const body = [
      ...fields,
      part('name="to[1]"', 'bob@example.com'),
      file('attachment[0]', '../a.gif'),
      file('inlineattachment', 'b.gif'),
      '------b--\r\n',
    ].join('');
    expect(await only(Buffer.from(body, 'latin1'), multipart)).toMatchObject({
      from: { email: 'from@example.com' },
      to: [{ email: 'to@example.com' }, { email: 'bob@example.com' }],
      subject: 'subject@example.com',
      text: 'text@example.com',
      attachments: [
        {
          filename: 'a.gif',
          contentType: 'image/gif',
          isInline: false,
          content: Buffer.from('GIF\0\xff', 'latin1'),
        },
        { filename: 'b.gif', contentId: 'b.gif', isInline: true },
      ],
    });
  });

  it.each([
    ['without a boundary', 'multipart/form-data', fields.join('')],
    ['that ends too early', multipart, fields.join('')],
    ['of nothing', multipart, ''],
    ['of another boundary', multipart, '--a\r\n\r\nx\r\n--a--'],
    ['of too many parts', multipart, `${part('name="x"', 'y').repeat(1001)}------b--`],
  ])('%s is refused', async (_name, type, body) => {
    expect(await sendV3(Buffer.from(body), type)).toMatchObject({ reason: expect.any(String) });
  });

  test('has no way round the null', async () => {
    const form = new URLSearchParams({ ...unaddressed, Recipients: '[{"Email":null}]' });
    expect(await sendV3(`${form}`, urlencoded)).toMatchObject({ status: 500 });
  });
});

test('the answer is written as the old back end writes, a newline behind it', async () => {
  const found = await drafts(
    message({ Recipients: [{ Email: 'a@example.com' }, { Email: 'b@example.com' }] }),
  );
  expect(answerLegacy(numbered(found).flat())).toBe(
    '{ "Sent" : [{ "Email" : "a@example.com", "MessageID" : 1152921509561837015, "MessageUUID" : "uuid-1" }, { "Email" : "b@example.com", "MessageID" : 1152921509561837016, "MessageUUID" : "uuid-2" }] }\n',
  );
});

describe('for any input', () => {
  const names = [
    'Messages',
    'FromEmail',
    'Recipients',
    'To',
    'Email',
    'Vars',
    'Headers',
    'Attachments',
    'content',
    '__proto__',
  ];
  const values = fc.oneof(
    fc.constantFrom('a@example.com', 'UERG', '', '[]', '{"a":null}', true, null, 1, 1e300),
    fc.string({ unit: 'binary' }),
  );
  const run = { seed, numRuns: 500 * times };
  const isKnown = (reading: LegacyReading) =>
    'drafts' in reading
      ? reading.drafts.length > 0
      : 'notBuilt' in reading || [400, 500].includes(reading.status);

  test('JSON of any form is taken or refused', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), anyJson(values, names, 4)), (body) => {
        expect(isKnown(readLegacy(JSON.parse(asJson(body)) as JsonObject))).toBe(true);
      }),
      run,
    );
  });

  test('bytes of any form, as any type', async () => {
    const type = fc.constantFrom(
      json,
      'multipart/form-data; boundary=b',
      'application/x-www-form-urlencoded',
    );
    const text = fc.string({
      unit: fc.constantFrom(
        '--b',
        '--',
        '\r\n',
        'Content-Disposition: form-data; name="to"',
        '; filename="a"',
        'a@b.c',
        '=',
        '&',
        '[',
        '"',
        '\0',
      ),
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(text, type, async (body, as) => {
        expect(isKnown(await sendV3(body, as))).toBe(true);
      }),
      run,
    );
  });
});
