import type { Answer, Mock, Request } from './mock.ts';

/** One account of a mock as a test uses it. */
export interface TestAccount {
  user: string;
  /** Calls Mailjet's API. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Calls the control API; throws for what is no success, with its words. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what came
  control(method: string, path: string, body?: unknown): Promise<any>;
  /** The same, whatever the answer. */
  try(method: string, path: string, request?: Request): Promise<Answer>;
}

let made = 0;

/** An account that no other test of the file uses. */
export function newAccount(mock: Mock, user = `test${made++}:secret`): TestAccount {
  const attempt = (method: string, path: string, request: Request = {}) =>
    mock.call(method, `/_mockjet${path}`, { user, ...request });
  return {
    user,
    call: (method, path, body) =>
      mock.call(method, path, { user, ...(body === undefined ? {} : { body }) }),
    try: attempt,
    async control(method, path, body) {
      const answer = await attempt(method, path, body === undefined ? {} : { body });
      if (answer.status >= 300) throw new Error(`${answer.status} ${answer.body}`);
      return answer.body === '' ? undefined : JSON.parse(answer.body);
    },
  };
}

/** The rows of an answer of Mailjet's. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks at what came
export function rows(answer: Answer): any[] {
  return JSON.parse(answer.body).Data;
}

/** Uploads a CSV and starts its import; returns the job's ID. */
export async function startImport(account: TestAccount, mock: Mock, csv: string): Promise<number> {
  const [list] = rows(await account.call('GET', '/v3/REST/contactslist'));
  const upload = await mock.call('POST', `/v3/DATA/contactslist/${list.ID}/CSVData/text:plain`, {
    user: account.user,
    body: csv,
    headers: { 'Content-Type': 'text/plain' },
  });
  const job = await account.call('POST', '/v3/REST/csvimport', {
    ContactsListID: list.ID,
    DataID: JSON.parse(upload.body).ID,
    Method: 'addforce',
  });
  return rows(job)[0].ID;
}
