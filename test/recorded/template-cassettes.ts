import { expect } from 'vitest';
import type { Cassette } from './cassettes.ts';

/** What stands for a value of its form: IDs and times. */
const masked = (body: string) =>
  body
    .replace(/"(ID|OwnerId)":\d+/g, '"$1":N')
    .replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, '"TIME"');

/** Answers of production in a third-party client's fixtures and in the tests of official ones; names are ours. */
export const templateCassettes: Cassette[] = [
  {
    name: 'a template is made, filled, read and removed',
    operations: [
      'template create',
      'template list',
      'template get',
      'template remove',
      'template detailcontent post',
      'template detailcontent get',
    ],
    async run({ get, post, remove }) {
      const row =
        '{"ID":N,"Name":"Welcome","Author":"Walt Whitman","OwnerId":N,"OwnerType":"user","Presets":"{}","Categories":["newsletter"],"Copyright":"Mailjet","Description":"","EditMode":1,"IsStarred":false,"IsTextPartGenerationEnabled":true,"Locale":"en_US","LocaleList":["en_US"],"Previews":[],"Purposes":["marketing"],"CreatedAt":"TIME","LastUpdatedAt":"TIME"}';
      const page = `{"Count":1,"Data":[${row}],"Total":1}`;
      const made = await post('template', {
        Name: 'Welcome',
        Author: 'Walt Whitman',
        OwnerType: 'user',
        Categories: ['newsletter'],
        Copyright: 'Mailjet',
        Purposes: ['marketing'],
      });
      expect([made.status, masked(made.body)]).toEqual([201, page]);
      const path = `template/${/"ID":(\d+)/.exec(made.body)?.[1]}`;
      expect(masked((await get(path)).body)).toBe(page);
      expect(masked((await get('template?OwnerType=user')).body)).toBe(page);
      const content =
        '{"Count":1,"Data":[{"MJMLContent":null,"Html-part":"Hello","Text-part":null,"Headers":{"From":"pilot@example.com","Subject":"Your email flight plan!"}}],"Total":1}\n';
      const filled = await post(`${path}/detailcontent`, {
        'Html-part': 'Hello',
        Headers: { From: 'pilot@example.com', Subject: 'Your email flight plan!' },
      });
      expect(filled.status).toBe(201);
      const read = await get(`${path}/detailcontent`);
      expect([read.status, read.body]).toEqual([200, content]);
      expect((await remove(path)).status).toBe(204);
      const gone = await get(path);
      expect([gone.status, gone.body.replace(/[0-9a-f-]{36}/, 'GUID')]).toEqual([
        404,
        '{"ErrorIdentifier":"GUID","StatusCode":404,"ErrorMessage":"The resource with the specified ID you are trying to reach does not exist."}',
      ]);
    },
  },
];
