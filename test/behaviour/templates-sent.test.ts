import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../support/bulk.ts';
import { startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';
import { handIn, type SmtpMock, signedIn, startSmtpMock } from '../support/smtp.ts';

let mock: SmtpMock;
let count = 0;
let user: string;
beforeAll(async () => {
  mock = await startSmtpMock();
});
afterAll(() => mock.close());

/** A mail as the inbox shows it, as far as templates go. */
interface Shown {
  subject: string;
  text: string;
  html: string;
  headers: { name: string; value: string }[];
  recipients: { email: string; status: string; history: { type: string; state: string }[] }[];
  templateErrors: { part: string; line: number; column: number; message: string; hint: string }[];
  warnings: { code: string; message: string }[];
}

const newUser = () => {
  count += 1;
  user = `templates${count}:secret`;
  return user;
};
async function mails(): Promise<Shown[]> {
  const { body } = await mock.call('GET', '/_mockjet/mails', { user });
  return (JSON.parse(body) as { mails: Shown[] }).mails; // the answer's schema is checked
}
async function only(): Promise<Shown> {
  const all = await mails();
  expect(all).toHaveLength(1);
  return all[0] ?? expect.fail('no mail');
}
/** What is told of templates: that any address sends here is another matter. */
const codes = ({ warnings }: Shown) =>
  warnings.map(({ code }) => code).filter((code) => code !== 'sender-not-validated');

/** Sends a message with the language, by a fresh account. */
async function sendV31(more: object): Promise<Shown> {
  newUser();
  const body = send(message({ TemplateLanguage: true, ...more }));
  expect((await mock.call('POST', '/v3.1/send', { user, body })).status).toBe(200);
  return only();
}

const greeting = {
  Subject: 'Your order {{var:number}}',
  TextPart: '{% for i in var:items %}{{i.name}}, {% endfor %}',
  HTMLPart: '<p>{% if var:paid %}Paid{% else %}To be paid{% endif %}</p>',
  Headers: { 'X-Order': '{{var:number}}' },
};
const Variables = { number: 7, items: [{ name: 'Shoes' }, { name: 'Shirt' }], paid: false };
const rendered = {
  subject: 'Your order 7',
  text: 'Shoes, Shirt, ',
  html: '<p>To be paid</p>',
  headers: [{ name: 'X-Order', value: '7' }],
};

describe('the language', () => {
  it('is evaluated in subject, text, HTML and headers of /v3.1/send', async () => {
    const mail = await sendV31({ ...greeting, Variables });
    expect(mail).toMatchObject(rendered);
    expect([mail.templateErrors, codes(mail)]).toEqual([[], []]);
    expect(mail.recipients[0]?.status).toBe('sent');
  });

  it('is evaluated in /v3/send, for each recipient with his Vars', async () => {
    newUser();
    const body = {
      FromEmail: 'pilot@example.com',
      Subject: '{{var:name}} in {{var:town}}',
      'Text-part': 'Hello',
      'Mj-TemplateLanguage': true,
      Vars: { town: 'Lyon', name: 'you' },
      Recipients: [
        { Email: 'ida@example.com', Vars: { name: 'Ida' } },
        { Email: 'omar@example.com', Vars: { name: 'Omar', town: 'Oslo' } },
        { Email: 'zoe@example.com' },
      ],
    };
    expect((await mock.call('POST', '/v3/send', { user, body })).status).toBe(200);
    const subjects = (await mails()).map(({ subject }) => subject);
    expect(subjects.sort()).toEqual(['Ida in Lyon', 'Omar in Oslo', 'you in Lyon']);
  });

  it('is evaluated in a mail by SMTP', async () => {
    newUser();
    const talk = await signedIn(mock.port, user);
    const mail =
      'X-MJ-TemplateLanguage: 1\r\nX-MJ-Vars: {"name":"Ida"}\r\nSubject: {{var:name}}\r\n\r\nHi {{var:name}}';
    expect(await handIn(talk, mail)).toMatch(/^250 /);
    talk.socket.destroy();
    expect(await only()).toMatchObject({ subject: 'Ida', text: expect.stringMatching(/^Hi Ida/) });
  });

  it('is not evaluated without TemplateLanguage, which is told', async () => {
    const mail = await sendV31({
      TemplateLanguage: false,
      TextPart: 'Hi {{var:name}}',
      Variables: { name: 'x' },
    });
    expect(mail.text).toBe('Hi {{var:name}}');
    expect(codes(mail)).toEqual(['template-language-forgotten']);
  });

  it('has an older form that works without TemplateLanguage', async () => {
    const mail = await sendV31({
      TemplateLanguage: false,
      TextPart: '[[var:name]] [[data:town:"there"]]',
      Variables: { name: 'Ida' },
    });
    expect(mail.text).toBe('Ida there');
  });

  it('knows the contact, his properties and the sender', async () => {
    newUser();
    for (const [Name, Datatype] of [
      ['town', 'str'],
      ['age', 'int'],
      ['member', 'bool'],
    ])
      await mock.call('POST', '/v3/REST/contactmetadata', {
        user,
        body: { Name, Datatype, NameSpace: 'static' },
      });
    const created = rowsOf(
      await mock.call('POST', '/v3/REST/contact', {
        user,
        body: { Email: 'passenger@example.com', Name: 'Ida' },
      }),
    );
    await mock.call('PUT', '/v3/REST/contactdata/passenger@example.com', {
      user,
      body: {
        Data: [
          { Name: 'town', Value: 'Lyon' },
          { Name: 'age', Value: '41' },
          { Name: 'member', Value: 'false' },
        ],
      },
    });
    const body = send(
      message({
        TemplateLanguage: true,
        TextPart:
          '{{data:town}} {% if data:age > 40 and not data:member %}yes{% endif %} {{mj:contact.name}} {{mj:contact.local_part}} {{mj:contact.ID}} {{mj:sender.domain}} {% if HasOpenedSince(3) %}opened{% endif %}',
      }),
    );
    await mock.call('POST', '/v3.1/send', { user, body });
    expect((await only()).text).toBe(`Lyon yes Ida passenger ${created[0]?.ID} example.com `);
  });

  it('knows the segments of a contact', async () => {
    newUser();
    await mock.call('POST', '/v3/REST/contact', { user, body: { Email: 'passenger@example.com' } });
    for (const [Name, Expression] of [
      ['everybody', 'not(HasOpenedSince(30))'],
      ['openers', 'HasOpenedSince(30)'],
    ])
      await mock.call('POST', '/v3/REST/contactfilter', { user, body: { Name, Expression } });
    const TextPart =
      '{{segment:everybody}} {{segment:openers}} {% if segment:everybody %}hello{% endif %}';
    await mock.call('POST', '/v3.1/send', {
      user,
      body: send(message({ TemplateLanguage: true, TextPart })),
    });
    const mail = await only();
    expect(mail.templateErrors).toEqual([]);
    expect(mail.text).toBe('true false hello');
  });

  it('cannot write another header or a second line of the subject', async () => {
    const mail = await sendV31({
      Subject: '{{var:a}}',
      Headers: { 'X-Order': '{{var:a}}' },
      Variables: { a: 'x\r\nBcc: spy@example.com' },
    });
    expect([mail.subject, mail.headers[0]?.value]).toEqual([
      'x Bcc: spy@example.com',
      'x Bcc: spy@example.com',
    ]);
  });

  it('is evaluated in the sandbox too', async () => {
    newUser();
    const body = {
      SandboxMode: true,
      ...send(message({ TemplateLanguage: true, ...greeting, Variables })),
    };
    await mock.call('POST', '/v3.1/send', { user, body });
    expect(await only()).toMatchObject(rendered);
  });

  it('tells what several recipients would get each by himself', async () => {
    const mail = await sendV31({
      To: [{ Email: 'ida@example.com' }, { Email: 'omar@example.com' }],
      TextPart: 'Hi {{mj:contact.local_part}}',
    });
    expect(mail.text).toBe('Hi ida');
    expect(codes(mail)).toEqual(['template-first-recipient']);
  });
});

describe('a template that fails', () => {
  const wrong = { TextPart: 'Hi,\n{{var:nme}}', Variables: { name: 'Ida' } };

  it('is answered with success, and the mail is blocked with production’s reason', async () => {
    const mail = await sendV31(wrong);
    expect(mail.recipients).toMatchObject([
      { status: 'blocked', history: [{ type: 'blocked', state: 'error in template language' }] },
    ]);
    expect(mail.templateErrors).toMatchObject([
      {
        part: 'text',
        line: 2,
        column: 1,
        message: 'expression parsing error ## Unknown identifier: var:nme ## near ## {{var:nme ##',
        hint: expect.stringContaining('Did you mean var:name?'),
      },
    ]);
    const [row] = rowsOf(await mock.call('GET', '/v3/REST/message', { user }));
    expect(row).toMatchObject({ Status: 'blocked', StateID: 18 });
    const unused = mail.warnings.find(({ code }) => code === 'template-unused-variable');
    expect(unused?.message).toContain('"name"');
  });

  it('is delivered as it is written with TemplateErrorDeliver', async () => {
    const mail = await sendV31({ ...wrong, TemplateErrorDeliver: true });
    expect(mail.text).toBe(wrong.TextPart);
    expect(mail.recipients[0]?.status).toBe('sent');
    expect(mail.templateErrors).toHaveLength(1);
  });

  it('is reported by a mail to TemplateErrorReporting, and the mail itself stays the newest', async () => {
    newUser();
    const TemplateErrorReporting = { Email: 'ops@example.com', Name: 'Ops' };
    const body = send(
      message({
        TemplateLanguage: true,
        Subject: 'Hi {{var:a}}',
        ...wrong,
        TemplateErrorReporting,
      }),
    );
    await mock.call('POST', '/v3.1/send', { user, body });
    const [mail, report, ...others] = await mails();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ source: 'v3.1', subject: 'Hi {{var:a}}' });
    expect(report).toMatchObject({
      source: 'mailjet',
      from: { email: 'templating-language-error@mailjet.com', name: '' },
      to: [{ email: 'ops@example.com', name: 'Ops' }],
      subject: 'Error while evaluating Mailjet Templating language for message "Hi {{var:a}}" ',
      text: 'expression parsing error ## Unknown identifier: var:a ## near ## {{var:a ##',
    });
    const ids = rowsOf(await mock.call('GET', '/v3/REST/message', { user }));
    expect(ids).toHaveLength(1);
  });

  it('is named by a wait for the mail that does not come as it should', async () => {
    const mail = await sendV31({ ...wrong, Subject: 'Welcome' });
    expect(mail.recipients[0]?.status).toBe('blocked');
    const answer = await mock.call('GET', '/_mockjet/mails?subject=Welcome&status=sent&wait=1ms', {
      user,
    });
    expect([answer.status, JSON.parse(answer.body).error]).toEqual([
      408,
      expect.stringContaining(
        'status is "blocked", and its template failed: expression parsing error ## Unknown identifier: var:nme',
      ),
    ]);
  });

  it('that is right is not reported', async () => {
    newUser();
    const right = { TemplateLanguage: true, TemplateErrorReporting: { Email: 'ops@example.com' } };
    await mock.call('POST', '/v3.1/send', { user, body: send(message(right)) });
    expect(await mails()).toHaveLength(1);
  });

  it('ends at its budget, and the error names the setting', async () => {
    const loops = '{% for a in var:list %}'.repeat(5) + '{% endfor %}'.repeat(5);
    const list = Array.from({ length: 100 }, (_each, index) => index);
    const mail = await sendV31({ TextPart: loops, Variables: { list } });
    expect(mail.templateErrors[0]?.hint).toContain('--template-steps');
    expect(mail.recipients[0]?.status).toBe('blocked');
  });

  it('shares its budget with the other mails of the call', async () => {
    newUser();
    const loop = { TemplateLanguage: true, TextPart: '{% for a in var:list %}{{a}}{% endfor %}' };
    const list = Array.from({ length: 60_000 }, () => 1);
    const body = send(
      ...Array.from({ length: 6 }, () => message({ ...loop, Variables: { list } })),
    );
    expect((await mock.call('POST', '/v3.1/send', { user, body })).status).toBe(200);
    const statuses = (await mails()).map(({ recipients }) => recipients[0]?.status).sort();
    expect(statuses).toEqual(['blocked', 'blocked', 'sent', 'sent', 'sent', 'sent']);
  });
});

it('--template-loops all asks for the lists of loops that are not reached', async () => {
  const old = await startMock({ templateLoops: 'all' });
  const TextPart = '{% if var:n > 0 %}{% for a in var:list %}{{a}}{% endfor %}{% endif %}.';
  const body = send(message({ TemplateLanguage: true, TextPart, Variables: { n: 0 } }));
  await old.call('POST', '/v3.1/send', { body });
  const { mails: all } = JSON.parse((await old.call('GET', '/_mockjet/mails')).body) as {
    mails: Shown[];
  }; // as above
  expect(all[0]?.templateErrors[0]?.message).toBe('No value for "var:list"=');
  await old.close();
});
