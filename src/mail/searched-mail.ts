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

type Parts = Record<'text' | 'html', string>;

/** A mail that is looked at in a search: what is in other tables is read when a condition asks for it, once. */
export interface SearchedMail extends Omit<SearchedRow, 'recipients'> {
  /** Addresses of To, then Cc, then Bcc. */
  emails(): string[];
  parts(): Parts;
  details(): Pick<Details, 'headers' | 'template' | 'templateErrors'>;
  messages(): Message[];
  /** Characters of its content that were read. */
  readonly read: number;
}

/** A mail of a search. */
export function searchedMail(account: Account, { recipients, ...row }: SearchedRow): SearchedMail {
  let named: StoredRecipient[] | undefined;
  let parts: Parts | undefined;
  let details: Details | undefined;
  let read = 0;
  let messages: Message[] | undefined;
  const readNamed = () => {
    named ??= JSON.parse(recipients) as StoredRecipient[]; // storeMail writes it
    return named;
  };
  return {
    ...row,
    emails: () => readNamed().map(({ email }) => email),
    parts() {
      if (parts !== undefined) return parts;
      parts = account.sql('SELECT text, html FROM mailcontent WHERE mailID = ?').get(row.ID) as
        | Parts
        | undefined; // the columns selected
      parts ??= { text: '', html: '' };
      read += parts.text.length + parts.html.length;
      return parts;
    },
    details() {
      if (details !== undefined) return details;
      const stored = account.sql('SELECT details FROM mailcontent WHERE mailID = ?').get(row.ID) as
        | { details: string }
        | undefined; // the column selected
      const text = stored?.details ?? '{}';
      details = readDetails(text);
      read += text.length;
      return details;
    },
    messages() {
      messages ??= readMessages(account, row, readNamed());
      return messages;
    },
    get read() {
      return read;
    },
  };
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
