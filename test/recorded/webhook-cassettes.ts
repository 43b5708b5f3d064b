import { expect } from 'vitest';
import type { Cassette } from './cassettes.ts';

const masked = (body: string) => body.replace(/"(\w*ID)" : [1-9]\d*/g, '"$1" : N');

const row = (type: string, version: number) =>
  `{ "Count" : 1, "Data" : [{ "APIKeyID" : N, "EventType" : "${type}", "ID" : N, "IsBackup" : false, "Status" : "alive", "Url" : "https:\\/\\/example.com\\/hook", "Version" : ${version} }], "Total" : 1 }`;

/** Answers that Mailjet's staff and third-party clients have published, in the old back end's spacing. */
export const webhookCassettes: Cassette[] = [
  {
    name: 'a URL for events is set, listed, and refused the second time',
    operations: ['eventcallbackurl create', 'eventcallbackurl list', 'eventcallbackurl get'],
    async run({ call, get }) {
      const add = () =>
        call('POST', '/v3/REST/eventcallbackurl', {
          body: { EventType: 'sent', Url: 'https://example.com/hook', Version: 2 },
        });
      const made = await add();
      expect([made.status, masked(made.body)]).toEqual([201, row('sent', 2)]);
      expect(masked((await get('eventcallbackurl')).body)).toBe(row('sent', 2));
      const { ID } = JSON.parse(made.body).Data[0];
      expect(masked((await get(`eventcallbackurl/${ID}`)).body)).toBe(row('sent', 2));
      const again = await add();
      expect([again.status, again.body]).toEqual([
        400,
        '{ "ErrorInfo" : "", "ErrorMessage" : "MJ18 A EventCallbackURL resource with value \\"7|false\\" for EventType|Backup already exists.", "StatusCode" : 400 }',
      ]);
    },
  },
];
