import { expect } from 'vitest';
import type { Cassette } from './cassettes.ts';

/** What stands for a value of its form: IDs, times, tokens, keys. */
function masked(body: string): string {
  return body
    .replace(/[0-9a-f]{32}/g, 'TOKEN')
    .replace(/mailjet\._[0-9a-f]{8}\./g, 'mailjet._TOKEN.')
    .replace(/p=(?:[A-Za-z0-9+]|\\?\/){216}/g, 'p=KEY')
    .replace(/"(\w*ID)" : [1-9]\d*/g, '"$1" : N')
    .replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, '"TIME"');
}

const page = (...rows: string[]) =>
  `{ "Count" : ${rows.length}, "Data" : [${rows.join(', ')}], "Total" : ${rows.length} }`;
const domainRow = (status: string, lastCheck: string) =>
  `{ "DKIMRecordName" : "mailjet._domainkey.domain.com.", "DKIMRecordValue" : "k=rsa; p=KEY", "DKIMStatus" : "${status}", "Domain" : "domain.com", "ID" : N, "IsCheckInProgress" : false, "LastCheckAt" : ${lastCheck}, "OwnerShipToken" : "TOKEN", "OwnerShipTokenRecordName" : "mailjet._TOKEN.domain.com.", "SPFRecordValue" : "v=spf1 include:spf.mailjet.com ?all", "SPFStatus" : "${status}" }`;
const senderRow = (email: string, file: string, name: string, status: string) =>
  `{ "CreatedAt" : "TIME", "DNSID" : N, "Email" : "${email}", "EmailType" : "unknown", "Filename" : "${file}", "ID" : N, "IsDefaultSender" : false, "Name" : "${name}", "Status" : "${status}" }`;

/** Answers of production in a third-party client's fixtures, in the old back end's spacing; names of domains are ours. */
export const senderCassettes: Cassette[] = [
  {
    name: 'senders are made, validated and listed',
    operations: ['sender create', 'sender list', 'sender get', 'sender validate post'],
    async run({ call, get }) {
      const add = (Email: string, Name = '') =>
        call('POST', '/v3/REST/sender', { body: { Email, Name } });
      expect((await add('some@one.com', 'Some')).status).toBe(201);
      expect((await add('*@domain.com', 'Domain')).status).toBe(201);
      const again = await add('some@one.com');
      expect([again.status, again.body]).toEqual([
        400,
        '{ "ErrorInfo" : "", "ErrorMessage" : "There is an already existing inactive sender with the same email. You can use \\"validate\\" action in order to activate it.", "StatusCode" : 400 }',
      ]);
      const validated = await call('POST', '/v3/REST/sender/some@one.com/validate', { body: {} });
      expect([validated.status, validated.body]).toEqual([
        200,
        '{ "ValidationMethod" : "ActivationEmail", "Errors" : { "FileValidationError" : "", "DNSValidationError" : "" }, "GlobalError" : "" }',
      ]);
      const one = senderRow('some@one.com', '', 'Some', 'Active');
      expect(masked((await get('sender/some@one.com')).body)).toBe(page(one));
      expect(masked((await get('sender?IsDomainSender=false&Domain=one.com')).body)).toBe(
        page(one),
      );
      expect(masked((await get('sender?IsDomainSender=true')).body)).toBe(
        page(senderRow('*@domain.com', 'TOKEN.txt', 'Domain', 'Inactive')),
      );
    },
  },
  {
    name: 'a domain is checked',
    operations: ['dns list', 'dns get', 'dns check post'],
    async run({ call, get }) {
      await call('POST', '/v3/REST/sender', { body: { Email: 'some@domain.com' } });
      expect(masked((await get('dns?Offset=1')).body)).toBe(page(domainRow('Not Checked', '""')));
      const checked = await call('POST', '/v3/REST/dns/domain.com/check', { body: {} });
      expect([checked.status, masked(checked.body)]).toEqual([
        200,
        page(
          '{ "DKIMErrors" : [], "DKIMRecordCurrentValue" : "k=rsa; p=KEY", "DKIMStatus" : "OK", "SPFErrors" : [], "SPFRecordsCurrentValues" : ["v=spf1 include:spf.mailjet.com ?all"], "SPFStatus" : "OK" }',
        ),
      ]);
      expect(masked((await get('dns/domain.com')).body)).toBe(page(domainRow('OK', '"TIME"')));
    },
  },
  {
    name: 'a metasender is listed',
    operations: ['metasender list', 'metasender get'],
    async run({ call, get }) {
      await call('POST', '/v3/REST/metasender', {
        body: { Email: 'info@domain.com', Description: 'Metasender 2 - used for Promo emails' },
      });
      const row =
        '{ "CreatedAt" : "TIME", "Description" : "Metasender 2 - used for Promo emails", "Email" : "info@domain.com", "Filename" : "TOKEN.txt", "ID" : N, "IsEnabled" : false }';
      expect(masked((await get('metasender')).body)).toBe(page(row));
      expect(masked((await get('metasender/info@domain.com')).body)).toBe(page(row));
    },
  },
];
