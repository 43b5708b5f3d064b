import type { Account } from '../accounts/account.ts';
import { type Details, readDetails } from './details.ts';
import type { StoredRecipient } from './read-mail.ts';

/** The columns of `mail` that a search reads of each. */
export interface SearchedRow {
  ID: bigint;
  at: bigint;
  FromEmail: string;
  Subject: string;
  recipients: string;
  CustomID: string;
  CustomCampaign: string;
  requestGuid: string;
  isSandbox: bigint;
}

/** Columns of a `SearchedRow`. */
export const searchedColumns =
  'mail.ID, mail.at, FromEmail, Subject, recipients, CustomID, CustomCampaign, requestGuid, isSandbox';

/** A message, or what was told of one that there never was: of a mail that was dropped, or in the sandbox. */
interface Message {
  ID: bigint | string;
  UUID: string;
  Status: string;
}

interface Content extends Pick<Details, 'headers' | 'template'> {
  text: string;
  html: string;
}

/** A mail that is looked at in a search: what is in other tables is read when a condition asks for it, once. */
export interface SearchedMail extends Omit<SearchedRow, 'recipients'> {
  /** Addresses of To, then Cc, then Bcc. */
  emails(): string[];
  content(): Content;
  messages(): Message[];
  /** Characters of content that were read. */
  readonly read: number;
}

/** A mail of a search. */
export function searchedMail(account: Account, { recipients, ...row }: SearchedRow): SearchedMail {
  let named: StoredRecipient[] | undefined;
  let content: Content | undefined;
  let messages: Message[] | undefined;
  const readNamed = () => {
    named ??= JSON.parse(recipients) as StoredRecipient[]; // storeMail writes it
    return named;
  };
  return {
    ...row,
    emails: () => readNamed().map(({ email }) => email),
    content() {
      content ??= readContent(account, row.ID);
      return content;
    },
    messages() {
      messages ??= readMessages(account, row, readNamed());
      return messages;
    },
    get read() {
      return content === undefined ? 0 : content.text.length + content.html.length;
    },
  };
}

function readContent(account: Account, id: bigint): Content {
  const row = account.sql('SELECT text, html, details FROM mailcontent WHERE mailID = ?').get(id) as
    | { text: string; html: string; details: string }
    | undefined; // the columns selected
  if (row === undefined) return { text: '', html: '', headers: [], template: undefined };
  const { headers, template } = readDetails(row.details);
  return { text: row.text, html: row.html, headers, template };
}

function readMessages(
  account: Account,
  { ID, isSandbox }: Pick<SearchedRow, 'ID' | 'isSandbox'>,
  named: readonly StoredRecipient[],
): Message[] {
  const stored = account
    .sql('SELECT ID, UUID, Status FROM message WHERE mailID = ?')
    .all(ID) as Message[]; // the columns selected
  const Status = isSandbox === 1n ? '' : 'dropped';
  const unstored = named.flatMap(({ messageId, messageUuid = '' }) =>
    messageId === undefined ? [] : [{ ID: messageId, UUID: messageUuid, Status }],
  );
  return [...stored, ...unstored];
}
