import type { MockjetAccount } from '../../src/index.ts';

/** Calls Mailjet's API as an application that has the account's keys; throws for what is no success. */
export async function mailjet<T = Record<string, unknown>>(
  { apiKey, secretKey, url }: Pick<MockjetAccount, 'apiKey' | 'secretKey' | 'url'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<T[]> {
  const answer = await fetch(`${url}/v3/${path}`, {
    method,
    headers: {
      authorization: `Basic ${btoa(`${apiKey}:${secretKey}`)}`,
      ...(typeof body === 'string' ? { 'content-type': 'text/plain' } : {}),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  const json = JSON.parse(text) as { Data?: T[] } & T; // an upload answers without an envelope
  return json.Data ?? [json];
}

/** Uploads a CSV to the account's first list and starts its import; the ID of the job. */
export async function startImport(account: MockjetAccount, csv: string): Promise<number> {
  const [list] = await mailjet<{ ID: number }>(account, 'GET', 'REST/contactslist');
  const path = `DATA/contactslist/${list?.ID}/CSVData/text:plain`;
  const [upload] = await mailjet<{ ID: number }>(account, 'POST', path, csv);
  const [job] = await mailjet<{ ID: number }>(account, 'POST', 'REST/csvimport', {
    ContactsListID: list?.ID,
    DataID: upload?.ID,
    Method: 'addnoforce',
  });
  return job?.ID ?? 0;
}
