import type { Account } from '../accounts/account.ts';
import { inboxTurn } from './inbox-turn.ts';
import { type Condition, meets } from './mail-conditions.ts';
import {
  type SearchedMail,
  type SearchedRow,
  searchedColumns,
  searchedMail,
} from './searched-mail.ts';

/** How many IDs are looked at in one go, so that a search holds nobody up. */
const sliceIds = 1000n;
/** Characters of content that are read in one go. */
const sliceCharacters = 1_000_000;
const highest = 2n ** 63n - 1n;

/**
 * What a search found.
 * @property ids the newest mails, newest first
 * @property total how many there are in all
 */
export interface FoundMails {
  ids: bigint[];
  total: number;
}

/**
 * Finds the mails for which every condition holds, newest first; none once the account is another or closed.
 * @param options `limit` of the IDs, `above` an ID below which nobody looks, `enough`: a total that ends the search
 */
export async function findMails(
  account: Account,
  conditions: readonly Condition[],
  { limit, above = 0n, enough }: { limit: number; above?: bigint; enough?: number },
): Promise<FoundMails> {
  if (conditions.length === 0 && above === 0n) return newestMails(account, limit);
  const { epoch } = account;
  const found: FoundMails = { ids: [], total: 0 };
  for await (const mail of searchMails(account, conditions, above)) {
    if (!meets(mail, conditions)) continue;
    found.total += 1;
    if (found.ids.length < limit) found.ids.push(mail.ID);
    if (found.total === enough) break;
  }
  return account.isOpen && account.epoch === epoch ? found : { ids: [], total: 0 };
}

/** Every mail whose content is kept. */
function newestMails(account: Account, limit: number): FoundMails {
  const ids = account
    .sql('SELECT mailID FROM mailcontent ORDER BY mailID DESC LIMIT ? + 0')
    .all(limit) as { mailID: bigint }[]; // the column selected
  const { mailContents } = account.sql('SELECT mailContents FROM account').get() as {
    mailContents: bigint; // always one row, of this column
  };
  return { ids: ids.map(({ mailID }) => mailID), total: Number(mailContents) };
}

/** The mails that SQL can tell to be wanted perhaps, newest first, with a pause for others after each slice. */
export async function* searchMails(
  account: Account,
  conditions: readonly Condition[],
  above = 0n,
): AsyncGenerator<SearchedMail> {
  const { epoch } = account;
  const narrowings = conditions.flatMap(({ narrowing }) => narrowing ?? []);
  const values = narrowings.flatMap((narrowing) => narrowing.values);
  const search = `SELECT ${searchedColumns} FROM mail CROSS JOIN mailcontent ON mailID = mail.ID
    WHERE ${['mail.ID BETWEEN ? AND ?', ...narrowings.map(({ sql }) => sql)].join(' AND ')} ORDER BY mail.ID DESC`;
  let below = highest;
  let read = 0;
  const pause = async () => {
    read = 0;
    await inboxTurn();
    return account.isOpen && account.epoch === epoch;
  };
  for (let isFirst = true; ; isFirst = false) {
    const { top } = account
      .sql('SELECT max(mailID) AS top FROM mailcontent WHERE mailID < ?')
      .get(below) as { top: bigint | null }; // always one row, of this column
    if (top === null || top <= above) return;
    if (!isFirst && !(await pause())) return;
    const bottom = top - sliceIds > above ? top - sliceIds + 1n : above + 1n;
    const rows = account.sql(search).all(bottom, top, ...values) as SearchedRow[]; // the columns selected
    for (const row of rows) {
      const mail = searchedMail(account, row);
      yield mail;
      read += mail.read;
      if (read > sliceCharacters && !(await pause())) return;
    }
    below = bottom;
  }
}
