import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from '../../src/accounts/account.ts';
import type { Pace } from '../../src/jobs/pace.ts';
import type { Answer, Mock } from './mock.ts';

type Row = Record<string, unknown>;

/** The rows of an answer of the old back end. */
export function rowsOf(answer: Answer): Row[] {
  return JSON.parse(answer.body).Data;
}

/** The first row's value, as the number that IDs of tests are. */
export function idOf(answer: Answer, name = 'ID'): number {
  const id = rowsOf(answer)[0]?.[name];
  if (typeof id !== 'number') throw new Error(`no ${name} in ${answer.status} ${answer.body}`);
  return id;
}

/** What a csvimport may be asked for besides its file. */
export interface Wish {
  /** None for the two methods of marketing. */
  list?: number;
  method?: string;
  errTreshold?: number;
  options?: unknown;
}

/** One account of a mock, as a test of bulk work uses it. */
export interface Bulk {
  account: Account;
  pace(pace: Pace): void;
  /** Moves a job one state on. */
  step(job: number): Promise<void>;
  /** Waits until no job goes on by itself before its clock does. */
  rest(): Promise<void>;
  call: Mock['call'];
  get(path: string): Promise<Row>;
  list(name: string): Promise<number>;
  property(name: string, datatype?: string): Promise<number>;
  upload(list: number, csv: string | Buffer): Promise<number>;
  /** Uploads and starts an import; gives the job's ID. */
  import(csv: string | Buffer, wish: Wish): Promise<number>;
  /** Reads a job until it has ended. */
  ended(path: string): Promise<Row>;
  download(path: string): Promise<{ status: number; type: string | null; bytes: Buffer }>;
  errorFile(job: number, encoding?: BufferEncoding): Promise<string>;
  /** Members of a list: address, and `!` before it when unsubscribed. */
  members(list: number): Promise<string[]>;
  values(email: string): Promise<Record<string, string>>;
}

/** Opens an account of its own for a test; the name may be that of a case. */
export function bulk(mock: Mock, name: string): Bulk {
  const key = name.replaceAll(':', '');
  const user = `${key}:secret`;
  const account = mock.registry.authenticate(key, 'secret');
  if (account === undefined) throw new Error(`${name} is not let in`);
  const call: Mock['call'] = (method, path, request) =>
    mock.call(method, path, { user, ...request });
  const get = async (path: string) => rowsOf(await call('GET', `/v3/REST/${path}`))[0] ?? {};
  const post = (path: string, body: unknown) => call('POST', `/v3/REST/${path}`, { body });
  const upload = async (list: number, csv: string | Buffer) => {
    const headers = { 'Content-Type': 'text/plain', 'Content-Length': Buffer.byteLength(csv) };
    const path = `/v3/DATA/contactslist/${list}/CSVData/text:plain`;
    const answer = await call('POST', path, { body: csv, headers });
    return JSON.parse(answer.body).ID as number; // uploads answer { "ID" : n }
  };
  const download = async (path: string) => {
    const authorization = `Basic ${Buffer.from(user).toString('base64')}`;
    const answer = await fetch(`${mock.url}/v3/DATA/${path}`, { headers: { authorization } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, type: answer.headers.get('content-type'), bytes };
  };
  return {
    account,
    pace: (pace) => mock.scheduler.setPace(account, { pace: pace, stateMs: 1 }),
    step: (job) => mock.scheduler.step(account, BigInt(job)),
    rest: () => mock.scheduler.rest(account, 20_000),
    call,
    get,
    upload,
    download,
    list: async (Name) => idOf(await post('contactslist', { Name })),
    property: async (Name, Datatype = 'str') =>
      idOf(await post('contactmetadata', { Name, Datatype, NameSpace: 'static' })),
    async import(csv, { list = 0, method = 'addnoforce', errTreshold = 0, options }) {
      const owner = list || idOf(await call('GET', '/v3/REST/contactslist?Limit=1'));
      const answer = await post('csvimport', {
        ...(list === 0 ? {} : { ContactsListID: list }),
        DataID: await upload(owner, csv),
        Method: method,
        ErrTreshold: errTreshold,
        ...(options === undefined
          ? {}
          : { ImportOptions: typeof options === 'string' ? options : JSON.stringify(options) }),
      });
      return idOf(answer);
    },
    async ended(path) {
      for (;;) {
        const row = await get(path);
        if (['Completed', 'Error', 'Abort'].includes(String(row.Status))) return row;
        await pause(5);
      }
    },
    async errorFile(job, encoding = 'utf8') {
      const { status, bytes } = await download(`BatchJob/${job}/CSVError/text:csv`);
      return status === 404 ? '' : bytes.toString(encoding);
    },
    async members(list) {
      const rows = rowsOf(
        await call('GET', `/v3/REST/listrecipient?ContactsList=${list}&Limit=1000`),
      );
      const emails = new Map(
        rowsOf(await call('GET', `/v3/REST/contact?Limit=1000`)).map((row) => [row.ID, row.Email]),
      );
      return rows.map(
        (row) => `${row.IsUnsubscribed === true ? '!' : ''}${emails.get(row.ContactID)}`,
      );
    },
    async values(email) {
      const row = await get(`contactdata/${encodeURIComponent(email)}`);
      const data = (row.Data ?? []) as { Name: string; Value: string }[]; // as contactdata shows them
      return Object.fromEntries(data.map(({ Name, Value }) => [Name, Value]));
    },
  };
}
