import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exactHeaders } from '../support/exact-headers.ts';
import { type FreshAccount, freshAccount, rowsOf } from '../support/fresh-account.ts';
import { type Answer, type Mock, startMock } from '../support/mock.ts';
import { type ErrorCase, errorCases, unreachable } from './error-catalogue.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

it.each(Object.entries(unreachable))('%s is out of reach: %s', (row) => {
  // a row that has become reachable belongs in the table
  expect(errorCases.filter(({ message }) => message.includes(row))).toEqual([]);
});

describe('An error of the old back end', () => {
  it.each(errorCases.map((row) => ({ ...row, title: `${row.name} (${row.evidence})` })))(
    'answers $title',
    async (row) => {
      const account = freshAccount(mock);
      const ids = await idsOf(account);
      for (const call of row.before ?? []) await make(account, ids, call);
      const answer = await make(account, ids, row.call);
      expect(answer.status).toBe(row.status);
      expect(answer.reason).toBe(row.message.slice(0, 512));
      expect(hideIdentifier(answer.body)).toBe(expectedBody(row));
      if (row.bytes !== undefined) expect(Buffer.byteLength(answer.body)).toBe(row.bytes);
      expect(exactHeaders(answer)).toEqual({
        'content-type': row.contentType ?? 'application/json',
        'content-length': String(Buffer.byteLength(answer.body)),
        connection: 'close', // as the client of these tests asks
      });
    },
  );

  it('names no evidence twice for one request', () => {
    const calls = errorCases.map(({ before, call }) => JSON.stringify([before, call]));
    expect(calls.filter((call, i) => calls.indexOf(call) !== i)).toEqual([]);
  });
});

async function idsOf(account: FreshAccount): Promise<Record<string, string>> {
  const [list, contact] = await Promise.all([account.get('contactslist'), account.get('contact')]);
  return { list: String(rowsOf(list)[0]?.ID), contact: String(rowsOf(contact)[0]?.ID) };
}

function make(
  account: FreshAccount,
  ids: Record<string, string>,
  [method, path, body, type]: ErrorCase['call'],
): Promise<Answer> {
  const fill = (text: string) => text.replace(/\{(list|contact)\}/g, (_, name) => ids[name] ?? '');
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return account.call(method, fill(path), {
    body: text === undefined ? undefined : fill(text),
    headers: type === undefined ? {} : { 'Content-Type': type },
  });
}

/** The body in the spaced dialect, written out here so that it does not hang on the code under test. */
function expectedBody({ status, message, info = '' }: ErrorCase): string {
  const quote = (text: string) => JSON.stringify(text).replaceAll('/', '\\/');
  const shownInfo = typeof info === 'string' ? quote(info) : info.bytes;
  const rest = `"ErrorInfo" : ${shownInfo}, "ErrorMessage" : ${quote(message)}, "StatusCode" : ${status} }`;
  return status === 500 ? `{ "ErrorIdentifier" : "GUID", ${rest}` : `{ ${rest}`;
}

/** An upper-case GUID becomes a word. */
function hideIdentifier(body: string): string {
  return body.replace(
    /(?<="ErrorIdentifier" : ")[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/,
    'GUID',
  );
}
