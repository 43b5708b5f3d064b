import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshAccount, freshAccount, rowOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

interface Rendered {
  subject: string;
  html: string;
  text: string;
  errors: { part: string; line: number; column: number; message: string; hint: string }[];
  warnings: { code: string; message: string }[];
}

async function render(account: FreshAccount, body: object): Promise<Rendered> {
  const answer = await account.call('POST', '/_mockjet/templates/render', { body });
  expect([answer.status, answer.status === 200 ? '' : answer.body]).toEqual([200, '']);
  return JSON.parse(answer.body); // the answer's schema is checked
}

describe('POST /_mockjet/templates/render', () => {
  it('renders parts, and sends and stores nothing', async () => {
    const account = freshAccount(mock);
    expect(
      await render(account, {
        subject: 'Hi {{var:name}}',
        html: '<p>{{var:name}}</p>',
        text: '{{mj:contact.email}}',
        variables: { name: 'Ida' },
        contact: 'ida@example.com',
      }),
    ).toEqual({
      subject: 'Hi Ida',
      html: '<p>Ida</p>',
      text: 'ida@example.com',
      errors: [],
      warnings: [],
    });
    const { body } = await account.call('GET', '/_mockjet/mails');
    expect(JSON.parse(body)).toMatchObject({ mails: [], total: 0 });
    expect(JSON.parse((await account.get('contact?Email=ida@example.com')).body).Count).toBe(0);
  });

  it('tells errors with their place, production’s text and a hint, and warnings', async () => {
    const { html, errors, warnings } = await render(freshAccount(mock), {
      html: '<p>\n Hi {{var:nme}}',
      variables: { name: 'Ida' },
    });
    expect(html).toBe('<p>\n Hi {{var:nme}}');
    expect(errors).toEqual([
      {
        part: 'html',
        expression: '{{var:nme}}',
        line: 2,
        column: 5,
        message: 'expression parsing error ## Unknown identifier: var:nme ## near ## {{var:nme ##',
        hint: expect.stringContaining('Did you mean var:name?'),
      },
    ]);
    expect(warnings.map(({ code }) => code)).toEqual(['template-unused-variable']);
  });

  it('renders a stored template, parts that are given in place of its own', async () => {
    const account = freshAccount(mock);
    const { ID } = rowOf(await account.post('template', { Name: 'Welcome' }));
    await account.post(`template/${ID}/detailcontent`, {
      Headers: { Subject: 'Hi {{var:name}}' },
      'Html-part': '<b>{{var:name}}</b>',
      'Text-part': '{{var:name}}',
    });
    const variables = { name: 'Ida' };
    for (const templateId of [ID, `${ID}`]) {
      const { subject, html, text } = await render(account, {
        templateId,
        variables,
        text: 'draft',
      });
      expect({ subject, html, text }).toEqual({
        subject: 'Hi Ida',
        html: '<b>Ida</b>',
        text: 'draft',
      });
    }
  });

  it('takes the properties of a contact, or those that a contact has', async () => {
    const account = freshAccount(mock);
    await account.post('contactmetadata', { Name: 'town', Datatype: 'str', NameSpace: 'static' });
    await account.post('contact', { Email: 'ida@example.com' });
    await account.put('contactdata/ida@example.com', { Data: [{ Name: 'town', Value: 'Lyon' }] });
    const text = '{{data:town:"nowhere"}}';
    const towns = [];
    for (const contact of [{ town: 'Oslo' }, 'ida@example.com', 'omar@example.com', undefined])
      towns.push((await render(account, { text, contact })).text);
    expect(towns).toEqual(['Oslo', 'Lyon', 'nowhere', 'nowhere']);
  });

  it('takes HTML with an image in it, of more than a megabyte', async () => {
    const image = 'A'.repeat(1_500_000);
    const html = `<img src="data:image/png;base64,${image}">{{var:a:"x"}}`;
    const rendered = await render(freshAccount(mock), { html });
    expect(rendered.html.length).toBe(html.length - '{{var:a:"x"}}'.length + 1);
  });

  it('keeps integers of 19 digits', async () => {
    const body = '{"text":"{{var:id}}","variables":{"id":1152921509561837015}}';
    const answer = await freshAccount(mock).call('POST', '/_mockjet/templates/render', { body });
    expect(JSON.parse(answer.body).text).toBe('1152921509561837015');
  });

  it.each([
    [{ templateId: 1 }, 404, 'no template 1'],
    [{ templateId: 'welcome' }, 400, 'templateId'],
    [{ variables: [] }, 400, 'variables: is to be an object'],
    [{ contact: 'ida' }, 400, 'contact'],
    [{ htm: 'x' }, 400, 'htm'],
  ])('%j is answered with %i', async (body, status, words) => {
    const answer = await freshAccount(mock).call('POST', '/_mockjet/templates/render', { body });
    expect([answer.status, JSON.parse(answer.body).error]).toEqual([
      status,
      expect.stringContaining(words),
    ]);
  });
});
