import { expect } from 'vitest';
import { exactHeaders } from '../support/exact-headers.ts';
import { type FreshAccount, rowOf } from '../support/fresh-account.ts';
import type { Answer } from '../support/mock.ts';

/** A small case written from a recording of production; the support table may count on its operations. */
export interface Cassette {
  name: string;
  /** As `request.operation` in `src/wire/rest.ts`; actions with their verb. */
  operations: string[];
  run(account: FreshAccount): Promise<void>;
}

const json = 'application/json';

/** Compares status line, type and body; IDs, times and addresses of the recording stand for any of their form. */
function expectAnswer(answer: Answer, status: string, body: string): void {
  expect(`${answer.status} ${answer.reason}`).toBe(status);
  expect(exactHeaders(answer)['content-type']).toBe(json);
  expect(maskedValues(answer.body)).toBe(maskedValues(body));
}

function maskedValues(body: string): string {
  return body
    .replace(/"(\w*ID)" : [1-9]\d*/g, '"$1" : N')
    .replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, '"TIME"')
    .replace(/("Address" : ".)[a-z0-9]{8}"/g, '$1********"');
}

export const cassettes: Cassette[] = [
  {
    name: 'a list is made',
    operations: ['contactslist create'],
    async run({ post }) {
      expectAnswer(
        await post('contactslist', { Name: 'Test List' }),
        '201 Created',
        '{ "Count" : 1, "Data" : [{ "Address" : "twkgdlfxg", "CreatedAt" : "2020-11-06T13:38:49Z", "ID" : 38778, "IsDeleted" : false, "Name" : "Test List", "SubscriberCount" : 0 }], "Total" : 1 }',
      );
    },
  },
  {
    name: 'a list is put without a change',
    operations: ['contactslist list', 'contactslist update'],
    async run({ get, put }) {
      const { ID } = rowOf(await get('contactslist'));
      const answer = await put(`contactslist/${ID}`, {});
      expectAnswer(answer, '304 Content not changed', '');
      expect(answer.headers).not.toHaveProperty('content-length');
    },
  },
  {
    name: 'a deleted list is read',
    operations: ['contactslist list', 'contactslist remove', 'contactslist get'],
    async run({ get, remove }) {
      const { ID } = rowOf(await get('contactslist'));
      const deleted = await remove(`contactslist/${ID}`);
      expectAnswer(deleted, '204 No content', '');
      expect(deleted.headers).not.toHaveProperty('content-length');
      expect(rowOf(await get(`contactslist/${ID}`)).IsDeleted).toBe(true);
    },
  },
  {
    name: 'a property is made',
    operations: ['contactmetadata create'],
    async run({ post }) {
      expectAnswer(
        await post('contactmetadata', {
          Datatype: 'str',
          Name: 'middle_name',
          NameSpace: 'static',
        }),
        '201 Created',
        '{ "Count" : 1, "Data" : [{ "Datatype" : "str", "ID" : 65942, "Name" : "middle_name", "NameSpace" : "static" }], "Total" : 1 }',
      );
    },
  },
  {
    name: 'the properties of a fresh account are listed',
    operations: ['contactmetadata list'],
    async run({ get }) {
      const row = (name: string) =>
        `{ "Datatype" : "str", "ID" : 65942, "Name" : "${name}", "NameSpace" : "static" }`;
      const names = ['firstname', 'name', 'country', 'newsletter_sub'];
      expectAnswer(
        await get('contactmetadata'),
        '200 OK',
        `{ "Count" : 4, "Data" : [${names.map(row).join(', ')}], "Total" : 4 }`,
      );
    },
  },
  {
    name: 'an address that is not ASCII is read',
    operations: ['contact create', 'contact get'],
    async run({ get, post }) {
      await post('contact', { Email: 'nonçascii@example.com' });
      const answer = await get('contact/non%C3%A7ascii@example.com');
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('"Email" : "nonçascii@example.com"');
    },
  },
  {
    name: 'a contact is changed, its ID and times in the body left alone',
    operations: ['contact create', 'contact update'],
    async run({ post, put }) {
      const made = rowOf(await post('contact', { Email: 'ann@example.com', Name: 'Ann' }));
      expectAnswer(
        await put(`contact/${made.ID}`, {
          Id: made.ID,
          CreatedAt: made.CreatedAt,
          DeliveredCount: 0,
          Email: 'ann@example.com',
          Name: 'Ann Lee',
        }),
        '200 OK',
        '{ "Count" : 1, "Data" : [{ "CreatedAt" : "2021-06-20T09:20:44Z", "DeliveredCount" : 0, "Email" : "ann@example.com", "ExclusionFromCampaignsUpdatedAt" : "", "ID" : 1, "IsExcludedFromCampaigns" : false, "IsOptInPending" : false, "IsSpamComplaining" : false, "LastActivityAt" : "", "LastUpdateAt" : "2021-06-20T09:20:44Z", "Name" : "Ann Lee", "UnsubscribedAt" : "", "UnsubscribedBy" : "" }], "Total" : 1 }',
      );
    },
  },
  {
    name: 'contacts are counted beside a page of one',
    operations: ['contact create', 'contact list'],
    async run({ get, post }) {
      for (const name of ['ann', 'bob', 'cleo'])
        await post('contact', { Email: `${name}@example.com` });
      const { Count, Total } = JSON.parse((await get('contact?countrecords=1&limit=1')).body);
      expect([Count, Total]).toEqual([1, 4]);
    },
  },
  {
    name: 'a filter that is none is left alone',
    operations: ['contact list'],
    async run({ get }) {
      expect((await get('contact?InvalidParameter=0')).body).toBe((await get('contact')).body);
    },
  },
  {
    name: 'a contact is not deleted',
    operations: ['contact list'],
    async run({ get, remove }) {
      const { ID } = rowOf(await get('contact'));
      expectAnswer(
        await remove(`contact/${ID}`),
        '401 Operation not allowed',
        '{ "ErrorInfo" : "", "ErrorMessage" : "Operation not allowed", "StatusCode" : 401 }',
      );
    },
  },
  {
    name: 'a contact that is not there',
    operations: ['contact get'],
    async run({ get }) {
      const answer = await get('contact/000');
      expectAnswer(
        answer,
        '404 Object not found',
        '{ "ErrorInfo" : "", "ErrorMessage" : "Object not found", "StatusCode" : 404 }',
      );
      expect(answer.headers['content-length']).toBe('77');
    },
  },
  {
    name: 'an address that is none',
    operations: ['contact create'],
    async run({ post }) {
      const answer = await post('contact', { Email: '000' });
      expectAnswer(
        answer,
        '400 Internal error: Invalid email address "000", reason: "No @ character in mail"',
        '{ "ErrorInfo" : "", "ErrorMessage" : "Internal error: Invalid email address \\"000\\", reason: \\"No @ character in mail\\"", "StatusCode" : 400 }',
      );
      expect(answer.headers['content-length']).toBe('142');
    },
  },
  {
    name: 'a recipient is listed',
    operations: ['listrecipient list'],
    async run({ get }) {
      expectAnswer(
        await get('listrecipient'),
        '200 OK',
        '{ "Count" : 1, "Data" : [{ "ContactID" : 254509966, "ID" : 225690164, "IsActive" : true, "IsUnsubscribed" : false, "ListID" : 36735, "ListName" : "MyFirstTest", "SubscribedAt" : "2021-06-20T09:20:44Z", "UnsubscribedAt" : "" }], "Total" : 1 }',
      );
    },
  },
  {
    name: 'metadata does not care for a limit',
    operations: ['metadata list'],
    async run({ get }) {
      const { Count, Data } = JSON.parse((await get('metadata?Limit=1')).body);
      expect(Count).toBe(Data.length);
      expect(Count).toBeGreaterThan(1);
    },
  },
  {
    name: 'a contact of nobody is deleted for good',
    operations: ['contacts delete'],
    async run({ remove }) {
      const answer = await remove('/v4/contacts/123456');
      expect([answer.status, answer.reason, answer.body]).toEqual([200, 'OK', '']);
      expect(answer.headers['content-length']).toBe('0');
      expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
    },
  },
  {
    name: 'credentials that are none',
    operations: [],
    async run({ call }) {
      const answer = await call('GET', 'contact', { user: '' });
      expect([answer.status, answer.reason, answer.body]).toEqual([401, 'Unauthorized', '']);
      expect(exactHeaders(answer)).toEqual({
        'content-type': 'text/html',
        'transfer-encoding': 'chunked',
        'www-authenticate': 'Basic realm="Provide an apiKey and secretKey"',
        connection: 'close',
      });
    },
  },
  {
    name: 'a module that is none',
    operations: [],
    async run({ get }) {
      const answer = await get('/v3/wrongresourcepath');
      expectAnswer(
        answer,
        '500 Internal error',
        '{ "ErrorInfo" : "EFPWebError", "ErrorMessage" : "Could not determine HTTP module for request \\"wrongresourcepath\\"", "StatusCode" : 500 }\n',
      );
      expect(answer.headers['content-length']).toBe('138');
    },
  },
];
