import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseJson } from '../../src/lib/json-text.ts';
import { type FreshAccount, freshAccount } from '../support/fresh-account.ts';
import { type Answer, type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

interface Template {
  ID: bigint | number;
  Name: string;
}
const rows = ({ body }: Answer) =>
  (parseJson(body) as unknown as { Data: (Template & Record<string, unknown>)[] }).Data; // the envelope

/** An account with one template, and its path. */
async function withTemplate(more: object = {}): Promise<{ account: FreshAccount; path: string }> {
  const account = freshAccount(mock);
  const made = await account.post('template', { Name: 'Welcome', ...more });
  expect(made.status).toBe(201);
  return { account, path: `template/${rows(made)[0]?.ID}` };
}

describe('a template', () => {
  it('has its keys in the recorded order, and what is not given by default', async () => {
    const account = freshAccount(mock);
    const { status, body, headers } = await account.post('template', {
      Name: 'Welcome',
      Author: 'Ida',
      EditMode: 2,
    });
    expect(status).toBe(201);
    expect(headers['content-type']).toBe('application/json; charset=UTF-8');
    expect(body.replace(/"(ID|OwnerId)":\d+/g, '"$1":1').replace(/"\d{4}-[^"]*Z"/g, '"now"')).toBe(
      '{"Count":1,"Data":[{"ID":1,"Name":"Welcome","Author":"Ida","OwnerId":1,"OwnerType":"apikey","Presets":"{}","Categories":[],"Copyright":"","Description":"","EditMode":2,"IsStarred":false,"IsTextPartGenerationEnabled":true,"Locale":"en_US","LocaleList":["en_US"],"Previews":[],"Purposes":[],"CreatedAt":"now","LastUpdatedAt":"now"}],"Total":1}',
    );
  });

  it('is read, changed and deleted, by its ID and by its owner and name', async () => {
    const { account, path } = await withTemplate();
    expect(rows(await account.get('template/apikey|Welcome'))[0]?.Name).toBe('Welcome');
    const changed = await account.put(path, { Purposes: ['transactional'], Locale: 'fr_FR' });
    expect(rows(changed)[0]).toMatchObject({
      Purposes: ['transactional'],
      Locale: 'fr_FR',
      Name: 'Welcome',
    });
    expect((await account.put(path, { Locale: 'fr_FR' })).status).toBe(200);
    expect((await account.remove(path)).status).toBe(204);
    const gone = await account.get(path);
    expect([gone.status, gone.body]).toEqual([
      404,
      expect.stringContaining('The resource with the specified ID'),
    ]);
  });

  it.each([
    ['', 'Footer Order Welcome'],
    ['Name=Order', 'Order'],
    ['EditMode=4', 'Order'],
    ['OwnerType=User', 'Footer'],
    ['Categories=newsletter', 'Footer Welcome'],
    ['Categories=sports,basic&CategoriesSelectionMethod=containsany', 'Order Welcome'],
    ['Categories=news', ''],
    ['Purposes=transactional', 'Order'],
  ])('is found by %s', async (query, expected) => {
    const account = freshAccount(mock);
    await account.post('template', { Name: 'Welcome', Categories: ['newsletter', 'basic'] });
    await account.post('template', {
      Name: 'Order',
      EditMode: 4,
      Purposes: ['transactional'],
      Categories: ['sports'],
    });
    await account.post('template', {
      Name: 'Footer',
      OwnerType: 'user',
      Categories: ['newsletter'],
    });
    const found = rows(await account.get(`template?${query}`)).map(({ Name }) => Name);
    expect(found.sort().join(' ')).toBe(expected);
  });

  it.each([
    [
      'a name that another has',
      { Name: 'Welcome' },
      'A Template resource with value "Welcome" for Name already exists.',
    ],
    ['no name', {}, 'Name is invalid'],
    ['a number as name', { Name: 5 }, 'Expected type "string"'],
    ['a text for Categories', { Name: 'A', Categories: 'news' }, 'array of string'],
    ['an unknown mode', { Name: 'A', EditMode: 7 }, 'EditMode'],
  ])('is refused with %s', async (_what, body, message) => {
    const { account } = await withTemplate();
    const answer = await account.post('template', body);
    expect(answer.status).toBe(400);
    expect(parseJson(answer.body)).toMatchObject({
      StatusCode: 400,
      ErrorMessage: expect.stringContaining(message),
    });
  });

  it.each([
    ['GET', 'displaypreview'],
    ['POST', 'detailpreviews'],
    ['GET', 'displaythumbnail'],
    ['DELETE', 'detailthumbnail'],
  ])('%s %s is a loud gap', async (method, action) => {
    const { account, path } = await withTemplate();
    expect((await account.call(method, `${path}/${action}`)).status).toBe(501);
  });

  it('a way to select that is not known is a loud gap', async () => {
    const { account } = await withTemplate();
    const query = 'Categories=a&CategoriesSelectionMethod=containsall';
    expect((await account.get(`template?${query}`)).status).toBe(501);
  });
});

describe('detailcontent', () => {
  const Headers = { From: 'pilot@example.com', Subject: 'Your email flight plan!' };

  it('is answered to the byte', async () => {
    const { account, path } = await withTemplate();
    const made = await account.post(`${path}/detailcontent`, { 'Html-part': 'Hello', Headers });
    const body =
      '{"Count":1,"Data":[{"MJMLContent":null,"Html-part":"Hello","Text-part":null,"Headers":{"From":"pilot@example.com","Subject":"Your email flight plan!"}}],"Total":1}\n';
    expect([made.status, made.body]).toEqual([201, body]);
    const read = await account.get(`${path}/detailcontent`);
    expect([read.status, read.body]).toEqual([200, body]);
  });

  it('is empty before anything is posted', async () => {
    const { account, path } = await withTemplate();
    const { body } = await account.get(`${path}/detailcontent`);
    expect(body).toBe(
      '{"Count":1,"Data":[{"MJMLContent":null,"Html-part":null,"Text-part":null,"Headers":{}}],"Total":1}\n',
    );
  });

  it('POST sets what is not given to null, PUT keeps it', async () => {
    const { account, path } = await withTemplate();
    await account.post(`${path}/detailcontent`, { 'Html-part': 'a', 'Text-part': 'b', Headers });
    const put = rows(await account.put(`${path}/detailcontent`, { 'Text-part': 'c' }))[0];
    expect(put).toEqual({ MJMLContent: null, 'Html-part': 'a', 'Text-part': 'c', Headers });
    const post = rows(await account.post(`${path}/detailcontent`, { 'Text-part': 'd' }))[0];
    expect(post).toEqual({ MJMLContent: null, 'Html-part': null, 'Text-part': 'd', Headers: {} });
  });

  it.each([
    ['a text', '<mjml></mjml>'],
    [
      'a tree',
      { tagName: 'mjml', attributes: { version: '4' }, children: [{ id: 9007199254740993n }] },
    ],
  ])('keeps MJMLContent as %s', async (_what, MJMLContent) => {
    const { account, path } = await withTemplate({ EditMode: 4 });
    const body = JSON.stringify({ MJMLContent }, (_key, value) =>
      typeof value === 'bigint' ? 'BIG' : value,
    ).replace('"BIG"', '9007199254740993');
    await account.call('POST', `${path}/detailcontent`, { body });
    expect(rows(await account.get(`${path}/detailcontent`))[0]?.MJMLContent).toEqual(MJMLContent);
  });

  it('keeps headers that are no texts, as the editor saves them', async () => {
    const { account, path } = await withTemplate();
    const odd = { ...Headers, sender: { name: 'Ida' } };
    await account.post(`${path}/detailcontent`, { 'Html-part': 'x', Headers: odd });
    expect(rows(await account.get(`${path}/detailcontent`))[0]?.Headers).toEqual(odd);
  });

  it.each([[{ 'Html-part': 5 }], [{ Headers: 'Subject: x' }], [{ MJMLContent: 5 }]])(
    'refuses %j',
    async (body) => {
      const { account, path } = await withTemplate();
      expect((await account.post(`${path}/detailcontent`, body)).status).toBe(400);
    },
  );

  it('of no template is not there', async () => {
    const account = freshAccount(mock);
    expect((await account.get('template/1/detailcontent')).status).toBe(404);
  });

  it('goes with its template', async () => {
    const { account, path } = await withTemplate();
    await account.post(`${path}/detailcontent`, { 'Html-part': 'x' });
    expect((await account.remove(path)).status).toBe(204);
    expect((await account.get(`${path}/detailcontent`)).status).toBe(404);
  });
});
