import { writeJson } from '../lib/json.ts';
import { parseJson } from '../lib/json-text.ts';
import type { MockjetAccount } from '../library/account.ts';
import { reach } from './running.ts';

/** Exact to 64 bits: a bigint where a number would be rounded. */
export type Id = number | bigint;

/** The calls of Mailjet's API that the commands need. */
export interface MailjetCalls {
  /** The first row of an answer. @throws Error in Mailjet's words */
  rest<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T>;
  /** The ID of the list of this name, made where there is none. */
  list(name: string): Promise<Id>;
  /** Uploads a CSV file; the ID of its data. */
  upload(list: Id, csv: Uint8Array): Promise<Id>;
  /** The rows that an import refused, or why it failed; undefined when there is nothing to tell. */
  errorFile(job: Id): Promise<Uint8Array | undefined>;
}

/** @param account whose API is called */
export function createMailjetCalls({ apiKey, secretKey, url }: MockjetAccount): MailjetCalls {
  const authorization = `Basic ${Buffer.from(`${apiKey}:${secretKey}`).toString('base64')}`;
  const ask = (
    method: 'GET' | 'POST',
    path: string,
    content: { body?: Uint8Array | string; type?: string } = {},
  ) => {
    const { body, type = 'application/json' } = content;
    return reach(url, path, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    });
  };
  const call = async (...[method, path, content]: Parameters<typeof ask>) => {
    const answer = await ask(method, path, content);
    if (answer.ok) return answer;
    throw new Error(refusal(answer, method, path, await answer.text()));
  };
  const rows = async <T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T[]> => {
    const content = body === undefined ? {} : { body: writeJson(body) };
    const answer = await call(method, `/v3/REST/${path}`, content);
    const { Data } = parseJson(await answer.text()) as unknown as { Data: T[] }; // the envelope of every REST answer
    return Data;
  };
  const rest = async <T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> => {
    const [row] = await rows<T>(method, path, body);
    if (row === undefined) throw new Error(`${method} ${path} answered with no row`);
    return row;
  };
  return {
    rest,
    async list(name) {
      const query = new URLSearchParams({ Name: name, IsDeleted: 'false' });
      const [known] = await rows<{ ID: Id }>('GET', `contactslist?${query}`);
      return (known ?? (await rest<{ ID: Id }>('POST', 'contactslist', { Name: name }))).ID;
    },
    async upload(list, csv) {
      const path = `/v3/DATA/contactslist/${list}/CSVData/text:plain`;
      const answer = await call('POST', path, { body: csv, type: 'text/plain' });
      return (parseJson(await answer.text()) as { ID: Id }).ID; // the answer to every upload
    },
    async errorFile(job) {
      const answer = await ask('GET', `/v3/DATA/BatchJob/${job}/CSVError/text:csv`);
      return answer.status === 404 ? undefined : new Uint8Array(await answer.arrayBuffer());
    },
  };
}

function refusal({ status }: Response, method: string, path: string, text: string): string {
  if (status === 401) return 'The server does not know these credentials';
  const message = /"ErrorMessage"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return `${method} ${path} was answered with ${status}${message === undefined ? '' : `: ${message}`}`;
}
