import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { endStates } from '../lib/job-states.ts';
import { type Arguments, counted, print } from './arguments.ts';
import { createMailjetCalls, type Id, type MailjetCalls } from './mailjet-calls.ts';
import { progressBar } from './progress-bar.ts';
import { runningAccount } from './running.ts';

/** Between two looks at the job, ms, and how many may find it as it was: a minute. */
const interval = 50;
const mostLooks = 1200;

interface ImportJob {
  ID: Id;
  Status: string;
  Count: number;
  Current: number;
  Errcount: number;
}

/**
 * `mockjet import FILE.csv --list NAME [--method addnoforce]`: what an application does to import a file, over
 * Mailjet's API: a list of that name (made where there is none), an upload, a csvimport, its error file.
 * @returns 0 when the job completed, also when rows were refused; 1 when it ended in Error or Abort
 */
export async function importCsv(
  { options, words, isJson }: Arguments,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const [file = ''] = words;
  const { list: name = '', method = 'addnoforce' } = options;
  const mailjet = createMailjetCalls(runningAccount(options, environment));
  const csv = readFileSync(file);
  const list = await mailjet.list(name);
  const started = await mailjet.rest<ImportJob>('POST', 'csvimport', {
    ContactsListID: list,
    DataID: await mailjet.upload(list, csv),
    Method: method,
  });
  const job = await ended(started, (id) => mailjet.rest<ImportJob>('GET', `csvimport/${id}`));
  const errorFile = await saveErrors(mailjet, job, file);
  const { ID, Status: status, Count: count, Errcount: errors } = job;
  print(
    isJson,
    { list, job: ID, status, count, errors, errorFile },
    `${told(job, list, method)}${errorFile === null ? '' : `; see ${errorFile}`}`,
  );
  return status === 'Completed' ? 0 : 1;
}

/** What became of the rows. Count has the refused ones in it. */
function told({ Status, Count, Current, Errcount }: ImportJob, list: Id, method: string): string {
  if (Status !== 'Completed')
    return `${Status}: ended after ${Current} of ${counted(Count, 'row')}`;
  const refused = Errcount === 0 ? '' : `, ${Errcount} of ${Count} refused`;
  return `${Status}: ${counted(Count - Errcount, 'row')} ${done[method] ?? 'in'} list ${list}${refused}`;
}

const done: Readonly<Record<string, string>> = {
  addforce: 'added to',
  addnoforce: 'added to',
  remove: 'removed from',
  unsub: 'unsubscribed from',
};

/**
 * Looks at the job until it has ended; on a terminal one sees how far it is.
 * @throws Error when it stands still, as one does that a test holds
 */
export async function ended(
  started: ImportJob,
  look: (id: Id) => Promise<ImportJob>,
  pause: (ms: number) => Promise<void> = sleep,
): Promise<ImportJob> {
  let job = started;
  let looks = 0;
  const show = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);
  while (!endStates.includes(job.Status)) {
    show(progressBar(job.Current, job.Count, job.Status));
    await pause(interval);
    const { Status, Current } = job;
    job = await look(job.ID);
    looks = job.Status === Status && job.Current === Current ? looks + 1 : 0;
    if (looks >= mostLooks)
      throw new Error(
        `The job ${job.ID} stands at ${job.Status} for a minute: it is held, or its account's clock stands. It goes on when that ends.`,
      );
  }
  show('');
  return job;
}

/** Saves the refused rows, or why the job failed, beside the file; null when there is nothing to save. */
async function saveErrors(
  mailjet: MailjetCalls,
  { ID, Errcount, Status }: ImportJob,
  file: string,
): Promise<string | null> {
  if (Errcount === 0 && Status !== 'Error') return null;
  const errors = await mailjet.errorFile(ID);
  if (errors === undefined) return null;
  const path = freePath(file.replace(/\.[^./\\]*$/, ''));
  writeFileSync(path, errors, { flag: 'wx' });
  return path;
}

/** Where errors can be saved without losing those of an earlier import: `contacts.errors.csv`, `contacts.errors-2.csv`... */
function freePath(stem: string): string {
  for (let count = 1; ; count += 1) {
    const path = `${stem}.errors${count === 1 ? '' : `-${count}`}.csv`;
    if (!existsSync(path)) return path;
  }
}
